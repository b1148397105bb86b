package dev.plantain.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.Card.Tone;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every adapter keeps, whatever its platform. An adapter's test extends this and lends a world
 * in which its platform is played on loopback.
 */
public abstract class ChatPlatformContract {

  /** A platform with one group of people, seen from the other side of the adapter. */
  protected interface World extends AutoCloseable {

    ChatPlatform platform();

    Place group();

    MemberRef moderator();

    MemberRef member();

    /** A member writes something in the group. */
    MessageRef says(String words);

    /** A member sends a file to the group. */
    AttachmentRef sends(byte[] file);

    /** A member presses the only button of a message. */
    InteractionRef presses(MessageRef message);

    /** Too much time goes by since a button was pressed. */
    void tooLateFor(InteractionRef interaction);

    /** Whoever may removes a message. */
    void removes(MessageRef message);

    /** The next message is posted, but the platform's answer to us is lost. */
    void losesTheAnswerToTheNextPost();

    /** What we posted in the group and still stands there, oldest first. */
    List<Seen> posts();

    /** The file of a message of ours, as somebody gets it who saves it. */
    byte[] fileOf(MessageRef message);

    /** What the presser of a button was told; empty before an answer. */
    Optional<String> told(InteractionRef interaction);

    @Override
    void close();
  }

  /** A message of ours as people see it; its words in one piece. */
  public record Seen(
      MessageRef message,
      String words,
      boolean picture,
      List<String> buttons,
      Optional<MessageRef> replyTo) {}

  @TempDir private Path folder = Path.of("");
  private @Nullable World open;

  protected abstract World newWorld();

  @BeforeEach
  void openTheWorld() {
    open = newWorld();
  }

  @AfterEach
  void closeTheWorld() {
    world().close();
  }

  private World world() {
    return Objects.requireNonNull(open);
  }

  @Test
  void aPostedCardIsSeenAsAReply() {
    MessageRef request = world().says("make it night");

    MessageRef posted = world().platform().post(reply(request, working()));

    assertThat(world().posts())
        .containsExactly(
            new Seen(
                posted, "Working\nmake it night", false, List.of("Cancel"), Optional.of(request)));
  }

  @Test
  void aReplyToAMessageThatIsGoneIsPostedWithoutIt() {
    MessageRef request = world().says("make it night");
    world().removes(request);

    MessageRef posted = world().platform().post(reply(request, working()));

    assertThat(world().posts()).extracting(Seen::message).containsExactly(posted);
    assertThat(world().posts().getFirst().replyTo()).isEmpty();
  }

  @Test
  void whatConcernsTheAskerAloneIsAReplyWhereEverybodySeesWhatTheyWrote() {
    MessageRef request = world().says("make it night");

    MessageRef posted =
        world()
            .platform()
            .post(
                new OutgoingMessage(
                    "answer:1",
                    world().group().chat(),
                    Optional.of(request),
                    Card.of("No more today"),
                    false,
                    true,
                    false,
                    message -> false));

    assertThat(world().posts())
        .containsExactly(new Seen(posted, "No more today", false, List.of(), Optional.of(request)));
  }

  @Test
  void aMessageWhoseAnswerWasLostIsFoundAndNotPostedTwice() {
    MessageRef request = world().says("make it night");
    world().losesTheAnswerToTheNextPost();
    assertThatExceptionOfType(PlatformException.Unavailable.class)
        .isThrownBy(() -> world().platform().post(reply(request, working())))
        .satisfies(failure -> assertThat(failure.mayHaveHappened()).isTrue());
    world().says("meanwhile");

    MessageRef found = world().platform().post(again(request, working()));

    assertThat(world().posts()).extracting(Seen::message).containsExactly(found);
  }

  @Test
  void aMessageThatNeverArrivedIsPosted() {
    MessageRef request = world().says("make it night");
    MessageRef other = world().platform().post(message("card:0", request, cardFor("other:1")));
    world().says("meanwhile");

    MessageRef posted = world().platform().post(again(request, working()));

    assertThat(world().posts()).extracting(Seen::message).containsExactly(other, posted);
    assertThat(world().posts()).extracting(Seen::buttons).containsOnly(List.of("Cancel"));
  }

