package dev.plantain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plantain.media.Blob;
import dev.plantain.media.BlobId;
import dev.plantain.media.MediaType;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.PlatformId;
import dev.plantain.platform.Sender;
import dev.plantain.storage.Database;
import dev.plantain.storage.QuickDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationStoreTest {
  private static final PlatformId PLATFORM = new PlatformId("test");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration IDLE = Duration.ofMinutes(60);

  @TempDir Path folder;
  private final ConversationStore store = new ConversationStore();
  private Database database;
  private long chat;
  private long member;

  @BeforeEach
  void open() {
    database = QuickDatabase.open(folder);
    database.update(tx -> {
      Roster roster = new Roster();
      chat = roster.meet(tx, new Place(new ChatRef(PLATFORM, "chat"), false)).id();
      MemberRef ref = new MemberRef(PLATFORM, "ann");
      member = roster.meet(tx, new Sender(ref, "Ann", Optional.empty())).id();
    });
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aTurnComesBackAsItWasSaid() {
    Part.Token token = new Part.Token(new BlobId("c".repeat(64)), 1_460_000);
    List<Part> parts =
        List.of(
            Part.Text.of("make it nighttime 🌙"),
            new Part.Image(blob('a'), Optional.of(token)),
            new Part.Text("", Optional.of(token)),
            Part.Image.of(blob('b')));
    long root = say(Optional.empty(), Part.Text.of("hello"));
    long answer =
        database.write(tx -> store.addModelTurn(tx, turn(tx, root), "banana", parts, NOON));
    Turn found = database.read(reading -> turn(reading, answer));
    assertThat(found.parts()).isEqualTo(parts);
    assertThat(found.author()).isEqualTo(Author.MODEL);
    assertThat(found.model()).contains("banana");
    assertThat(found.parent()).contains(root);
    assertThat(found.chatId()).isEqualTo(chat);
    assertThat(found.createdAt()).isEqualTo(NOON);
    assertThat(found.withdrawn()).isFalse();
  }

  @Test
  void aBranchIsThePathFromItsRootAndKnowsNothingOfItsSiblings() {
    long root = say(Optional.empty(), Part.Image.of(blob('a')));
    long left = say(Optional.of(root), Part.Text.of("left"));
    long right = say(Optional.of(root), Part.Text.of("right"));
    long leftmost = say(Optional.of(left), Part.Text.of("leftmost"));
    assertThat(branch(leftmost)).containsExactly(root, left, leftmost);
    assertThat(branch(right)).containsExactly(root, right);
    assertThat(branch(999)).isEmpty();
  }

  @Test
  void aTurnCannotHangUnderItself() {
    long root = say(Optional.empty(), Part.Text.of("root"));
    long child = say(Optional.of(root), Part.Text.of("child"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> database.update(tx -> store.hangUnder(tx, root, child)));
    long other = say(Optional.empty(), Part.Text.of("other"));
    database.update(tx -> store.hangUnder(tx, root, other));
    assertThat(branch(child)).containsExactly(other, root, child);
  }

  @Test
  void partsAreAddedBehindThoseThatAreThere() {
    long turn = say(Optional.empty(), Part.Text.of("words"));
    database.update(tx -> store.addParts(tx, turn, List.of(Part.Image.of(blob('a'))), NOON));
    database.update(tx -> store.addParts(tx, turn, List.of(Part.Image.of(blob('b'))), NOON));
    assertThat(parts(turn))
        .containsExactly(Part.Text.of("words"), Part.Image.of(blob('a')), Part.Image.of(blob('b')));
  }

  @Test
  void otherWordsTakeThePlaceOfAllOldOnesAndTheirTokens() {
    Optional<Part.Token> token = Optional.of(new Part.Token(new BlobId("c".repeat(64)), 5));
    long turn =
        say(
            Optional.empty(),
            Part.Image.of(blob('a')),
            new Part.Text("one", token),
            Part.Image.of(blob('b')),
            Part.Text.of("two"));
    database.update(tx -> store.replaceWords(tx, turn, "three"));
    assertThat(parts(turn))
        .containsExactly(Part.Image.of(blob('a')), Part.Text.of("three"), Part.Image.of(blob('b')));
  }

  @Test
  void wordsCanBeGivenToATurnThatHadNone() {
    long turn = say(Optional.empty(), Part.Image.of(blob('a')));
    long silent = say(Optional.empty());
    database.update(tx -> {
      store.replaceWords(tx, turn, "words");
      store.replaceWords(tx, silent, "more");
    });
    assertThat(parts(turn)).containsExactly(Part.Image.of(blob('a')), Part.Text.of("words"));
    assertThat(parts(silent)).containsExactly(Part.Text.of("more"));
  }

  @Test
  void theLatestAnswerCounts() {
    long question = say(Optional.empty(), Part.Text.of("draw"));
    say(Optional.of(question), Part.Text.of("a member's turn is no answer"));
    assertThat(answerTo(question)).isEmpty();
    answer(question);
    long second = answer(question);
    assertThat(answerTo(question)).contains(second);
  }

  @Test
  void theHeadHoldsUntilThePauseIsLongerThanTheIdleTime() {
    assertThat(head(NOON)).isEmpty();
    long turn = say(Optional.empty(), Part.Text.of("draw"));
    database.update(tx -> store.setHead(tx, chat, turn, NOON));
    assertThat(head(NOON.plus(IDLE))).contains(turn);
    assertThat(head(NOON.plus(IDLE).plusMillis(1))).isEmpty();
    database.update(tx -> store.dropHead(tx, chat));
    assertThat(head(NOON)).isEmpty();
  }

  @Test
  void aMessageBelongsToTheTurnItWasLinkedToLast() {
    long one = say(Optional.empty(), Part.Text.of("one"));
    long two = say(Optional.empty(), Part.Text.of("two"));
    database.update(tx -> store.link(tx, chat, "message", one));
    database.update(tx -> store.link(tx, chat, "message", two));
    assertThat(turnOf(chat, "message")).contains(two);
    assertThat(turnOf(chat, "another")).isEmpty();
    assertThat(turnOf(chat + 1, "message")).isEmpty();
  }

  @Test
  void aTurnThatWasWithdrawnSaysSo() {
    long turn = say(Optional.empty(), Part.Text.of("rude"));
    database.update(tx -> store.withdraw(tx, turn));
    assertThat(database.<Boolean>read(reading -> turn(reading, turn).withdrawn())).isTrue();
  }

  private long say(Optional<Long> parent, Part... parts) {
    return database.write(tx -> {
      long turn = store.addMemberTurn(tx, chat, member, List.of(parts), NOON);
      parent.ifPresent(above -> store.hangUnder(tx, turn, above));
      return turn;
    });
  }

  private long answer(long question) {
    return database.write(tx ->
        store.addModelTurn(
            tx, turn(tx, question), "banana", List.of(Part.Image.of(blob('d'))), NOON));
  }

  private Turn turn(dev.plantain.storage.Reading reading, long id) {
    return store.find(reading, id).orElseThrow();
  }

  private List<Part> parts(long turn) {
    return database.read(reading -> turn(reading, turn).parts());
  }

  private List<Long> branch(long turn) {
    return database.read(reading -> store.branch(reading, turn).stream().map(Turn::id).toList());
  }

  private Optional<Long> answerTo(long turn) {
    return database.read(reading -> store.answerTo(reading, turn));
  }

  private Optional<Long> head(Instant now) {
    return database.read(reading -> store.head(reading, chat, now, IDLE));
  }

  private Optional<Long> turnOf(long chatId, String message) {
    return database.read(reading -> store.turnOf(reading, chatId, message));
  }

  private static Blob blob(char name) {
    BlobId id = new BlobId(String.valueOf(name).repeat(64));
    return new Blob(id, MediaType.ofMime("image/png").orElseThrow(), 1000, 64, 48);
  }
}
