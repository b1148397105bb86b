package dev.plantain.image.gemini;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import okio.ByteString;

/**
 * The files of the loopback Gemini: as strict as the real ones about headers, offsets and sizes,
 * and a file is there only for the key that uploaded it.
 */
public final class LoopbackFiles {
  /** What pieces other than the last are a multiple of. */
  private static final int GRANULARITY = 256 * 1024;

  private static final Duration LIFE = Duration.ofDays(2);
  private static final Set<String> TYPES =
      Set.of("image/png", "image/jpeg", "image/webp", "image/heic", "image/heif");
  private static final JsonMapper JSON = new JsonMapper();

  private final InstantSource clock;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<String> deleted = new CopyOnWriteArrayList<>();
  private final List<String> made = new CopyOnWriteArrayList<>();
  private final AtomicInteger queries = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private volatile int looksUntilActive;
  private volatile boolean fails;
  private volatile String sessionsAt = "";
  private volatile CountDownLatch gate = new CountDownLatch(0);

  LoopbackFiles(InstantSource clock) {
    this.clock = clock;
  }

  /** What goes wrong with the next request that carries pieces. */
  public sealed interface Fault {
    /** So many bytes are read and kept, then the connection is cut. */
    record CutAfter(long bytes) implements Fault {}

    /** All is read and kept, but nothing is answered. */
    record LosesTheAnswer() implements Fault {}

    /** An error comes instead. */
    record Answers(int code) implements Fault {}
  }

  private record Session(String key, String type, long bytes, ByteArrayOutputStream arrived) {}

  /** A file that is there. */
  private record Kept(
      String name,
      String key,
      String type,
      ByteString content,
      Instant expires,
      AtomicInteger looks) {}

  /** Adds to what goes wrong next. */
  public void next(Fault fault) {
    faults.add(fault);
  }

  /** From now on a file is ready only when it was looked at so often. */
  public void readyAfter(int looks) {
    looksUntilActive = looks;
  }

  /** From now on no file can be processed. */
  public void processesNothing() {
    fails = true;
  }

  /** From now on uploads are to go on at this address. */
  public void sendsTo(String address) {
    sessionsAt = address;
  }

  /** From now on an upload is answered only when this is open. */
  public void holds(CountDownLatch latch) {
    gate = latch;
  }

  /** The provider loses all files, as it does when their time is over. */
  public void loseAll() {
    kept.clear();
  }

  /** How many files were made. */
  public int made() {
    return made.size();
  }

  /** What was uploaded, by the digest of its bytes, oldest first. */
  public List<String> uploaded() {
    return List.copyOf(made);
  }

  /** What is there, by name. */
  public Set<String> there() {
    return Set.copyOf(kept.keySet());
  }

  /** The bytes of a file. */
  public byte[] bytes(String name) {
    return Optional.ofNullable(kept.get(name)).orElseThrow().content().toByteArray();
  }

  /** What was deleted on request. */
  public List<String> deleted() {
    return List.copyOf(deleted);
  }

  /** How often somebody asked how much has arrived. */
  public int queries() {
    return queries.get();
  }

  /** How many bytes of pictures came. */
  public long uploadedBytes() {
    return bytes.get();
  }

