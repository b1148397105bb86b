package dev.plantain.image.gemini;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plantain.image.gemini.FilesApi.Denied;
import dev.plantain.image.gemini.FilesApi.Reply;
import dev.plantain.image.wire.Work;
import dev.plantain.media.Blob;
import dev.plantain.media.MediaStore;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * One upload in pieces: gemini.md, section 5. Where the connection breaks, the provider is asked
 * how much arrived, and the rest follows (developers.google.com/photos/library/guides,
 * resumable-uploads, which describes the same protocol).
 */
final class FileUpload {
  /** Those that are not the last have to be a multiple of 256 KiB, and begin at one. */
  static final int PIECE_BYTES = 8 * 1024 * 1024;

  private static final Duration LIFE = Duration.ofDays(2);
  private static final int MOST_TROUBLES_IN_A_ROW = 5;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final RequestBody NOTHING = RequestBody.create(new byte[0]);

  private final FilesApi files;
  private final Work<?> work;
  private final MediaStore store;
  private final Blob blob;
  private final Duration pause;

  FileUpload(FilesApi files, Work<?> work, MediaStore store, Blob blob, Duration pause) {
    this.files = files;
    this.work = work;
    this.store = store;
    this.blob = blob;
    this.pause = pause;
  }

  /**
   * Does it.
   *
   * @throws Denied the provider does not take it
   * @throws IOException it cannot be reached, or the time is over
   */
  Upload run(Instant begun) throws IOException {
    JsonNode file = tree(sent(begin())).path("file");
    String name = file.path("name").asText();
    if (!name.matches("files/[A-Za-z0-9_-]{1,64}")) {
      throw files.garbled("What came of the upload is no file");
    }
    while (isProcessed(file)) {
      work.pause(pause);
      Reply reply = files.authorized(work, new Request.Builder().url(files.file(name)));
      if (!reply.succeeded()) {
        throw new Denied(files.failure(reply));
      }
      file = tree(reply);
    }
    return upload(name, file, begun);
  }

  private HttpUrl begin() throws IOException {
    String body =
        "{\"file\":{\"displayName\":\"%s\"}}".formatted(blob.id().sha256().substring(0, 12));
    Reply reply =
        files.authorized(
            work,
            new Request.Builder()
                .url(files.uploads())
                .header("X-Goog-Upload-Protocol", "resumable")
                .header("X-Goog-Upload-Command", "start")
                .header("X-Goog-Upload-Header-Content-Length", String.valueOf(blob.bytes()))
                .header("X-Goog-Upload-Header-Content-Type", blob.type().mime())
                .post(RequestBody.create(body, MediaType.get("application/json"))));
    if (!reply.succeeded()) {
      throw new Denied(files.failure(reply));
    }
    return Optional.ofNullable(reply.headers().get("X-Goog-Upload-URL"))
        .flatMap(told -> Optional.ofNullable(HttpUrl.parse(told)))
        .filter(files::isOurs)
        .orElseThrow(() ->
            files.garbled(
                "The upload is to go to another host than the endpoint's, where nothing is sent"));
  }

  /** Sends all pieces, and returns what came in answer to the last. */
  private Reply sent(HttpUrl session) throws IOException {
    long offset = 0;
    boolean unsure = false;
    int troubles = 0;
    while (true) {
      try {
        Reply reply = unsure ? query(session) : send(session, offset);
        if (isFinal(reply)) {
          return reply;
        }
        long arrived = unsure ? arrived(reply) : endOfPiece(offset);
        if (arrived <= offset && !unsure) {
          throw new IOException("All of it was sent, and it is not done");
        }
        troubles = arrived > offset ? 0 : troubles;
        offset = arrived;
        unsure = false;
      } catch (Denied e) {
        throw e;
      } catch (IOException e) {
        unsure = true;
        if (++troubles > MOST_TROUBLES_IN_A_ROW) {
          throw e;
        }
        work.pause(pause);
      }
    }
  }

  private Reply send(HttpUrl session, long offset) throws IOException {
    long end = endOfPiece(offset);
    String command = end < blob.bytes() ? "upload" : offset < end ? "upload, finalize" : "finalize";
    return answered(
        new Request.Builder()
            .url(session)
            .header("X-Goog-Upload-Offset", String.valueOf(offset))
            .header("X-Goog-Upload-Command", command)
            .post(new FilePiece(store, blob.id(), offset, end - offset)));
  }

  private long endOfPiece(long offset) {
    return Math.min(blob.bytes(), (offset / PIECE_BYTES + 1) * PIECE_BYTES);
  }

  private Reply query(HttpUrl session) throws IOException {
    return answered(
        new Request.Builder().url(session).header("X-Goog-Upload-Command", "query").post(NOTHING));
  }

  /** The address of the upload is what lets us in: the key is not sent there. */
  private Reply answered(Request.Builder request) throws IOException {
    Reply reply = files.plain(work, request);
    if (reply.code() >= 500 || reply.code() == 408 || reply.code() == 429) {
      throw new IOException("HTTP " + reply.code());
    }
    if (!reply.succeeded()) {
      throw new Denied(files.failure(reply));
    }
    return reply;
  }

  private boolean isFinal(Reply reply) throws Denied {
    String status = reply.headers().get("X-Goog-Upload-Status");
    return switch (status == null ? "" : status.toLowerCase(Locale.ROOT)) {
      case "final" -> true;
      case "active" -> false;
      default -> throw files.garbled("The upload has ended with the status " + status);
    };
  }

  private long arrived(Reply reply) throws Denied {
    String received = reply.headers().get("X-Goog-Upload-Size-Received");
    if (received == null
        || !received.matches("\\d{1,12}")
        || Long.parseLong(received) > blob.bytes()) {
      throw files.garbled("Nobody knows how much of the upload has arrived");
    }
    return Long.parseLong(received);
  }

  private boolean isProcessed(JsonNode file) throws Denied {
    return switch (file.path("state").asText("ACTIVE")) {
      case "ACTIVE" -> false;
      case "FAILED" ->
          throw files.garbled(
              "The file could not be processed: " + file.path("error").path("message").asText());
      default -> true;
    };
  }

  private Upload upload(String name, JsonNode file, Instant begun) throws Denied {
    long bytes = file.path("sizeBytes").asLong(blob.bytes());
    String uri = file.path("uri").asText();
    if (bytes != blob.bytes() || uri.isEmpty()) {
      throw files.garbled("The file that was made is not the one that was sent");
    }
    return new Upload(
        blob.id(),
        name,
        uri,
        file.path("mimeType").asText(blob.type().mime()),
        expiry(file.path("expirationTime").asText(), begun.plus(LIFE)));
  }

  private static Instant expiry(String told, Instant latest) {
    try {
      Instant expiry = Instant.parse(told);
      return expiry.isBefore(latest) ? expiry : latest;
    } catch (DateTimeException e) {
      return latest;
    }
  }

  private JsonNode tree(Reply reply) throws Denied {
    try {
      return JSON.readTree(reply.body());
    } catch (JacksonException e) {
      throw files.garbled("What came of the upload is no JSON");
    }
  }
}
