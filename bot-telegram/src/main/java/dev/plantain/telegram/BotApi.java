package dev.plantain.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.telegram.telegrambots.meta.api.methods.botapimethods.PartialBotApiMethod;

/**
 * The Bot API as methods to call and files to fetch.
 *
 * <p>Every method blocks and may be called from many threads; an interrupted thread gives up at
 * once. Nothing is ever sent twice by itself. All throw:
 *
 * <ul>
 *   <li>{@link PlatformException.Unavailable}: a retry may help, after the time it names;
 *   <li>{@link PlatformException.Rejected}: no retry helps;
 *   <li>{@link TokenRejected}: nothing will work with this token.
 * </ul>
 */
final class BotApi implements AutoCloseable {
  private static final int FILE_CHUNK_BYTES = 64 * 1024;

  private final TelegramConfig config;
  private final OkHttpClient client;
  private final Wire wire;
  private final ChatPauses pauses;

  BotApi(TelegramConfig config, InstantSource clock) {
    this(config, TelegramHttp.client(), clock);
  }

  /**
   * @param client made by {@link TelegramHttp#client}; closed with this
   */
  BotApi(TelegramConfig config, OkHttpClient client, InstantSource clock) {
    this.config = config;
    this.client = client;
    this.wire = new Wire(client, config);
    this.pauses = new ChatPauses(clock);
  }

  TelegramConfig config() {
    return config;
  }

  /**
   * Executes a method of the library, with its files if it has some: those must be files on disk,
   * which stay where they are meanwhile.
   *
   * @throws NotModified an edit would change nothing
   * @throws ChatMoved to be repeated for another chat
   */
  <T extends Serializable> T call(PartialBotApiMethod<T> method) {
    Answer.Done done = execute(method.getMethod(), MethodForm.of(method));
    return TolerantReader.read(
            done.envelope(), envelope -> method.deserializeResponse(envelope.toString()))
        .orElseThrow(() ->
            new PlatformException.Unavailable(
                "Telegram executed %s and answered something unreadable."
                    .formatted(method.getMethod()),
                Optional.empty(),
                true));
  }

  /** Executes a method that the library lacks, and gives its {@code result}. */
  JsonNode callRaw(String method, JsonNode parameters) {
    ObjectNode named =
        parameters instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    return execute(method, new MethodForm(named, List.of())).result();
  }

  private Answer.Done execute(String method, MethodForm form) {
    Optional<String> chat = chatWrittenTo(method, form.parameters());
    chat.flatMap(pauses::remaining)
        .ifPresent(left -> {
          throw new PlatformException.Unavailable(
              "Telegram told us to be quiet in this chat for another " + left + ".",
              Optional.of(left),
              false);
        });
    return switch (wire.answer(wire.prepare(method, form.body()))) {
      case Answer.Done done -> done;
      case Answer.Refused refused -> {
        Optional<Duration> quiet = refused.retryAfter();
        if (refused.code() == 429 && chat.isPresent() && quiet.isPresent()) {
          pauses.pause(chat.get(), quiet.get());
        }
        throw Refusals.of(method, refused);
      }
      case Answer.Foreign foreign -> throw foreign(method, foreign.status());
    };
  }

  /** The limits are about writing: reading goes on in a chat that is quiet. */
  private static Optional<String> chatWrittenTo(String method, ObjectNode parameters) {
    boolean reads = method.toLowerCase(Locale.ROOT).startsWith("get");
    return Optional.ofNullable(parameters.get("chat_id"))
        .filter(chat -> !reads)
        .map(JsonNode::asText);
  }

  static PlatformException foreign(String method, int status) {
    if (status == 413) {
      return new PlatformException.Rejected(
          Reason.TOO_LARGE, "The way to Telegram does not take what %s sends.".formatted(method));
    }
    boolean mayHaveHappened = status >= 500 || status < 300;
    return new PlatformException.Unavailable(
        "Something else than Telegram answered %s (status %d).".formatted(method, status),
        Optional.empty(),
        mayHaveHappened);
  }

  /**
   * Streams a file that somebody sent.
   *
   * <p>A local Bot API server has no limit of its own, and names a path on its disk instead of
   * serving the file (github.com/tdlib/telegram-bot-api, option {@code --local}): the file is read
   * from there if we can see it.
   *
   * @throws PlatformException.Rejected {@code TOO_LARGE} before more than {@code maxBytes} are
   *     written; {@code ATTACHMENT_GONE}
   * @throws IOException {@code to} could not be written
   */
  void download(String fileId, long maxBytes, OutputStream to) throws IOException {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode().put("file_id", fileId);
    JsonNode file = execute("getFile", new MethodForm(parameters, List.of())).result();
    String path = file.path("file_path").asText("");
    if (file.path("file_size").asLong(0) > maxBytes) {
      throw tooLarge(maxBytes);
    }
    if (path.isEmpty() || List.of(path.split("/")).contains("..")) {
      throw gone();
    }
    boolean absolute = path.startsWith("/");
    if (absolute && ownServer() && Files.isReadable(Path.of(path))) {
      try (InputStream from = Files.newInputStream(Path.of(path))) {
        copy(from, maxBytes, to);
      } catch (Wire.Writing writing) {
        throw writing.failure();
      } catch (IOException unreadable) {
        throw new PlatformException.Unavailable(
            "The file of the local Bot API server cannot be read.", Optional.empty(), false);
      }
      return;
    }
    Wire.Held held = wire.prepareFile(absolute ? wire.relative(path) : path);
    wire.read(
        held,
        response -> {
          receive(response, maxBytes, to);
          return true;
        });
  }

  /** Telegram itself never names a path on our disk. */
  private boolean ownServer() {
    return !config.apiUrl().getHost().equals(TelegramConfig.PUBLIC_API.getHost());
  }

  private static void receive(Response response, long maxBytes, OutputStream to)
      throws IOException {
    switch (response.code()) {
      case 200 -> {}
      case 401 -> throw new TokenRejected(401);
      case 400, 404, 410 -> throw gone();
      case 429 ->
          throw new PlatformException.Unavailable(
              "Telegram does not give files just now.", retryAfter(response), false);
      default ->
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
  }

  private static Optional<Duration> retryAfter(Response response) {
    return Optional.ofNullable(response.header("Retry-After"))
        .filter(seconds -> seconds.matches("\\d{1,6}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
  }

  private static void copy(InputStream from, long maxBytes, OutputStream to) throws IOException {
    byte[] chunk = new byte[FILE_CHUNK_BYTES];
    long left = maxBytes;
    for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
      left -= count;
      if (left < 0) {
        throw tooLarge(maxBytes);
      }
      try {
        to.write(chunk, 0, count);
      } catch (IOException failure) {
        throw new Wire.Writing(failure);
      }
    }
  }

  private static PlatformException.Rejected tooLarge(long maxBytes) {
    return new PlatformException.Rejected(
        Reason.TOO_LARGE, "The file has more than %d bytes.".formatted(maxBytes));
  }

  private static PlatformException.Rejected gone() {
    return new PlatformException.Rejected(
        Reason.ATTACHMENT_GONE, "Telegram does not have this file any more.");
  }

  /** A request for updates, which Telegram holds; to be given to {@link #await(Wire.Held)}. */
  Wire.Held prepareUpdates(ObjectNode parameters) {
    return wire.prepare("getUpdates", new MethodForm(parameters, List.of()).body());
  }

  /** What came of it. Only a missing answer is an exception. */
  Answer await(Wire.Held held) {
    return wire.answer(held);
  }

  /** Ends every request under way. */
  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }
}