  /** Why a reference to a file is refused; nothing where it is good. */
  Optional<ScriptedAnswer> complaint(JsonNode body, String key) {
    for (JsonNode content : body.path("contents")) {
      for (JsonNode part : content.path("parts")) {
        String uri = part.path("fileData").path("fileUri").asText("");
        if (!uri.isEmpty()) {
          String name = uri.substring(uri.indexOf("files/"));
          Optional<Kept> file = find(name, key);
          if (file.isEmpty()) {
            return Optional.of(denied(name));
          }
          if (!file.get().type().equals(part.path("fileData").path("mimeType").asText())) {
            return Optional.of(
                ScriptedAnswer.error(400, "INVALID_ARGUMENT", "Unsupported MIME type"));
          }
          if (file.get().looks().get() > 0) {
            return Optional.of(
                ScriptedAnswer.error(
                    400,
                    "FAILED_PRECONDITION",
                    "The File %s is not in an ACTIVE state and usage is not allowed."
                        .formatted(name.substring("files/".length()))));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The digest of a file to which a request refers. */
  String sha256(String uri) {
    Kept file = kept.get(uri.substring(uri.indexOf("files/")));
    return file == null ? "" : file.content().sha256().hex();
  }

  private Optional<Kept> find(String name, String key) {
    return Optional.ofNullable(kept.get(name))
        .filter(file -> file.key().equals(key) && clock.instant().isBefore(file.expires()));
  }

  /** As Google words it for what is gone, and for what is somebody else's. */
  private static ScriptedAnswer denied(String name) {
    return ScriptedAnswer.error(
        403,
        "PERMISSION_DENIED",
        "You do not have permission to access the File %s or it may not exist."
            .formatted(name.substring("files/".length())));
  }

  /** Begins an upload. */
  ScriptedAnswer begin(HttpExchange exchange, String base, String key) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    String complaint = "";
    if (!exchange.getRequestMethod().equals("POST")
        || !"resumable".equals(headers.getFirst("X-Goog-Upload-Protocol"))
        || !"start".equals(headers.getFirst("X-Goog-Upload-Command"))) {
      complaint = "Upload protocol or command is wrong";
    }
    String length = String.valueOf(headers.getFirst("X-Goog-Upload-Header-Content-Length"));
    String type = String.valueOf(headers.getFirst("X-Goog-Upload-Header-Content-Type"));
    if (!length.matches("[1-9]\\d{0,11}") || !TYPES.contains(type)) {
      complaint = "Content length or type of the upload is wrong: " + length + " " + type;
    }
    complaint += metadata(exchange.getRequestBody().readAllBytes());
    if (!complaint.isEmpty()) {
      return ScriptedAnswer.error(400, "INVALID_ARGUMENT", complaint);
    }
    String id = "upload" + sessions.size();
    sessions.put(id, new Session(key, type, Long.parseLong(length), new ByteArrayOutputStream()));
    return ScriptedAnswer.json("")
        .with(
            Map.of(
                "X-Goog-Upload-URL",
                (sessionsAt.isEmpty() ? base : sessionsAt)
                    + "/upload/v1beta/files?upload_id="
                    + id
                    + "&upload_protocol=resumable",
                "X-Goog-Upload-Status",
                "active",
                "X-Goog-Upload-Chunk-Granularity",
                String.valueOf(GRANULARITY)));
  }

  private static String metadata(byte[] body) throws IOException {
    try {
      JsonNode file = JSON.readTree(body);
      for (var field : file.properties()) {
        if (!field.getKey().equals("file")) {
          return " Unknown name " + field.getKey();
        }
      }
      for (var field : file.path("file").properties()) {
        if (!Set.of("displayName", "name", "mimeType").contains(field.getKey())) {
          return " Unknown name " + field.getKey();
        }
      }
      return "";
    } catch (JacksonException e) {
      return " The body is no JSON";
    }
  }

  /** Goes on with an upload, or says how far it is. Empty where the connection is to be cut. */
  Optional<ScriptedAnswer> goOn(HttpExchange exchange, String id) throws IOException {
    Session session = sessions.get(id);
    Headers headers = exchange.getRequestHeaders();
    String command = String.valueOf(headers.getFirst("X-Goog-Upload-Command"));
    if (session == null || !exchange.getRequestMethod().equals("POST")) {
      return Optional.of(ScriptedAnswer.body(404, "text/plain", "Not Found"));
    }
    // The address lets in whoever knows it: a key has nothing to do there.
    if (headers.containsKey("x-goog-api-key") || headers.containsKey("Authorization")) {
      return Optional.of(ScriptedAnswer.error(400, "INVALID_ARGUMENT", "A key came along"));
    }
    return switch (command) {
      case "query" -> {
        queries.incrementAndGet();
        Kept done = kept.get("files/" + id);
        yield Optional.of(done == null ? active(session) : finalized(done, "final"));
      }
      case "upload", "upload, finalize", "finalize" -> piece(exchange, id, session, command);
      default ->
          Optional.of(ScriptedAnswer.error(400, "INVALID_ARGUMENT", "Unknown command " + command));
    };
  }

  private Optional<ScriptedAnswer> piece(
      HttpExchange exchange, String id, Session session, String command) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    Fault fault = faults.poll();
    if (fault instanceof Fault.Answers(int code)) {
      return Optional.of(ScriptedAnswer.body(code, "text/plain", "Service Unavailable"));
    }
    long most = fault instanceof Fault.CutAfter(long cut) ? cut : Long.MAX_VALUE;
    long length = Long.parseLong(String.valueOf(headers.getFirst("Content-Length")));
    if (!String.valueOf(session.arrived().size())
        .equals(headers.getFirst("X-Goog-Upload-Offset"))) {
      return Optional.of(
          ScriptedAnswer.error(400, "INVALID_ARGUMENT", "The offset is not what has arrived"));
    }
    if (command.equals("upload") && length % GRANULARITY != 0) {
      return Optional.of(
          ScriptedAnswer.error(400, "INVALID_ARGUMENT", "A piece is no multiple of 256 KiB"));
    }
    byte[] arrived = read(exchange.getRequestBody(), Math.min(most, length));
    // What is kept of a broken piece is a multiple as well.
    boolean cut = arrived.length < length;
    int keeps = cut ? arrived.length / GRANULARITY * GRANULARITY : arrived.length;
    session.arrived().write(arrived, 0, keeps);
    bytes.addAndGet(arrived.length);
    if (cut || fault instanceof Fault.CutAfter) {
      return Optional.empty();
    }
    ScriptedAnswer answer = command.contains("finalize") ? end(id, session) : active(session);
    return fault instanceof Fault.LosesTheAnswer ? Optional.empty() : Optional.of(answer);
  }

  private static byte[] read(InputStream body, long most) throws IOException {
    return body.readNBytes((int) most);
  }

  private static ScriptedAnswer active(Session session) {
    return ScriptedAnswer.json("")
        .with(
            Map.of(
                "X-Goog-Upload-Status",
                "active",
                "X-Goog-Upload-Size-Received",
                String.valueOf(session.arrived().size())));
  }

  private ScriptedAnswer end(String id, Session session) throws IOException {
    if (session.arrived().size() != session.bytes()) {
      return ScriptedAnswer.error(400, "INVALID_ARGUMENT", "The size is not the one that was said");
    }
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    made.add(AskedOfGemini.sha256(session.arrived().toByteArray()));
    Kept file =
        new Kept(
            "files/" + id,
            session.key(),
            session.type(),
            ByteString.of(session.arrived().toByteArray()),
            clock.instant().plus(LIFE),
            new AtomicInteger(looksUntilActive));
    kept.put(file.name(), file);
    return finalized(file, "final");
  }

  private ScriptedAnswer finalized(Kept file, String status) {
    return ScriptedAnswer.json("{\"file\":" + json(file) + "}")
        .with(Map.of("X-Goog-Upload-Status", status));
  }

  /** Looks at a file, or deletes it. */
  ScriptedAnswer file(HttpExchange exchange, String name, String key) {
    Optional<Kept> file = find(name, key);
    if (file.isEmpty()) {
      return denied(name);
    }
    if (exchange.getRequestMethod().equals("DELETE")) {
      kept.remove(name);
      deleted.add(name);
      return ScriptedAnswer.json("{}");
    }
    if (file.get().looks().get() > 0) {
      file.get().looks().decrementAndGet();
    }
    return ScriptedAnswer.json(json(file.get()));
  }

  private String json(Kept file) {
    String state = fails ? "FAILED" : file.looks().get() > 0 ? "PROCESSING" : "ACTIVE";
    List<String> fields = new ArrayList<>();
    fields.add(field("name", file.name()));
    fields.add(field("mimeType", file.type()));
    fields.add(field("sizeBytes", String.valueOf(file.content().size())));
    fields.add(field("expirationTime", file.expires().toString()));
    fields.add(field("uri", "https://generativelanguage.googleapis.com/v1beta/" + file.name()));
    fields.add(field("state", state));
    return "{" + String.join(",", fields) + "}";
  }

  private static String field(String name, String value) {
    return "\"" + name + "\":\"" + value + "\"";
  }
}
