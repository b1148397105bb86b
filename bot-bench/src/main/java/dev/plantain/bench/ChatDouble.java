package dev.plantain.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of the Bot API as takes no time and notes when what came. */
final class ChatDouble implements AutoCloseable {
  static final String TOKEN = "7000000001:AA-a_token_of_no_worth";
  private static final Pattern CHAT =
      Pattern.compile("\"chat_id\"(?::|(?:[^-\\d]|Content-Length: \\d+)*?\r\n\r\n)\"?(\\d+)");
  private static final Pattern OFFSET = Pattern.compile("\"offset\":(\\d+)");

  private final LoopbackHttp http = new LoopbackHttp(this::answer);
  private final Deque<Update> waiting = new ArrayDeque<>();
  private final AtomicInteger messages = new AtomicInteger(1_000);
  private final Map<Long, Seen> seen = new ConcurrentHashMap<>();
  private final CountDownLatch polled = new CountDownLatch(1);
  private volatile long firstPollNanos;
  private long nextUpdate = 1;

  private record Update(long id, String json) {}

  /** What the bot did in one chat, and when it was given what made it do so. */
  static final class Seen {
    private volatile long givenNanos;
    private volatile long cardNanos;
    private volatile long resultNanos;
    private volatile long resultBytes;
    private final CountDownLatch result = new CountDownLatch(1);

    long givenNanos() {
      return givenNanos;
    }

    long cardNanos() {
      return cardNanos;
    }

    long resultNanos() {
      return resultNanos;
    }

    long resultBytes() {
      return resultBytes;
    }

    boolean awaitResult(long seconds) throws InterruptedException {
      return result.await(seconds, TimeUnit.SECONDS);
    }
  }

  URI apiUrl() {
    return http.address();
  }

  /** When the bot first asked for updates. */
  long awaitFirstPoll() throws InterruptedException {
    if (!polled.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the bot does not ask for updates");
    }
    return firstPollNanos;
  }

  /** Somebody asks for a picture in a private chat of theirs. */
  Seen ask(long chat) {
    Seen noted = new Seen();
    seen.put(chat, noted);
    synchronized (waiting) {
      String update =
          """
          {"update_id":%d,"message":{"message_id":%d,"date":%d,"text":"a lighthouse at night",\
          "from":{"id":%d,"is_bot":false,"first_name":"Ann","language_code":"en"},\
          "chat":{"id":%d,"type":"private","first_name":"Ann"}}}\
          """
              .formatted(nextUpdate, messages.incrementAndGet(), 1_795_000_000L, chat, chat);
      waiting.add(new Update(nextUpdate++, update));
      waiting.notifyAll();
    }
    return noted;
  }

  private void answer(LoopbackHttp.Request request, LoopbackHttp.Reply reply)
      throws IOException, InterruptedException {
    String method =
        request.path().substring(request.path().lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    switch (method) {
      case "getme" ->
          result(
              reply,
              """
              {"id":7000000001,"is_bot":true,"first_name":"Plantain","username":"plantain_bot",\
              "can_join_groups":true,"can_read_all_group_messages":true}\
              """);
      case "getupdates" -> updates(request, reply);
      case "sendmessage" -> {
        long chat = chat(request);
        Seen noted = seen.getOrDefault(chat, new Seen());
        noted.cardNanos = request.arrivedNanos();
        result(reply, message(chat));
      }
      case "editmessagemedia", "senddocument", "sendphoto" -> {
        long chat = chat(request);
        Seen noted = seen.getOrDefault(chat, new Seen());
        noted.resultNanos = request.arrivedNanos();
        noted.resultBytes = request.bodyBytes();
        result(reply, message(chat));
        noted.result.countDown();
      }
      case "editmessagetext", "editmessagecaption", "editmessagereplymarkup" ->
          result(reply, message(chat(request)));
      default -> result(reply, "true");
    }
  }

  private void updates(LoopbackHttp.Request request, LoopbackHttp.Reply reply)
      throws IOException, InterruptedException {
    if (polled.getCount() > 0) {
      firstPollNanos = request.arrivedNanos();
      polled.countDown();
    }
    StringBuilder batch = new StringBuilder("[");
    synchronized (waiting) {
      Matcher offset = OFFSET.matcher(request.head());
      if (offset.find()) {
        long from = Long.parseLong(offset.group(1));
        waiting.removeIf(update -> update.id() < from);
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
      while (waiting.isEmpty() && System.nanoTime() < end) {
        waiting.wait(1_000);
      }
      for (Update update : waiting) {
        batch.append(batch.length() > 1 ? "," : "").append(update.json());
      }
    }
    long now = System.nanoTime();
    for (Seen each : seen.values()) {
      if (each.givenNanos == 0) {
        each.givenNanos = now;
      }
    }
    result(reply, batch.append(']').toString());
  }

  private static long chat(LoopbackHttp.Request request) throws IOException {
    Matcher chat = CHAT.matcher(request.head());
    if (!chat.find()) {
      throw new IOException("no chat in " + request.head());
    }
    return Long.parseLong(chat.group(1));
  }

  private String message(long chat) {
    return "{\"message_id\":%d,\"date\":1795000000,\"text\":\"a\",\"chat\":{\"id\":%d,\"type\":\"private\",\"first_name\":\"Ann\"}}"
        .formatted(messages.incrementAndGet(), chat);
  }

  private static void result(LoopbackHttp.Reply reply, String result) throws IOException {
    reply.json(Samples.utf8("{\"ok\":true,\"result\":" + result + "}"));
  }

  @Override
  public void close() {
    http.close();
  }
}
