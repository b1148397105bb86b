package dev.plantain.quota;

import dev.plantain.quota.PastRequests.PastRequest;
import dev.plantain.storage.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * What the last 30 days of a community would have been under a rule that does not hold yet.
 *
 * <p>All that was spent is gone through in its order, at what it cost in the end. A request is
 * counted as refused where the new rule would not have let it pass, given what it had let pass
 * before. A personal rule is tried together with the other personal rules of its measure and
 * filter, without those that it would replace: who is let pass by a rule of their own or by a
 * better role is not refused. What credits paid for is left out there. Requests that were refused
 * at the time are not in the ledger, so that a more generous rule refuses nobody here.
 */
public final class Trial {
  /** How far a trial looks back. */
  public static final Duration LENGTH = Duration.ofDays(30);

  private final List<Tally> tallies;
  private final BitSet passed;
  private final LongFunction<Set<String>> rolesOf;
  private final Map<Long, List<List<Tally>>> ways = new HashMap<>();

  private Trial(List<Tally> tallies, BitSet passed, LongFunction<Set<String>> rolesOf) {
    this.tallies = tallies;
    this.passed = passed;
    this.rolesOf = rolesOf;
  }

  /**
   * What came of a trial.
   *
   * @param requests how many there were, of those that cost something which the rule counts
   * @param members how many made them
   * @param refusedRequests how many of them would have been refused
   * @param refusedMembers how many members would have met that at least once
   */
  public record Result(long requests, long members, long refusedRequests, long refusedMembers) {}

  /**
   * Tries a rule. Reads the community's ledger of 30 days, and again for each rule of slots.
   *
   * @param scope of a community
   * @param rolesOf the roles that a member has now, as it is not known which they had then
   * @throws IllegalArgumentException the scope is the operator's
   */
  public static Result run(
      Reading reading,
      Scope scope,
      Allowance allowance,
      LongFunction<Set<String>> rolesOf,
      Instant now) {
    long community =
        scope
            .community()
            .orElseThrow(() -> new IllegalArgumentException("the operator's rules are not tried"));
    Rule candidate = new Rule(Entries.NEW, scope, allowance);
    CommunityTerms terms = new CommunityTermsStore().of(reading, community);
    BitSet passed = new BitSet();
    Instant from = now.minus(LENGTH);
    List<Tally> tallies =
        rules(reading, community, candidate).stream()
            .map(rule ->
                new Tally(rule, terms, new PastRequests(reading, community, from, now), passed))
            .toList();
    return new Trial(tallies, passed, rolesOf)
        .replay(new PastRequests(reading, community, from, now), candidate);
  }

  /** The new rule and those beside which it would hold. */
  private static List<Rule> rules(Reading reading, long community, Rule candidate) {
    if (!candidate.scope().personal()) {
      return List.of(candidate);
    }
    return Stream.concat(
            new Allowances()
                .ofCommunity(reading, community).stream()
                    .filter(rule -> rule.scope().personal())
                    .filter(rule -> rule.measure() == candidate.measure())
                    .filter(rule -> rule.filter().equals(candidate.filter()))
                    .filter(rule -> !Allowances.replaces(candidate, rule)),
            Stream.of(candidate))
        .toList();
  }

  private Result replay(PastRequests requests, Rule candidate) {
    Set<Long> members = new HashSet<>();
    Set<Long> refusedMembers = new HashSet<>();
    long counted = 0;
    long refused = 0;
    for (int place = 0; requests.peek().isPresent(); place++) {
      PastRequest request = requests.take().orElseThrow();
      boolean passes = passes(request);
      if (passes) {
        passed.set(place);
        tallies.forEach(tally -> tally.add(request));
      }
      if (Tally.amount(candidate, request) > 0) {
        counted++;
        members.add(request.memberId());
        if (!passes) {
          refused++;
          refusedMembers.add(request.memberId());
        }
      }
    }
    return new Result(counted, members.size(), refused, refusedMembers.size());
  }

  private boolean passes(PastRequest request) {
    tallies.forEach(tally -> tally.advance(request.acceptedAt()));
    List<List<Tally>> ways = ways(request.memberId());
    return ways.isEmpty()
        || ways.stream().anyMatch(way -> way.stream().allMatch(tally -> tally.hasRoom(request)));
  }

  /** Of each way that a member has to pass, all must have room. */
  private List<List<Tally>> ways(long memberId) {
    if (!tallies.getFirst().rule().scope().personal()) {
      return List.of(tallies);
    }
    return ways.computeIfAbsent(
        memberId,
        member -> {
          Set<String> roles = rolesOf.apply(member);
          List<Rule> rules =
              tallies.stream().map(Tally::rule).filter(rule -> has(rule, member, roles)).toList();
          return rules.isEmpty()
              ? List.of()
              : Rung.counting(rules).ways().stream().map(this::tallies).toList();
        });
  }

  private List<Tally> tallies(List<Rule> way) {
    return tallies.stream().filter(tally -> way.contains(tally.rule())).toList();
  }

  private static boolean has(Rule rule, long member, Set<String> roles) {
    return switch (rule.scope()) {
      case Scope.Members(_) -> true;
      case Scope.Role(_, String role) -> roles.contains(role);
      case Scope.Member(_, long id) -> id == member;
      case Scope.Deployment(), Scope.Platform(_), Scope.Community(_), Scope.Chat(_, _) -> false;
    };
  }
}
