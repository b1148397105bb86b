package dev.plantain.chat;

import dev.plantain.platform.Attachment;
import dev.plantain.platform.AttachmentRef;
import dev.plantain.platform.Capabilities;
import dev.plantain.platform.Card;
import dev.plantain.platform.ChatPlatform;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.CommandSpec;
import dev.plantain.platform.Document;
import dev.plantain.platform.EventSink;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.OutgoingMessage;
import dev.plantain.platform.Picture;
import dev.plantain.platform.Place;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformException.Reason;
import dev.plantain.platform.PlatformException.Rejected;
import dev.plantain.platform.PlatformId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;

/** A platform in memory, on which everything that was shown can be looked at. */
final class FakePlatform implements ChatPlatform {
  static final PlatformId ID = new PlatformId("fake");

  /** What a test does to calls: it counts them, fails them, ends the process around them. */
  interface Wire {
    /** Before the platform does what it is asked; what it throws the caller gets. */
    void asked(String call);

    /** After the platform did it, and before the caller hears of it. */
    void done(String call);
  }

  /** A failure that is to come. */
  private record Failure(String call, boolean afterwards, RuntimeException what) {}

  /** A failure of the call of that number, whichever it is. */
  private record NumberedFailure(int call, boolean afterwards, RuntimeException what) {}

