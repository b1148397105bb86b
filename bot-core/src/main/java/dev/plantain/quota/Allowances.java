package dev.plantain.quota;

import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules, and who changed them.
 *
 * <p>There is one rule for a scope, measure, filter and window: setting it again replaces it, so
 * that of two moderators the last wins and both are in the record. An exemption and limits of the
 * same scope, measure and filter exclude one another: setting one removes the other. Rules stay
 * until they are removed, whether or not their member, role or community is still there.
 */
public final class Allowances {
  /** Who changes a rule where it is not a member. */
  public static final long OPERATOR = 0;

  /** So that a decision stays quick, whatever moderators do. */
  public static final int MOST_RULES_OF_A_SCOPE = 50;

  /** What came of setting a rule. */
  public sealed interface Outcome {
    /** It holds now, instead of those others, if any. */
    record Changed(List<Rule> before, Rule after) implements Outcome {
      public Changed {
        before = List.copyOf(before);
      }
    }

    /** It held already. */
    record Unchanged(Rule rule) implements Outcome {}

    /** The scope has as many rules as it may have. */
    record TooMany(int most) implements Outcome {}
  }

  /**
   * Makes a rule hold.
   *
   * @param by the member who does it, or {@link #OPERATOR}
   * @throws IllegalArgumentException an exemption of what is neither a member nor a role
   */
  public Outcome set(Tx tx, Scope scope, Allowance allowance, long by, Instant now) {
    List<Rule> all = of(tx, scope);
    Optional<Rule> same =
        all.stream().filter(rule -> rule.allowance().equals(allowance)).findFirst();
    if (same.isPresent()) {
      return new Outcome.Unchanged(same.get());
    }
    List<Rule> before = all.stream().filter(rule -> givesWay(rule.allowance(), allowance)).toList();
    if (all.size() - before.size() >= MOST_RULES_OF_A_SCOPE) {
      return new Outcome.TooMany(MOST_RULES_OF_A_SCOPE);
    }
    before.forEach(rule -> tx.update("delete from allowance where id = ?", rule.id()));
    Rule after = insert(tx, scope, allowance);
    record(tx, before.stream().findFirst().stream().toList(), List.of(after), by, now);
    before.stream().skip(1).forEach(rule -> record(tx, List.of(rule), List.of(), by, now));
    return new Outcome.Changed(before, after);
  }

  /** Removes a rule. Returns false where it did not hold any more. */
  public boolean remove(Tx tx, Rule rule, long by, Instant now) {
    boolean removed = tx.update("delete from allowance where id = ?", rule.id()) == 1;
    if (removed) {
      record(tx, List.of(rule), List.of(), by, now);
    }
    return removed;
  }

  /** Removes all rules of a scope and returns them. */
  public List<Rule> clear(Tx tx, Scope scope, long by, Instant now) {
    List<Rule> rules = of(tx, scope);
    rules.forEach(rule -> remove(tx, rule, by, now));
    return rules;
  }

  /** Removes all rules of a role, such as one that its platform deleted, and returns them. */
  public List<Rule> removeRole(Tx tx, long communityId, String role, long by, Instant now) {
    return clear(tx, new Scope.Role(communityId, role), by, now);
  }

  /** All rules of a scope, oldest first. */
  public List<Rule> of(Reading reading, Scope scope) {
    return reading.list(
        "select * from allowance where scope = ? order by id", Allowances::rule, scope.key());
  }

  /** All rules that a community has made, oldest first. */
  public List<Rule> ofCommunity(Reading reading, long communityId) {
    return reading.list(
        "select * from allowance where community_id = ? order by id",
        Allowances::rule,
        communityId);
  }

  /** All rules that have to do with a member in a chat, whether or not another replaces them. */
  public List<Rule> applying(Reading reading, Spender spender) {
    long community = spender.communityId();
    List<String> scopes =
        Stream.concat(
                Stream.of(
                    new Scope.Deployment(),
                    new Scope.Platform(spender.platform()),
                    new Scope.Community(community),
                    new Scope.Chat(community, spender.chatId()),
                    new Scope.Members(community),
                    new Scope.Member(community, spender.memberId())),
                spender.roles().stream().map(role -> new Scope.Role(community, role)))
            .map(Scope::key)
            .toList();
    String marks = String.join(", ", Collections.nCopies(scopes.size(), "?"));
    return reading.list(
        "select * from allowance where scope in (" + marks + ") order by id",
        Allowances::rule,
        scopes.toArray());
  }

  /** What was changed in a community's rules, newest first, older than the change of that id. */
  public List<RuleChange> changes(Reading reading, long communityId, long before, int most) {
    return reading.list(
        "select * from rule_change where community_id = ? and id < ? order by id desc limit ?",
        row ->
            new RuleChange(
                row.number("id"),
                row.instant("at"),
                row.number("by_member_id"),
                Scope.of(row.text("scope")),
                row.optionalText("old_words"),
                row.optionalText("new_words")),
        communityId,
        before,
        most);
  }

  /** Whether a rule cannot hold beside a newer one of its scope. */
  private static boolean givesWay(Allowance old, Allowance next) {
    return old.measure() == next.measure()
        && old.filter().equals(next.filter())
        && (span(old).equals(span(next)) || span(old).isEmpty() || span(next).isEmpty());
  }

  private static Rule insert(Tx tx, Scope scope, Allowance allowance) {
    // Refuses what no rule can be before it is in the database.
    Rule rule = new Rule(Entries.NEW, scope, allowance);
    long id =
        tx.insert(
            """
            insert into allowance (scope, community_id, measure, model, size, span, most)
            values (?, ?, ?, ?, ?, ?, ?) returning id
            """,
            scope.key(),
            scope.community(),
            rule.measure().word(),
            rule.filter().model().orElse(""),
            rule.filter().size().orElse(""),
            span(allowance),
            rule.limit() instanceof Limit.AtMost(long amount, _)
                ? Optional.of(amount)
                : Optional.empty());
    return new Rule(id, scope, allowance);
  }

  private static void record(Tx tx, List<Rule> before, List<Rule> after, long by, Instant now) {
    List<Rule> either = new ArrayList<>(before);
    either.addAll(after);
    Scope scope = either.getFirst().scope();
    tx.update(
        """
        insert into rule_change (at, by_member_id, scope, community_id, old_rule, new_rule, old_words, new_words)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        now,
        by,
        scope.key(),
        scope.community(),
        before.stream().map(Rule::id).findFirst(),
        after.stream().map(Rule::id).findFirst(),
        before.stream().map(rule -> RuleNotation.write(rule.allowance())).findFirst(),
        after.stream().map(rule -> RuleNotation.write(rule.allowance())).findFirst());
  }

  private static String span(Allowance allowance) {
    return switch (allowance.limit()) {
      case Limit.AtMost(_, Window window) -> RuleNotation.write(window);
      case Limit.Unlimited() -> "";
    };
  }

  private static Rule rule(Row row) {
    String span = row.text("span");
    Limit limit =
        span.isEmpty()
            ? new Limit.Unlimited()
            : new Limit.AtMost(row.number("most"), RuleNotation.window(span));
    return new Rule(
        row.number("id"),
        Scope.of(row.text("scope")),
        new Allowance(
            Measure.of(row.text("measure")),
            new Filter(text(row, "model"), text(row, "size")),
            limit));
  }

  private static Optional<String> text(Row row, String column) {
    return Optional.of(row.text(column)).filter(text -> !text.isEmpty());
  }
}
