package dev.plantain.quota;

import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The table of the ledger: it is added to and read. */
final class Entries {
  /** An id that no entry has yet. */
  static final long NEW = 0;

  void append(Tx tx, Entry entry) {
    Optional<Request> request = entry.request();
    tx.update(
        """
        insert into ledger_entry (at, accepted_at, kind, request, member_id, chat_id, community_id,
          platform, turn_id, model, size, purse, pictures, micro_dollars, rules, by_member_id, other_member_id)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        entry.at(),
        entry.acceptedAt(),
        entry.kind().word(),
        request.map(Request::number),
        entry.memberId(),
        request.map(of -> of.spender().chatId()),
        entry.communityId(),
        request.map(of -> of.spender().platform()),
        request.map(Request::turnId),
        request.map(Request::model),
        request.map(Request::size),
        entry.purse().word(),
        entry.cost().pictures(),
        entry.cost().microDollars(),
        entry.rules().stream().map(String::valueOf).collect(Collectors.joining(",")),
        entry.by(),
        entry.other());
  }

  /** Of a request, in the order in which they were written. */
  List<Entry> of(Reading reading, long request) {
    return reading.list(
        "select * from ledger_entry where request = ? order by id", Entries::entry, request);
  }

  /** Of a community in the order of acceptance, after another one and until an instant. */
  List<Entry> after(Reading reading, long communityId, Cursor after, Instant until, int most) {
    return reading.list(
        """
        select * from ledger_entry where community_id = ? and (accepted_at, id) > (?, ?)
          and accepted_at <= ? order by accepted_at, id limit ?
        """,
        Entries::entry,
        communityId,
        after.acceptedAt,
        after.id,
        until,
        most);
  }

  /** Of a community, the last accepted first, before another one. */
  List<Entry> before(Reading reading, long communityId, Cursor before, int most) {
    return reading.list(
        """
        select * from ledger_entry where community_id = ? and (accepted_at, id) < (?, ?)
        order by accepted_at desc, id desc limit ?
        """,
        Entries::entry,
        communityId,
        before.acceptedAt,
        before.id,
        most);
  }

  /** A place between two entries of the ledger, in the order of acceptance. */
  record Cursor(Instant acceptedAt, long id) {}

  private static Entry entry(Row row) {
    Cost cost = new Cost(row.number("pictures"), row.number("micro_dollars"));
    return new Entry(
        row.number("id"),
        row.instant("at"),
        row.instant("accepted_at"),
        Entry.Kind.of(row.text("kind")),
        row.optionalNumber("request").map(number -> request(row, number)),
        row.number("community_id"),
        row.number("member_id"),
        Purse.of(row.text("purse")),
        cost,
        rules(row.text("rules")),
        row.optionalNumber("by_member_id"),
        row.optionalNumber("other_member_id"));
  }

  private static Request request(Row row, long number) {
    Spender spender =
        new Spender(
            row.number("member_id"),
            row.number("chat_id"),
            row.number("community_id"),
            row.text("platform"),
            Set.of());
    return new Request(
        number, spender, row.number("turn_id"), row.text("model"), row.text("size"), 0, 0);
  }

  private static List<Long> rules(String words) {
    return words.isEmpty()
        ? List.of()
        : Arrays.stream(words.split(",", -1)).map(Long::valueOf).toList();
  }
}
