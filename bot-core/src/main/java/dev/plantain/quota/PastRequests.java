package dev.plantain.quota;

import dev.plantain.storage.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The requests of a community in the order of their acceptance, at what they cost in the end; an
 * hour of them is held at once.
 */
final class PastRequests {
  private static final Duration SLICE = Duration.ofHours(1);

  private final Reading reading;
  private final long communityId;
  private final Instant to;
  private final Deque<PastRequest> slice = new ArrayDeque<>();
  private Instant next;

  PastRequests(Reading reading, long communityId, Instant from, Instant to) {
    this.reading = reading;
    this.communityId = communityId;
    this.next = from;
    this.to = to;
  }

  /**
   * A request and what it cost.
   *
   * @param allowance the part of the cost that credits did not pay
   */
  record PastRequest(
      Instant acceptedAt,
      long memberId,
      long chatId,
      String model,
      String size,
      Cost cost,
      Cost allowance) {}

  /** The next one, which stays the next. */
  Optional<PastRequest> peek() {
    while (slice.isEmpty() && next.isBefore(to)) {
      load();
    }
    return Optional.ofNullable(slice.peek());
  }

  Optional<PastRequest> take() {
    Optional<PastRequest> taken = peek();
    slice.poll();
    return taken;
  }

  private void load() {
    Instant end = next.plus(SLICE).isAfter(to) ? to : next.plus(SLICE);
    slice.addAll(
        reading.list(
            """
            select accepted_at, request, member_id, chat_id, model, size,
              sum(pictures) as pictures, sum(micro_dollars) as micro_dollars,
              sum(case when purse = 'allowance' then pictures else 0 end) as allowance_pictures,
              sum(case when purse = 'allowance' then micro_dollars else 0 end) as allowance_micro_dollars
            from ledger_entry
            where community_id = ? and accepted_at >= ? and accepted_at < ? and request is not null
            group by accepted_at, request, member_id, chat_id, model, size
            order by accepted_at, request
            """,
            row ->
                new PastRequest(
                    row.instant("accepted_at"),
                    row.number("member_id"),
                    row.number("chat_id"),
                    row.text("model"),
                    row.text("size"),
                    new Cost(row.number("pictures"), row.number("micro_dollars")),
                    new Cost(
                        row.number("allowance_pictures"), row.number("allowance_micro_dollars"))),
            communityId,
            next,
            end));
    next = end;
  }
}
