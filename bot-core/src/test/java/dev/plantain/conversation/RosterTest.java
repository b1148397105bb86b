package dev.plantain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plantain.platform.ChatRef;
import dev.plantain.platform.CommunityRef;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.PlatformId;
import dev.plantain.platform.Sender;
import dev.plantain.storage.Database;
import dev.plantain.storage.QuickDatabase;
import dev.plantain.storage.Tx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RosterTest {
  private static final PlatformId PLATFORM = new PlatformId("test");
  private static final ChatRef GROUP = new ChatRef(PLATFORM, "group");
  private static final ChatRef SUPERGROUP = new ChatRef(PLATFORM, "supergroup");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration IDLE = Duration.ofMinutes(60);

  @TempDir Path folder;
  private final Roster roster = new Roster();
  private final Moves moves = new Moves(roster);
  private final ConversationStore store = new ConversationStore();
  private Database database;

  @BeforeEach
  void open() {
    database = QuickDatabase.open(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aChatKeepsItsNumberAndItsFirstLanguage() {
    Place place = new Place(GROUP, false);
    Roster.Chat first = database.write(tx -> roster.meet(tx, place));
    Roster.Chat second = database.write(tx -> roster.meet(tx, place, "da"));
    Roster.Chat third = database.write(tx -> roster.meet(tx, place, "zh"));
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(third)
        .isEqualTo(new Roster.Chat(first.id(), GROUP, Optional.of("da"), first.communityId()));
    assertThat(database.<Roster.Chat>read(reading -> roster.chat(reading, first.id())))
        .isEqualTo(third);
  }

  @Test
  void theSameReferenceOnAnotherPlatformIsAnotherChat() {
    ChatRef elsewhere = new ChatRef(new PlatformId("other"), "group");
    assertThat(meet(elsewhere)).isNotEqualTo(meet(GROUP));
  }

  @Test
  void aMemberKeepsTheirNumberAndHasTheirLatestName() {
    MemberRef ref = new MemberRef(PLATFORM, "7");
    Roster.Member first =
        database.write(tx -> roster.meet(tx, new Sender(ref, "Ann", Optional.of("da"))));
    Roster.Member later =
        database.write(tx -> roster.meet(tx, new Sender(ref, "Anne", Optional.empty())));
    assertThat(later)
        .isEqualTo(new Roster.Member(first.id(), ref, "Anne", Optional.of("da"), Optional.empty()));
  }

  @Test
  void aMemberIsFoundByTheirLatestHandleInAnyCase() {
    database.update(tx -> {
      roster.meet(tx, called("7", "Nightowl"));
      roster.meet(tx, called("7", "DayOwl"));
    });

    assertThat(byHandle("dayOWL")).map(Roster.Member::ref).contains(new MemberRef(PLATFORM, "7"));
    assertThat(byHandle("nightowl")).isEmpty();
  }

  @Test
  void aHandleThatWentToSomebodyElseMeansThem() {
    database.update(tx -> {
      roster.meet(tx, called("7", "owl"));
      roster.meet(tx, called("8", "owl"));
    });

    assertThat(byHandle("owl")).map(Roster.Member::ref).contains(new MemberRef(PLATFORM, "8"));
  }

  private static Sender called(String ref, String handle) {
    return new Sender(
        new MemberRef(PLATFORM, ref), "Ann", Optional.empty(), Optional.of(handle), Set.of());
  }

  private Optional<Roster.Member> byHandle(String handle) {
    return database.read(reading -> roster.find(reading, PLATFORM, handle));
  }

  @Test
  void aChatBelongsToTheCommunityInWhichItWasLastSeen() {
    CommunityRef server = new CommunityRef(PLATFORM, "server");
    ChatRef other = new ChatRef(PLATFORM, "other");
    long alone = community(GROUP);
    long first = community(new Place(GROUP, server, false));
    long second = community(new Place(other, server, false));

    assertThat(first).isEqualTo(second).isNotEqualTo(alone);
  }

  @Test
  void aCommunityThatMovedKeepsItsNumberAndItsSettings() {
    long community = community(GROUP);
    long early = community(SUPERGROUP);
    database.update(tx -> {
      communitySetting(tx, community, "model", "old");
      communitySetting(tx, early, "model", "new");
      moveCommunity(tx);
    });

    assertThat(community(SUPERGROUP)).isEqualTo(community);
    assertThat(texts("select value as it from setting where scope_id = " + community))
        .containsExactly("new");
  }

  @Test
  void ofTwoCommunitiesThatAreOneTheLaterRulesHold() {
    long old = community(GROUP);
    long early = community(SUPERGROUP);
    database.update(tx -> {
      long ann = ann(tx);
      for (long community : new long[] {old, early}) {
        String whose = community == old ? "old" : "new";
        long amount = community == old ? 1 : 2;
        tx.update("insert into ban values (?, ?, null, ?, null)", community, ann, whose);
        tx.update("insert into approval_rule values (?, 'price', ?)", community, whose);
        tx.update("insert into approval_rule values (?, 'size', ?)", community, whose);
        tx.update("insert into spam_rule values (?, 'floods', ?, 1, 1)", community, amount);
        tx.update("insert into report_rule values (?, ?)", community, amount);
        tx.update("insert into log_state values (?, ?, null, 0, null)", community, amount);
        access(tx, community, "size", "4K", whose);
      }
      tx.update("insert into approval_rule values (?, 'newcomers', 'old')", old);
      tx.update("insert into spam_rule values (?, 'repeats', 3, 1, 1)", old);
      tx.update("insert into spam_rule values (?, 'refusals', 4, 1, 1)", early);
      access(tx, old, "model", "nano", "only old");
      access(tx, early, "command", "imagine", "only new");
      moveCommunity(tx);
    });

    assertThat(of(old, "ban", "reason")).containsExactly("new");
    assertThat(of(old, "approval_rule", "kind || ' ' || value"))
        .containsExactlyInAnyOrder("price new", "size new", "newcomers old");
    assertThat(of(old, "spam_rule", "kind || ' ' || most"))
        .containsExactlyInAnyOrder("floods 2", "repeats 3", "refusals 4");
    assertThat(of(old, "report_rule", "members")).containsExactly("2");
    assertThat(of(old, "log_state", "seen")).containsExactly("2");
    assertThat(of(old, "access_rule", "name"))
        .containsExactlyInAnyOrder("new", "only old", "only new");
    assertNothingIsLeftOf(early);
  }

  @Test
  void ofTwoCommunitiesThatAreOneWhatIsListedInEitherIsListedOnce() {
    long old = community(GROUP);
    long early = community(SUPERGROUP);
    database.update(tx -> {
      long ann = ann(tx);
      long bob = member(tx, "bob");
      for (String table : List.of("word_rule", "held_word")) {
        String add = "insert into " + table + " (community_id, word) values (?, ?)";
        tx.update(add, old, "both");
        tx.update(add, early, "both");
        tx.update(add, old, "old");
        tx.update(add, early, "new");
      }
      tx.update("insert into trusted_member values (?, ?)", old, ann);
      tx.update("insert into trusted_member values (?, ?)", early, ann);
      tx.update("insert into trusted_member values (?, ?)", early, bob);
      tx.update("insert into first_seen values (?, ?, 10)", old, ann);
      tx.update("insert into first_seen values (?, ?, 20)", early, ann);
      tx.update("insert into first_seen values (?, ?, 30)", early, bob);
      moveCommunity(tx);
    });

    for (String table : List.of("word_rule", "held_word")) {
      assertThat(of(old, table, "word")).containsExactlyInAnyOrder("both", "old", "new");
    }
    assertThat(of(old, "trusted_member", "member_id")).hasSize(2);
    assertThat(of(old, "first_seen", "at")).containsExactlyInAnyOrder("10", "30");
    assertNothingIsLeftOf(early);
  }

  @Test
  void whatWaitsAndWhatHappenedInEitherCommunityIsTheirs() {
    long old = community(GROUP);
    long early = community(SUPERGROUP);
    long oldChat = meet(GROUP);
    long earlyChat = meet(SUPERGROUP);
    long oldTurn = say(oldChat, NOON);
    long earlyTurn = say(earlyChat, NOON);
    database.update(tx -> {
      long ann = ann(tx);
      card(tx, 1, oldChat, oldTurn, "1");
      card(tx, 2, earlyChat, earlyTurn, "2");
      for (long community : new long[] {old, early}) {
        long chat = community == old ? oldChat : earlyChat;
        long card = community == old ? 1 : 2;
        tx.update(
            "insert into held_request (card_id, community_id, reasons, until) values (?, ?, '', 0)",
            card,
            community);
        tx.update("insert into reported (card_id, community_id) values (?, ?)", card, community);
        tx.update("insert into duty_chat values (?, 'approve', ?)", community, chat);
        tx.update(
            "insert into duty_code values (?, ?, 'report', ?, 0)", "code" + card, community, chat);
        tx.update(
            """
            insert into asking (community_id, member_id, at, likeness, refused)
            values (?, ?, 0, '', 0)
            """,
            community,
            ann);
        tx.update(
            """
            insert into audit_deed (at, community_id, chat_id, member_id, command, words)
            values (0, ?, ?, ?, 'ban', ?)
            """,
            community,
            chat,
            ann,
            "deed " + card);
      }
      moves.move(tx, GROUP, SUPERGROUP);
      moveCommunity(tx);
    });

    assertThat(of(old, "held_request", "card_id")).containsExactly("1", "2");
    assertThat(of(old, "reported", "card_id")).containsExactly("1", "2");
    assertThat(of(old, "duty_chat", "chat_id")).containsExactly(String.valueOf(oldChat));
    assertThat(of(old, "duty_code", "code")).containsExactlyInAnyOrder("code1", "code2");
    assertThat(of(old, "asking", "id")).hasSize(2);
    assertThat(of(old, "audit_deed", "words || chat_id"))
        .containsExactly("deed 1" + oldChat, "deed 2" + oldChat);
    assertNothingIsLeftOf(early);
  }

  private List<String> of(long community, String table, String what) {
    return texts(
        "select %s as it from %s where community_id = %d".formatted(what, table, community));
  }

  /** In no table, whichever comes to know communities. */
  private void assertNothingIsLeftOf(long community) {
    List<String> tables =
        texts(
            """
            select tables.name as it from sqlite_master tables, pragma_table_info(tables.name) columns
            where tables.type = 'table' and columns.name = 'community_id'
            """);
    assertThat(tables).hasSizeGreaterThan(10);
    assertThat(tables).allSatisfy(table -> assertThat(of(community, table, "1")).isEmpty());
  }

  private void moveCommunity(Tx tx) {
    moves.move(
        tx,
        new CommunityRef(PLATFORM, GROUP.value()),
        new CommunityRef(PLATFORM, SUPERGROUP.value()));
  }

  private static void access(Tx tx, long community, String kind, String value, String name) {
    tx.update(
        """
        insert into access_rule (community_id, chat_id, effect, kind, value, name)
        values (?, 0, 'denied', ?, ?, ?)
        """,
        community,
        kind,
        value,
        name);
  }

  private long community(ChatRef chat) {
    return community(new Place(chat, false));
  }

  private long community(Place place) {
    return database.write(tx -> roster.meet(tx, place).communityId().orElseThrow());
  }

  private static void communitySetting(Tx tx, long community, String name, String value) {
    tx.update("insert into setting values ('community', ?, ?, ?)", community, name, value);
  }

  @Test
  void whoWasNeverMetIsAMistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> database.read(reading -> roster.chat(reading, 5)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> database.read(reading -> roster.member(reading, 5)));
  }

  @Test
  void aChatThatMovedIsTheSameChatUnderBothReferences() {
    long chat = meet(GROUP);
    move();
    assertThat(meet(SUPERGROUP)).isEqualTo(chat);
    assertThat(meet(GROUP)).isEqualTo(chat);
    assertThat(database.<Optional<Roster.Chat>>read(reading -> roster.chat(reading, GROUP)))
        .map(Roster.Chat::ref)
        .contains(SUPERGROUP);
  }

  @Test
  void aMoveThatIsToldTwiceChangesNothingTheSecondTime() {
    long chat = meet(GROUP);
    move();
    long turn = say(chat, NOON);
    database.update(tx -> {
      store.link(tx, chat, "new message", turn);
      setting(tx, chat, "model", "banana");
    });
    meet(GROUP);
    move();
    assertThat(meet(SUPERGROUP)).isEqualTo(chat);
    assertThat(turnOf(chat, "new message")).contains(turn);
    assertThat(head(chat)).contains(turn);
    assertThat(setting(chat, "model")).containsExactly("banana");
  }

  @Test
  void aChatCanMoveAgainAndBack() {
    ChatRef third = new ChatRef(PLATFORM, "third");
    long chat = meet(GROUP);
    move(GROUP, SUPERGROUP);
    move(SUPERGROUP, third);
    assertThat(List.of(meet(GROUP), meet(SUPERGROUP), meet(third))).containsOnly(chat);
    move(third, GROUP);
    assertThat(List.of(meet(GROUP), meet(SUPERGROUP), meet(third))).containsOnly(chat);
    Roster.Chat found = database.read(reading -> roster.chat(reading, chat));
    assertThat(found.ref()).isEqualTo(GROUP);
  }

  @Test
  void aMoveOfAChatThatWasNeverMetDoesNothing() {
    long other = meet(SUPERGROUP);
    move();
    assertThat(meet(SUPERGROUP)).isEqualTo(other);
  }

  @Test
  void theHistoryStaysAndTheNamesOfOldMessagesAreForgotten() {
    long chat = meet(GROUP);
    long turn = say(chat, NOON);
    database.update(tx -> {
      store.link(tx, chat, "17", turn);
      posting(tx, chat, "job 1", "18");
      card(tx, 1, chat, turn, "17");
    });
    move();
    assertThat(turnOf(chat, "17")).isEmpty();
    assertThat(texts("select key as it from posting")).isEmpty();
    assertThat(texts("select request_message as it from card where request_message is not null"))
        .isEmpty();
    assertThat(head(chat)).contains(turn);
  }

  @Test
  void whatWasSaidUnderTheNewReferenceFirstIsJoinedWithTheOldChat() {
    long chat = meet(GROUP);
    long early = meet(SUPERGROUP);
    long old = say(chat, NOON);
    long recent = say(early, NOON.plusSeconds(5));
    database.update(tx -> {
      store.link(tx, early, "1", recent);
      posting(tx, early, "job 2", "2");
      card(tx, 2, early, recent, "1");
      setting(tx, chat, "model", "old");
      setting(tx, chat, "aspect", "1:1");
      setting(tx, early, "model", "new");
      setting(tx, early, "size", "2K");
    });
    move();
    assertThat(meet(SUPERGROUP)).isEqualTo(chat);
    assertThat(turnOf(chat, "1")).contains(recent);
    assertThat(head(chat)).contains(recent);
    assertThat(texts("select chat_id as it from posting")).containsExactly(String.valueOf(chat));
    assertThat(texts("select chat_id || ' ' || request_message as it from card"))
        .containsExactly(chat + " 1");
    assertThat(setting(chat, "model")).containsExactly("new");
    assertThat(setting(chat, "aspect")).containsExactly("1:1");
    assertThat(setting(chat, "size")).containsExactly("2K");
    assertThat(texts("select scope_id as it from setting where scope_id = " + early)).isEmpty();
    Turn oldTurn = database.read(reading -> store.find(reading, old).orElseThrow());
    assertThat(oldTurn.chatId()).isEqualTo(chat);
  }

  @Test
  void theHeadOfTheOldChatStaysWhenItIsTheLater() {
    long chat = meet(GROUP);
    long early = meet(SUPERGROUP);
    long recent = say(chat, NOON.plusSeconds(5));
    say(early, NOON);
    move();
    assertThat(head(chat)).contains(recent);
  }

  private long meet(ChatRef ref) {
    return database.write(tx -> roster.meet(tx, new Place(ref, false)).id());
  }

  private void move() {
    move(GROUP, SUPERGROUP);
  }

  private void move(ChatRef from, ChatRef to) {
    database.update(tx -> moves.move(tx, from, to));
  }

  private long say(long chat, Instant now) {
    return database.write(tx -> {
      List<Part> parts = List.of(Part.Text.of("words"));
      long turn = store.addMemberTurn(tx, chat, ann(tx), parts, now);
      store.setHead(tx, chat, turn, now);
      return turn;
    });
  }

  private long ann(Tx tx) {
    return member(tx, "ann");
  }

  private long member(Tx tx, String name) {
    return roster.meet(tx, new Sender(new MemberRef(PLATFORM, name), name, Optional.empty())).id();
  }

  private void card(Tx tx, int number, long chat, long turn, String requestMessage) {
    tx.update(
        """
        insert into job (id, key, kind, lane, tenant, payload, state, virtual_time, not_before, accepted_at)
        values (?, ?, 'kind', 'lane', 'tenant', '', 'waiting', 0, 0, 0)
        """,
        number,
        "job " + number);
    tx.update(
        """
        insert into card (job_id, chat_id, member_id, turn_id, lane, follows, request_message, state, model, language, accepted_at)
        values (?, ?, ?, ?, 'lane', 0, ?, 'accepted', 'banana', 'en', 0)
        """,
        number,
        chat,
        ann(tx),
        turn,
        requestMessage);
  }

  private static void posting(Tx tx, long chat, String key, String message) {
    tx.update(
        "insert into posting (key, chat_id, message, created_at) values (?, ?, ?, 0)",
        key,
        chat,
        message);
  }

  private static void setting(Tx tx, long chat, String name, String value) {
    tx.update(
        "insert into setting (scope, scope_id, name, value) values ('chat', ?, ?, ?)",
        chat,
        name,
        value);
  }

  private List<String> setting(long chat, String name) {
    return texts(
        "select value as it from setting where scope_id = " + chat + " and name = '" + name + "'");
  }

  private List<String> texts(String sql) {
    return database.read(reading -> reading.list(sql, row -> row.text("it")));
  }

  private Optional<Long> turnOf(long chat, String message) {
    return database.read(reading -> store.turnOf(reading, chat, message));
  }

  private Optional<Long> head(long chat) {
    return database.read(reading -> store.head(reading, chat, NOON.plusSeconds(60), IDLE));
  }
}
