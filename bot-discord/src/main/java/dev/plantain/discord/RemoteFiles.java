package dev.plantain.discord;

import dev.plantain.discord.DiscordRefs.RemoteFile;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import net.dv8tion.jda.api.utils.data.DataType;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Fetches what people attached. Addresses expire after a day and are then asked for anew. */
final class RemoteFiles {
  private static final int CHUNK_BYTES = 64 * 1024;

  private final OkHttpClient client;
  private final DiscordRest rest;
  private final String cdn;

  /**
   * @param cdn where pictures of people are, which JDA believes to be at Discord's own address
   */
  RemoteFiles(OkHttpClient client, DiscordRest rest, URI cdn) {
    this.client = client;
    this.rest = rest;
    this.cdn = cdn.toString().replaceFirst("/*$", "/");
  }

  /**
   * Streams a file; blocks.
   *
   * @throws PlatformException.Rejected {@code TOO_LARGE} before more than {@code maxBytes} are
   *     written; {@code ATTACHMENT_GONE}
   * @throws IOException {@code to} could not be written
   */
  void fetch(RemoteFile file, long maxBytes, OutputStream to) throws IOException {
    if (fetch(file.url(), maxBytes, to)) {
      return;
    }
    String renewed = file.message().flatMap(this::renewed).orElseThrow(RemoteFiles::gone);
    if (!fetch(renewed, maxBytes, to)) {
      throw gone();
    }
  }

  /** False when there is nothing at the address, or nothing any more. */
  private boolean fetch(String url, long maxBytes, OutputStream to) throws IOException {
    String ours = DiscordConfig.PUBLIC_CDN.toString();
    HttpUrl address =
        HttpUrl.parse(url.startsWith(ours) ? cdn + url.substring(ours.length()) : url);
    return address != null
        && DiscordHttp.read(
            client.newCall(new Request.Builder().url(address).build()),
            response -> received(response, maxBytes, to));
  }

  private static boolean received(Response response, long maxBytes, OutputStream to)
      throws IOException {
    if (response.code() == 403 || response.code() == 404 || response.code() == 410) {
      return false;
    }
    if (response.code() != 200) {
      throw new PlatformException.Unavailable(
          "The file was not given (status %d).".formatted(response.code()),
          Optional.empty(),
          false);
    }
    if (response.body().contentLength() > maxBytes) {
      throw tooLarge(maxBytes);
    }
    try (InputStream from = response.body().byteStream()) {
      copy(from, maxBytes, to);
    }
    return true;
  }

  private static void copy(InputStream from, long maxBytes, OutputStream to) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    long left = maxBytes;
    for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
      left -= count;
      if (left < 0) {
        throw tooLarge(maxBytes);
      }
      try {
        to.write(chunk, 0, count);
      } catch (IOException failure) {
        throw new DiscordHttp.Writing(failure);
      }
    }
  }

  private Optional<String> renewed(RemoteFile.Where where) {
    DataObject message;
    try {
      message =
          rest.send(
              "the message of a file",
              Route.Messages.GET_MESSAGE.compile(where.channel(), where.message()));
    } catch (Refusals.Refused refused) {
      return Optional.empty();
    }
    return addressOf(message, where.attachment());
  }

  /** Among the attachments, or in the components that show them instead. */
  private static Optional<String> addressOf(DataObject part, String attachment) {
    boolean listed = part.hasKey("url") && part.getString("id", "").equals(attachment);
    if (listed || part.getString("attachment_id", "").equals(attachment)) {
      return Optional.of(part.getString("url"));
    }
    return part.keys().stream()
        .flatMap(key -> parts(part, key))
        .flatMap(inner -> addressOf(inner, attachment).stream())
        .findFirst();
  }

  private static Stream<DataObject> parts(DataObject part, String key) {
    if (part.isType(key, DataType.OBJECT)) {
      return Stream.of(part.getObject(key));
    }
    if (!part.isType(key, DataType.ARRAY)) {
      return Stream.of();
    }
    DataArray array = part.getArray(key);
    return IntStream.range(0, array.length())
        .filter(i -> array.isType(i, DataType.OBJECT))
        .mapToObj(array::getObject);
  }

  private static PlatformException.Rejected tooLarge(long maxBytes) {
    return new PlatformException.Rejected(
        Reason.TOO_LARGE, "The file is larger than %d bytes.".formatted(maxBytes));
  }

  private static PlatformException.Rejected gone() {
    return new PlatformException.Rejected(
        Reason.ATTACHMENT_GONE, "The file is not at Discord any more.");
  }
}
