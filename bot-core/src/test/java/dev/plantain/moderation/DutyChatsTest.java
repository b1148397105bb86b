package dev.plantain.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Roster;
import dev.plantain.moderation.DutyChats.Duty;
import dev.plantain.moderation.DutyChats.Handover;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.PlatformId;
import dev.plantain.storage.Database;
import dev.plantain.storage.QuickDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chats in which moderators see to their duties. */
class DutyChatsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path folder;
  private final DutyChats duties = new DutyChats();
  private Database database;
  private Roster.Chat governed;
  private Roster.Chat room;

  @BeforeEach
  void open() {
    database = QuickDatabase.open(folder);
    governed = meet("governed");
    room = meet("room");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Roster.Chat meet(String ref) {
    Place place = new Place(new ChatRef(new PlatformId("test"), ref), false);
    return database.write(tx -> new Roster().meet(tx, place));
  }

  private long community() {
    return governed.communityId().orElseThrow();
  }

  private Handover handover() {
    return new Handover(community(), Duty.APPROVAL, governed.id());
  }

  private String offer() {
    return database.write(tx -> duties.offer(tx, handover(), NOW));
  }

  private boolean takes(String code, Instant at) {
    return database
        .write(tx -> duties.take(tx, code, Duty.APPROVAL, room.id(), at))
        .filter(handover()::equals)
        .isPresent();
  }

  private long chats() {
    return database.read(reading -> duties.find(reading, community(), Duty.APPROVAL)).orElse(0L);
  }

  @Test
  void theLaterOfTwoChatsDoesTheDutyUntilNoneDoes() {
    database.update(tx -> duties.set(tx, community(), Duty.APPROVAL, governed.id()));
    database.update(tx -> duties.set(tx, community(), Duty.APPROVAL, room.id()));
    assertThat(chats()).isEqualTo(room.id());

    boolean cleared = database.write(tx -> duties.clear(tx, community(), Duty.APPROVAL));
    boolean again = database.write(tx -> duties.clear(tx, community(), Duty.APPROVAL));
    assertThat(cleared).isTrue();
    assertThat(again).isFalse();
    assertThat(chats()).isZero();
  }

  @Test
  void aCodeIsGoodOnceInAnyCase() {
    String code = offer();

    assertThat(takes(" " + code.toLowerCase(java.util.Locale.ROOT), NOW)).isTrue();
    assertThat(chats()).isEqualTo(room.id());
    assertThat(takes(code, NOW)).isFalse();
  }

  @Test
  void aCodeIsGoodForAnHour() {
    String code = offer();

    assertThat(takes(code, NOW.plus(DutyChats.CODE_LASTS))).isFalse();
    assertThat(takes(code, NOW.plus(DutyChats.CODE_LASTS).minusMillis(1))).isTrue();
  }

  @Test
  void aNewCodeTakesThePlaceOfTheOneBefore() {
    String first = offer();
    String second = offer();

    assertThat(takes(first, NOW)).isFalse();
    assertThat(takes(second, NOW)).isTrue();
  }

  @Test
  void codesAreLongAndNeverAlike() {
    Set<String> codes = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      codes.add(offer());
    }
    assertThat(codes).hasSize(50).allMatch(code -> code.matches("[2-9A-HJ-NP-Z]{10}"));
    assertThat(takes("", NOW)).isFalse();
  }
}