  /** A message of ours as it stands in the chat. */
  record Post(
      MessageRef message,
      String key,
      Optional<MessageRef> replyTo,
      boolean asksForReply,
      boolean forAskerAlone,
      Card card,
      Optional<byte[]> file) {

    String words() {
      return card.words().stream().map(Card.Paragraph::text).collect(Collectors.joining("\n"));
    }

    /** The data of its buttons. */
    List<String> buttons() {
      return card.rows().stream().flatMap(List::stream).map(Card.Button::data).toList();
    }

    String button(String action) {
      return buttons().stream()
          .filter(data -> data.startsWith(action + ":"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no button " + action + " in " + buttons()));
    }
  }

  private final Map<MessageRef, Post> posts = new LinkedHashMap<>();
  private final Map<String, byte[]> files = new HashMap<>();
  private final Map<InteractionRef, String> answers = new HashMap<>();
  private final Set<MemberRef> moderators = new HashSet<>();
  private final Set<ChatRef> closed = new HashSet<>();
  private final Queue<Failure> failures = new ArrayDeque<>();
  private final List<String> calls = new ArrayList<>();
  private final List<Card> shown = new ArrayList<>();
  private Capabilities capabilities =
      new Capabilities(4096, 1024, 20_000_000, Duration.ofSeconds(3));
  private Wire wire =
      new Wire() {
        @Override
        public void asked(String call) {}

        @Override
        public void done(String call) {}
      };
  private Optional<NumberedFailure> numbered = Optional.empty();
  private int lastMessage = 1000;
  private boolean deaf;
  private boolean hasty;

  synchronized void wire(Wire newWire) {
    wire = newWire;
  }

  synchronized void hearsOnlyWhatIsAddressed() {
    deaf = true;
  }

  synchronized void capabilities(Capabilities others) {
    capabilities = others;
  }

  /** The next call of this name fails, before or after it did what it was asked. */
  synchronized void fails(String call, boolean afterwards, RuntimeException what) {
    failures.add(new Failure(call, afterwards, what));
  }

  synchronized void failsAt(int call, boolean afterwards, RuntimeException what) {
    numbered = Optional.of(new NumberedFailure(call, afterwards, what));
  }

  synchronized void close(ChatRef chat) {
    closed.add(chat);
  }

  synchronized void removes(MessageRef message) {
    posts.remove(message);
  }

  synchronized void governs(MemberRef member) {
    moderators.add(member);
  }

  synchronized MessageRef nextMessage(ChatRef chat) {
    return new MessageRef(chat, String.valueOf(++lastMessage));
  }

  synchronized Attachment file(byte[] bytes) {
    String name = "file" + files.size();
    files.put(name, bytes.clone());
    return new Attachment(
        new AttachmentRef(ID, name), Optional.empty(), Optional.of((long) bytes.length));
  }

  synchronized void loses(Attachment attachment) {
    files.remove(attachment.ref().value());
  }

  /** What stands in all chats, oldest first. */
  synchronized List<Post> posts() {
    return List.copyOf(posts.values());
  }

  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** Every card that was ever posted or edited into a message, in order. */
  synchronized List<Card> shown() {
    return List.copyOf(shown);
  }

  synchronized Optional<String> answerTo(InteractionRef interaction) {
    return Optional.ofNullable(answers.get(interaction));
  }

  private void begin(String call) {
    wire.asked(call);
    calls.add(call);
    fail(call, false);
  }

  private void end(String call) {
    fail(call, true);
    wire.done(call);
  }

  private void fail(String call, boolean afterwards) {
    Optional<Failure> failure = Optional.ofNullable(failures.peek());
    if (failure.filter(f -> f.call().equals(call) && f.afterwards() == afterwards).isPresent()) {
      throw failures.remove().what();
    }
    if (numbered
        .filter(f -> f.call() == calls.size() - 1 && f.afterwards() == afterwards)
        .isPresent()) {
      RuntimeException what = numbered.get().what();
      numbered = Optional.empty();
      throw what;
    }
  }

  private void mustBeOpen(ChatRef chat) {
    if (closed.contains(chat)) {
      throw new Rejected(Reason.CHAT_CLOSED, "we were thrown out");
    }
  }

  @Override
  public PlatformId id() {
    return ID;
  }

  @Override
  public synchronized Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public void start(EventSink sink, List<CommandSpec> commands) {}

  @Override
  public synchronized MessageRef post(OutgoingMessage message) {
    begin("post");
    mustBeOpen(message.chat());
    Optional<MessageRef> arrived =
        message.mayHaveArrived()
            ? posts.values().stream()
                .filter(post -> post.key().equals(message.key()))
                .map(Post::message)
                .filter(post -> post.chat().equals(message.chat()))
                .filter(post -> !message.known().test(post))
                .findFirst()
            : Optional.empty();
    MessageRef posted = arrived.orElseGet(() -> add(message));
    end("post");
    return posted;
  }

  private MessageRef add(OutgoingMessage message) {
    MessageRef ref = nextMessage(message.chat());
    posts.put(
        ref,
        new Post(
            ref,
            message.key(),
            message.replyTo(),
            message.asksForReply(),
            message.forAskerAlone(),
            message.card(),
            read(message.card())));
    shown.add(message.card());
    return ref;
  }

  private static Optional<byte[]> read(Card card) {
    return card.picture()
        .map(Picture::file)
        .or(() -> card.document().map(Document::file))
        .map(file -> {
          try {
            return Files.readAllBytes(file);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public synchronized void edit(MessageRef message, Card card) {
    begin("edit");
    mustBeOpen(message.chat());
    Post post = posts.get(message);
    if (post == null) {
      throw new Rejected(Reason.MESSAGE_GONE, "message to edit not found");
    }
    posts.put(
        message,
        new Post(
            message,
            post.key(),
            post.replyTo(),
            post.asksForReply(),
            post.forAskerAlone(),
            card,
            read(card)));
    shown.add(card);
    end("edit");
  }

  @Override
  public synchronized void delete(MessageRef message) {
    begin("delete");
    posts.remove(message);
    end("delete");
  }

  @Override
  public synchronized void answer(InteractionRef interaction, String words, boolean alert) {
    begin("answer");
    answers.put(interaction, words);
    end("answer");
  }

  @Override
  public synchronized void showWorking(ChatRef chat) {
    calls.add("working");
  }

  @Override
  public void fetch(AttachmentRef attachment, long maxBytes, OutputStream to) throws IOException {
    byte[] bytes;
    synchronized (this) {
      begin("fetch");
      bytes = files.get(attachment.value());
    }
    if (bytes == null) {
      throw new Rejected(Reason.ATTACHMENT_GONE, "file is gone");
    }
    if (bytes.length > maxBytes) {
      throw new Rejected(Reason.TOO_LARGE, "file is too big");
    }
    to.write(bytes);
    synchronized (this) {
      end("fetch");
    }
  }

  @Override
  public synchronized boolean isModerator(Place place, MemberRef member) {
    begin("moderator");
    boolean governs = place.direct() || moderators.contains(member);
    end("moderator");
    return governs;
  }

  /** From now on it answers only what was asked just now. */
  synchronized void answersSoonOnly() {
    hasty = true;
  }

  @Override
  public synchronized boolean answersLater(MessageRef message) {
    return !hasty;
  }

  @Override
  public synchronized boolean hearsAll(Place place) {
    return !deaf;
  }

  @Override
  public void close() {}

  static PlatformException busy(Duration retryAfter) {
    return new PlatformException.Unavailable("too many requests", Optional.of(retryAfter), false);
  }

  static PlatformException noAnswer() {
    return new PlatformException.Unavailable("no answer came", Optional.empty(), true);
  }
}