  @Test
  void anEditShowsTheOtherCardInTheSameMessage() {
    MessageRef posted = world().platform().post(reply(world().says("night"), working()));

    world().platform().edit(posted, Card.of("Cancelled"));

    assertThat(world().posts()).hasSize(1);
    assertThat(world().posts().getFirst().message()).isEqualTo(posted);
    assertThat(world().posts().getFirst().words()).isEqualTo("Cancelled");
    assertThat(world().posts().getFirst().buttons()).isEmpty();
  }

  @Test
  void anEditToWhatIsShownAlreadyIsNoError() {
    MessageRef posted = world().platform().post(reply(world().says("night"), working()));

    world().platform().edit(posted, working());

    assertThat(world().posts()).extracting(Seen::buttons).containsExactly(List.of("Cancel"));
  }

  @Test
  void aCardOfWordsBecomesAPictureWithExactlyItsBytesAndTakesOtherWordsAfterwards()
      throws IOException {
    byte[] bytes = {1, 2, 3, 4};
    MessageRef posted = world().platform().post(reply(world().says("night"), working()));

    world().platform().edit(posted, result(bytes));
    world().platform().edit(posted, Card.of("Removed"));

    assertThat(world().posts()).hasSize(1);
    assertThat(world().posts().getFirst().words()).isEqualTo("Removed");
    assertThat(world().fileOf(posted)).isEqualTo(bytes);
  }

  @Test
  void aPictureTakesThePlaceOfAnotherAndGivesItBack() throws IOException {
    MessageRef posted =
        world().platform().post(reply(world().says("night"), result(new byte[] {1, 2, 3})));

    world().platform().edit(posted, result(new byte[] {4, 5}));
    assertThat(world().fileOf(posted)).isEqualTo(new byte[] {4, 5});

    world().platform().edit(posted, result(new byte[] {1, 2, 3}));
    assertThat(world().fileOf(posted)).isEqualTo(new byte[] {1, 2, 3});
    assertThat(world().posts()).hasSize(1);
  }

  @Test
  void aPictureIsPostedWithExactlyItsBytes() throws IOException {
    byte[] bytes = {4, 3, 2, 1};

    MessageRef posted = world().platform().post(reply(world().says("night"), result(bytes)));

    assertThat(world().fileOf(posted)).isEqualTo(bytes);
    assertThat(world().posts().getFirst().words()).isEqualTo("Done");
  }

  @Test
  void aDocumentIsPostedAndTakesThePlaceOfWordsWithExactlyItsBytes() throws IOException {
    byte[] bytes = "name,pictures\r\nann,1\r\n".getBytes(StandardCharsets.UTF_8);
    MessageRef words = world().platform().post(reply(world().says("night"), working()));

    MessageRef posted =
        world().platform().post(message("other", world().says("usage"), document(bytes)));
    world().platform().edit(words, document(bytes));

    assertThat(world().fileOf(posted)).isEqualTo(bytes);
    assertThat(world().fileOf(words)).isEqualTo(bytes);
    assertThat(world().posts()).extracting(Seen::words).containsOnly("Here it is");
  }

