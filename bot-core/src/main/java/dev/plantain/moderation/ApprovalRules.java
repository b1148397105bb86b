package dev.plantain.moderation;

import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which requests of a community wait for a moderator, and whose never do. */
public final class ApprovalRules {
  public static final Duration USUAL_TIME = Duration.ofHours(24);
  public static final Duration SHORTEST_TIME = Duration.ofMinutes(5);
  public static final Duration LONGEST_TIME = Duration.ofDays(7);

  /** Members of one community who may be trusted. */
  public static final int MOST_TRUSTED = 1_000;

  private final WordRules words;

  /**
   * @param words that make a request wait
   */
  ApprovalRules(WordRules words) {
    this.words = words;
  }

  /** Why a request waits. */
  public enum Reason {
    OVER_QUOTA,
    SIZE,
    NEWCOMER,
    WORD,
    PRICE;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private enum Kind {
    OVER_QUOTA,
    SIZE,
    NEWCOMERS,
    PRICE,
    TIME;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * What moderators decided, words apart.
   *
   * @param overQuota requests wait that a limit of the community would refuse
   * @param sizes the labels of those that wait
   * @param newcomers requests wait of whoever was first met less than that ago
   * @param aboveMicroDollars requests wait whose whole price is above that
   * @param time how long one waits
   */
  public record Terms(
      boolean overQuota,
      Set<String> sizes,
      Optional<Duration> newcomers,
      Optional<Long> aboveMicroDollars,
      Duration time) {
    public Terms {
      sizes = Set.copyOf(sizes);
    }

    /** Whether nothing waits, words apart. */
    public boolean isEmpty() {
      return !overQuota && sizes.isEmpty() && newcomers.isEmpty() && aboveMicroDollars.isEmpty();
    }
  }

  /**
   * A request for pictures.
   *
   * @param words of the member
   * @param microDollars the price thought likely, of all its pictures together
   */
  public record Wish(String words, Optional<String> size, long microDollars) {}

  private record Line(Kind kind, String value) {}

  public Terms terms(Reading reading, long communityId) {
    List<Line> lines =
        reading.list(
            "select kind, value from approval_rule where community_id = ?",
            ApprovalRules::line,
            communityId);
    return new Terms(
        lines.stream().anyMatch(line -> line.kind() == Kind.OVER_QUOTA),
        lines.stream()
            .filter(line -> line.kind() == Kind.SIZE)
            .map(Line::value)
            .collect(Collectors.toSet()),
        number(lines, Kind.NEWCOMERS).map(Duration::ofMillis),
        number(lines, Kind.PRICE),
        number(lines, Kind.TIME).map(Duration::ofMillis).orElse(USUAL_TIME));
  }

  private static Optional<Long> number(List<Line> lines, Kind kind) {
    return lines.stream()
        .filter(line -> line.kind() == kind)
        .map(line -> Long.valueOf(line.value()))
        .findFirst();
  }

  private static Line line(Row row) {
    String kind = row.text("kind").replace('-', '_').toUpperCase(Locale.ROOT);
    return new Line(Kind.valueOf(kind), row.text("value"));
  }

  /** Why a request of a member waits, limits apart; nothing of somebody who is trusted does. */
  public Set<Reason> reasons(
      Reading reading, long communityId, long memberId, Wish wish, Instant now) {
    Terms terms = terms(reading, communityId);
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    if (isTrusted(reading, communityId, memberId)) {
      return reasons;
    }
    if (wish.size().filter(size -> contains(terms.sizes(), size)).isPresent()) {
      reasons.add(Reason.SIZE);
    }
    if (terms
        .newcomers()
        .filter(time -> isNew(reading, communityId, memberId, now.minus(time)))
        .isPresent()) {
      reasons.add(Reason.NEWCOMER);
    }
    if (words.find(reading, communityId, wish.words()).isPresent()) {
      reasons.add(Reason.WORD);
    }
    if (terms.aboveMicroDollars().filter(price -> wish.microDollars() > price).isPresent()) {
      reasons.add(Reason.PRICE);
    }
    return reasons;
  }

  private static boolean contains(Set<String> sizes, String size) {
    return sizes.stream().anyMatch(size::equalsIgnoreCase);
  }

  /** Who was never met is as new as can be. */
  private static boolean isNew(Reading reading, long communityId, long memberId, Instant since) {
    return !reading.exists(
        "select 1 from first_seen where community_id = ? and member_id = ? and at <= ?",
        communityId,
        memberId,
        since);
  }

  public void setOverQuota(Tx tx, long communityId, boolean waits) {
    set(tx, communityId, Kind.OVER_QUOTA, waits ? Optional.of("") : Optional.empty());
  }

  /**
   * Whether anything changed.
   *
   * @param size its label
   */
  public boolean addSize(Tx tx, long communityId, String size) {
    return add(tx, communityId, Kind.SIZE, size);
  }

  /** Whether it was there. */
  public boolean removeSize(Tx tx, long communityId, String size) {
    return tx.update(
            """
            delete from approval_rule
            where community_id = ? and kind = 'size' and lower(value) = lower(?)
            """,
            communityId,
            size)
        > 0;
  }

  public void removeSizes(Tx tx, long communityId) {
    set(tx, communityId, Kind.SIZE, Optional.empty());
  }

  /** Empty where newcomers do not wait. */
  public void setNewcomers(Tx tx, long communityId, Optional<Duration> time) {
    set(tx, communityId, Kind.NEWCOMERS, time.map(Duration::toMillis).map(String::valueOf));
  }

  /** Empty where no price makes a request wait. */
  public void setPrice(Tx tx, long communityId, Optional<Long> aboveMicroDollars) {
    set(tx, communityId, Kind.PRICE, aboveMicroDollars.map(String::valueOf));
  }

  /** How long a request waits from now on; empty for {@link #USUAL_TIME}. */
  public void setTime(Tx tx, long communityId, Optional<Duration> time) {
    set(tx, communityId, Kind.TIME, time.map(Duration::toMillis).map(String::valueOf));
  }

  private static void set(Tx tx, long communityId, Kind kind, Optional<String> value) {
    tx.update(
        "delete from approval_rule where community_id = ? and kind = ?", communityId, kind.word());
    value.ifPresent(of -> add(tx, communityId, kind, of));
  }

  private static boolean add(Tx tx, long communityId, Kind kind, String value) {
    return tx.update(
            """
            insert into approval_rule (community_id, kind, value) values (?, ?, ?)
            on conflict (community_id, kind, value) do nothing
            """,
            communityId,
            kind.word(),
            value)
        > 0;
  }

  public boolean isTrusted(Reading reading, long communityId, long memberId) {
    return reading.exists(
        "select 1 from trusted_member where community_id = ? and member_id = ?",
        communityId,
        memberId);
  }

  /** Whether anything changed; nothing does where {@link #MOST_TRUSTED} are trusted already. */
  public boolean trust(Tx tx, long communityId, long memberId) {
    return tx.update(
            """
            insert into trusted_member (community_id, member_id)
            select ?, ? where (select count(*) from trusted_member where community_id = ?) < ?
            on conflict (community_id, member_id) do nothing
            """,
            communityId,
            memberId,
            communityId,
            MOST_TRUSTED)
        > 0;
  }

  /** Whether they were trusted. */
  public boolean distrust(Tx tx, long communityId, long memberId) {
    return tx.update(
            "delete from trusted_member where community_id = ? and member_id = ?",
            communityId,
            memberId)
        > 0;
  }

  /** The numbers of all who are trusted. */
  public List<Long> trusted(Reading reading, long communityId) {
    return reading.list(
        "select member_id from trusted_member where community_id = ? order by member_id",
        row -> row.number("member_id"),
        communityId);
  }
}
