package dev.plantain.quota;

import static dev.plantain.quota.Till.COMMUNITY;
import static dev.plantain.quota.Till.MODERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.quota.Allowances.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowancesTest {
  private static final Scope MEMBERS = new Scope.Members(COMMUNITY);
  private static final Scope ARTISTS = new Scope.Role(COMMUNITY, "guild:artists");

  @TempDir Path folder;
  private Till till;

  @BeforeEach
  void open() {
    till = new Till(folder);
  }

  @AfterEach
  void close() {
    till.close();
  }

  @Test
  void ofTwoModeratorsTheLastWinsAndBothAreInTheRecord() {
    set(MEMBERS, "20/day", 1);
    set(MEMBERS, "5/day", 2);
    assertThat(words(MEMBERS)).containsExactly("5/day");
    assertThat(changes())
        .extracting(RuleChange::by, RuleChange::before, RuleChange::after)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(2L, Optional.of("20/day"), Optional.of("5/day")),
            org.assertj.core.groups.Tuple.tuple(1L, Optional.empty(), Optional.of("20/day")));
  }

  @Test
  void theSameRuleAgainIsNoChange() {
    set(MEMBERS, "20/day", 1);
    assertThat(set(MEMBERS, "20 per day", 2)).isInstanceOf(Outcome.Unchanged.class);
    assertThat(changes()).hasSize(1);
  }

  @Test
  void rulesOfOtherWindowsMeasuresAndFiltersStay() {
    for (String words :
        List.of("20/day", "20/24h", "2/hour", "2 USD/day", "3/day size 4K", "3/day model m")) {
      set(MEMBERS, words, 1);
    }
    assertThat(words(MEMBERS)).hasSize(6);
  }

  @Test
  void anExemptionAndLimitsExcludeOneAnother() {
    set(ARTISTS, "20/day", 1);
    set(ARTISTS, "50/month", 1);
    assertThat(set(ARTISTS, "unlimited pictures", 1))
        .isInstanceOfSatisfying(
            Outcome.Changed.class, changed -> assertThat(changed.before()).hasSize(2));
    assertThat(words(ARTISTS)).containsExactly("unlimited pictures");
    set(ARTISTS, "3/day", 1);
    assertThat(words(ARTISTS)).containsExactly("3/day");
    assertThat(changes()).hasSize(5);
  }

  @Test
  void theRulesOfADeletedRoleCanBeRemovedAllAtOnce() {
    set(ARTISTS, "20/day", 1);
    set(ARTISTS, "2 USD/day", 1);
    set(MEMBERS, "1/day", 1);
    List<Rule> removed =
        till.write(
            tx -> till.allowances.removeRole(tx, COMMUNITY, "guild:artists", MODERATOR, till.now));
    assertThat(removed).hasSize(2);
    List<Rule> left = till.read(reading -> till.allowances.ofCommunity(reading, COMMUNITY));
    assertThat(left).extracting(Rule::scope).containsExactly(MEMBERS);
    assertThat(changes().getFirst().after()).isEmpty();
  }

  @Test
  void aRuleIsRemovedOnce() {
    set(MEMBERS, "20/day", 1);
    Rule rule = till.read(reading -> till.allowances.of(reading, MEMBERS)).getFirst();
    boolean first = till.write(tx -> till.allowances.remove(tx, rule, 1, till.now));
    boolean second = till.write(tx -> till.allowances.remove(tx, rule, 1, till.now));
    assertThat(List.of(first, second)).containsExactly(true, false);
    assertThat(changes()).hasSize(2);
  }

  @Test
  void aScopeHasOnlySoManyRules() {
    for (int i = 1; i <= Allowances.MOST_RULES_OF_A_SCOPE; i++) {
      set(MEMBERS, "1/" + i + "m", 1);
    }
    assertThat(set(MEMBERS, "1/24h", 1))
        .isEqualTo(new Outcome.TooMany(Allowances.MOST_RULES_OF_A_SCOPE));
    assertThat(set(MEMBERS, "2/7m", 1)).isInstanceOf(Outcome.Changed.class);
  }

  @Test
  void everyScopeIsReadAsItWasWritten() {
    List<Scope> scopes =
        List.of(
            new Scope.Deployment(),
            new Scope.Platform("odd:name"),
            new Scope.Community(COMMUNITY),
            new Scope.Chat(COMMUNITY, 3),
            MEMBERS,
            ARTISTS,
            new Scope.Role(COMMUNITY, ""),
            new Scope.Member(COMMUNITY, 5));
    assertThat(scopes).allSatisfy(scope -> assertThat(Scope.of(scope.key())).isEqualTo(scope));
  }

  private Outcome set(Scope scope, String words, long by) {
    Allowance allowance = Till.allowance(words).getFirst();
    return till.write(tx -> till.allowances.set(tx, scope, allowance, by, till.now));
  }

  private List<String> words(Scope scope) {
    List<Rule> rules = till.read(reading -> till.allowances.of(reading, scope));
    return rules.stream().map(rule -> RuleNotation.write(rule.allowance())).toList();
  }

  private List<RuleChange> changes() {
    return till.read(reading -> till.allowances.changes(reading, COMMUNITY, Long.MAX_VALUE, 100));
  }
}
