package dev.plantain.app;

import dev.plantain.platform.AttachmentRef;
import dev.plantain.platform.Capabilities;
import dev.plantain.platform.Card;
import dev.plantain.platform.ChatPlatform;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.CommandSpec;
import dev.plantain.platform.EventSink;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.OutgoingMessage;
import dev.plantain.platform.Picture;
import dev.plantain.platform.Place;
import dev.plantain.platform.PlatformId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The terminal as a platform with one chat and one member: cards are lines, a result is a file. */
final class ConsolePlatform implements ChatPlatform {
  static final PlatformId ID = new PlatformId("console");
  static final Place PLACE = new Place(new ChatRef(ID, "terminal"), true);
  static final MemberRef MEMBER = new MemberRef(ID, "operator");

  private final PrintWriter out;
  private final Optional<Path> output;
  private final MessageRef awaited;
  private final CompletableFuture<MessageRef> answer = new CompletableFuture<>();
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

  /**
   * @param awaited the message whose answer ends the program
   * @param output where the picture goes; by default into the current folder, under a name of its
   *     own
   */
  ConsolePlatform(PrintWriter out, Optional<Path> output, MessageRef awaited) {
    this.out = out;
    this.output = output;
    this.awaited = awaited;
  }

  /** A message as somebody types it. */
  static MessageRef typed() {
    return new MessageRef(PLACE.chat(), UUID.randomUUID().toString());
  }

  /** Ends with whether a picture was made. */
  CompletableFuture<Boolean> ended() {
    return ended;
  }

  @Override
  public PlatformId id() {
    return ID;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(100_000, 100_000, Long.MAX_VALUE, Duration.ofSeconds(3));
  }

  @Override
  public void start(EventSink sink, List<CommandSpec> commands) {}

  @Override
  public MessageRef post(OutgoingMessage message) {
    MessageRef posted = new MessageRef(message.chat(), UUID.randomUUID().toString());
    if (message.replyTo().filter(awaited::equals).isPresent()) {
      answer.complete(posted);
    }
    show(posted, message.card());
    return posted;
  }

  @Override
  public void edit(MessageRef message, Card card) {
    show(message, card);
  }

  private void show(MessageRef message, Card card) {
    String words =
        card.words().stream().map(Card.Paragraph::text).collect(Collectors.joining("\n"));
    if (!words.isEmpty()) {
      out.println(words);
    }
    boolean picture = card.picture().isPresent();
    boolean isAnswer = message.equals(answer.getNow(null));
    card.picture().ifPresent(shown -> out.println("Written to " + write(shown, isAnswer)));
    out.flush();
    boolean underWay =
        card.rows().stream()
            .flatMap(List::stream)
            .anyMatch(button -> button.data().startsWith("cancel:"));
    // What an earlier call left unfinished is finished now, and is not what this call waits for.
    if (!underWay && isAnswer) {
      ended.complete(picture);
    }
  }

  private Path write(Picture picture, boolean isAnswer) {
    Path to =
        output
            .filter(chosen -> isAnswer)
            .orElseGet(() -> Path.of(picture.fileName()))
            .toAbsolutePath();
    try {
      Files.copy(picture.file(), to, StandardCopyOption.REPLACE_EXISTING);
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void delete(MessageRef message) {}

  @Override
  public void answer(InteractionRef interaction, String words, boolean alert) {}

  @Override
  public void showWorking(ChatRef chat) {}

  @Override
  public void fetch(AttachmentRef attachment, long maxBytes, OutputStream to) throws IOException {
    Files.copy(Path.of(attachment.value()), to);
  }

  @Override
  public boolean isModerator(Place place, MemberRef member) {
    return true;
  }

  @Override
  public boolean hearsAll(Place place) {
    return true;
  }

  @Override
  public void close() {}
}