  private Card document(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("document"), bytes);
    return new Card(
        List.of(new Paragraph.Told("Here it is")),
        Optional.empty(),
        Optional.of(new Document(file, "text/csv", bytes.length, "usage.csv")),
        List.of());
  }

  @Test
  void anEditOfAMessageThatIsGoneIsRejectedAsSuch() {
    MessageRef posted = world().platform().post(reply(world().says("night"), working()));
    world().removes(posted);

    assertThatExceptionOfType(PlatformException.Rejected.class)
        .isThrownBy(() -> world().platform().edit(posted, Card.of("x")))
        .satisfies(rejected ->
            assertThat(rejected.reason()).isEqualTo(PlatformException.Reason.MESSAGE_GONE));
  }

  @Test
  void aDeletedMessageIsGoneAndCanBeDeletedAgain() {
    MessageRef posted = world().platform().post(reply(world().says("night"), working()));

    world().platform().delete(posted);
    world().platform().delete(posted);

    assertThat(world().posts()).isEmpty();
  }

  @Test
  void wordsOfAnyKindAndLengthArrive() {
    int most = world().platform().capabilities().maxWords();
    String hostile = "<b>*_`[x](y)</b> & \u202e\u0000 @everyone 🌙";
    Card card =
        new Card(
            List.of(new Paragraph.Told("Done"), new Paragraph.Quoted(hostile.repeat(most / 20))),
            Optional.empty(),
            List.of());

    world().platform().post(reply(world().says("night"), card));

    assertThat(world().posts().getFirst().words()).startsWith("Done\n<b>*_`[x](y)</b> & ");
    assertThat(world().posts().getFirst().words().length()).isLessThanOrEqualTo(most);
  }

  @Test
  void aFileIsFetchedAsItWasSent() throws IOException {
    byte[] bytes = new byte[200_000];
    bytes[199_999] = 7;
    ByteArrayOutputStream to = new ByteArrayOutputStream();

    world().platform().fetch(world().sends(bytes), bytes.length, to);

    assertThat(to.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void aFileThatIsTooLargeIsRejectedAsSuch() {
    AttachmentRef file = world().sends(new byte[200_000]);

    assertThatExceptionOfType(PlatformException.Rejected.class)
        .isThrownBy(() -> world().platform().fetch(file, 199_999, OutputStream.nullOutputStream()))
        .satisfies(rejected ->
            assertThat(rejected.reason()).isEqualTo(PlatformException.Reason.TOO_LARGE));
  }

  @Test
  void aFailureOfWhereAFileIsWrittenToIsToldAsSuch() {
    AttachmentRef file = world().sends(new byte[10]);
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int single) throws IOException {
            throw new IOException("the disk is full");
          }
        };

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> world().platform().fetch(file, 10, full))
        .withMessage("the disk is full");
  }

  @Test
  void thePresserOfAButtonIsTold() {
    InteractionRef press =
        world().presses(world().platform().post(reply(world().says("night"), working())));

    world().platform().answer(press, "Cancelled", false);

    assertThat(world().told(press)).contains("Cancelled");
  }

  @Test
  void anAnswerThatComesTooLateIsDropped() {
    InteractionRef press =
        world().presses(world().platform().post(reply(world().says("night"), working())));
    world().tooLateFor(press);

    world().platform().answer(press, "Cancelled", true);

    assertThat(world().told(press)).isEmpty();
  }

  @Test
  void whoGovernsTheChatIsAModerator() {
    ChatPlatform platform = world().platform();

    assertThat(platform.isModerator(world().group(), world().moderator())).isTrue();
    assertThat(platform.isModerator(world().group(), world().member())).isFalse();
    assertThat(platform.isModerator(new Place(world().group().chat(), true), world().member()))
        .isTrue();
  }

  @Test
  void everythingIsHeardInADirectConversation() {
    Place direct = new Place(world().group().chat(), true);

    assertThat(world().platform().hearsAll(direct)).isTrue();
  }

  @Test
  void referencesBelongToThePlatform() {
    MessageRef posted = world().platform().post(reply(world().says("night"), working()));

    assertThat(posted.chat()).isEqualTo(world().group().chat());
    assertThat(posted.chat().platform()).isEqualTo(world().platform().id());
  }

  private OutgoingMessage reply(MessageRef request, Card card) {
    return message("card:1", request, card);
  }

  private OutgoingMessage message(String key, MessageRef request, Card card) {
    return new OutgoingMessage(
        key, world().group().chat(), Optional.of(request), card, false, false, message -> false);
  }

  private OutgoingMessage again(MessageRef request, Card card) {
    return new OutgoingMessage(
        "card:1",
        world().group().chat(),
        Optional.of(request),
        card,
        false,
        true,
        message -> false);
  }

  private static Card working() {
    return cardFor("cancel:1");
  }

  private static Card cardFor(String data) {
    return new Card(
        List.of(new Paragraph.Told("Working"), new Paragraph.Quoted("make it night")),
        Optional.empty(),
        List.of(List.of(new Button("Cancel", data, Tone.DANGER))));
  }

  private Card result(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("blob"), bytes);
    return new Card(
        List.of(new Paragraph.Told("Done")),
        Optional.of(
            new Picture(file, "image/png", 2, 2, bytes.length, "night.png", "night", true, false)),
        List.of());
  }
}
