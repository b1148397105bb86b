package dev.plantain.quota;

import static dev.plantain.quota.Till.ANN;
import static dev.plantain.quota.Till.BOB;
import static dev.plantain.quota.Till.CHAT;
import static dev.plantain.quota.Till.COMMUNITY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.quota.QuotaDecision.Allowed;
import dev.plantain.quota.QuotaDecision.Obstacle;
import dev.plantain.quota.QuotaDecision.Refused;
import dev.plantain.quota.Window.Period;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rules count, what pays where they have no room, and what stands above them. */
class DecisionTest {
  private static final Scope MEMBERS = new Scope.Members(COMMUNITY);
  private static final Scope ARTISTS = new Scope.Role(COMMUNITY, "artists");

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
  void theBestRoleCounts() {
    till.rule(MEMBERS, "1/day");
    till.rule(ARTISTS, "3/day");
    assertThat(allowedOf(Till.spender(ANN), 5)).isEqualTo(1);
    assertThat(allowedOf(Till.spender(BOB, "artists"), 5)).isEqualTo(3);
  }

  @Test
  void aRoleLetsPassOnlyWhereAllItsRulesDo() {
    till.rule(ARTISTS, "3/day");
    till.rule(ARTISTS, "2/month");
    till.rule(MEMBERS, "1/day");
    assertThat(allowedOf(Till.spender(BOB, "artists"), 5)).isEqualTo(2);
  }

  @Test
  void onesOwnRuleReplacesThoseOfRolesForBetterOrWorse() {
    till.rule(ARTISTS, "3/day");
    till.rule(new Scope.Member(COMMUNITY, ANN), "1/day");
    assertThat(allowedOf(Till.spender(ANN, "artists"), 5)).isEqualTo(1);
  }

  @Test
  void anExemptionLiftsPersonalRulesButNotThoseOfTheChat() {
    till.rule(MEMBERS, "1/day");
    till.rule(new Scope.Member(COMMUNITY, ANN), "unlimited");
    till.rule(new Scope.Chat(COMMUNITY, CHAT), "4/day");
    assertThat(allowedOf(Till.spender(ANN), 9)).isEqualTo(4);
  }

  @Test
  void aRuleOfASizeCountsOnlyThatSize() {
    till.rule(MEMBERS, "1 4k/day");
    assertThat(till.reserve(till.request(Till.spender(ANN), "4K", 1, 0)))
        .isInstanceOf(Allowed.class);
    assertThat(till.reserve(till.request(Till.spender(ANN), "4k", 1, 0)))
        .isInstanceOf(Refused.class);
    assertThat(till.reserve(till.request(Till.spender(ANN), "1K", 9, 0)))
        .isInstanceOf(Allowed.class);
  }

  @Test
  void theObstacleThatStaysLongestIsNamed() {
    till.rule(MEMBERS, "0/day");
    till.rule(new Scope.Community(COMMUNITY), "0 USD/hour");
    till.rule(MEMBERS, "1/month");
    till.rule(new Scope.Chat(COMMUNITY, CHAT), "1/hour");
    Refused shut = refused(till.request(ANN, 1, 0));
    assertThat(shut.returnsAt()).isEmpty();
    till.rule(MEMBERS, "9/day");
    assertThat(till.reserve(till.request(ANN, 1, 0))).isInstanceOf(Allowed.class);
    Refused full = refused(till.request(ANN, 1, 0));
    assertThat(full.returnsAt()).contains(Instant.parse("2026-04-01T00:00:00Z"));
    assertThat(full.obstacle())
        .isInstanceOfSatisfying(
            Obstacle.NoRoom.class,
            room -> assertThat(RuleNotation.write(room.rule().allowance())).isEqualTo("1/month"));
  }

  @Test
  void ofSeveralRolesTheOneThatHasRoomAgainFirstIsNamed() {
    till.rule(MEMBERS, "1/month");
    till.rule(ARTISTS, "1/hour");
    till.rule(ARTISTS, "1/day");
    Spender artist = Till.spender(ANN, "artists");
    till.reserve(till.request(artist, "1K", 1, 0));
    assertThat(refused(till.request(artist, "1K", 1, 0)).returnsAt())
        .contains(Instant.parse("2026-03-05T00:00:00Z"));
  }

  @Test
  void whatCostsNothingPassesWhereMoneyIsShut() {
    till.rule(new Scope.Community(COMMUNITY), "0 USD/day");
    assertThat(till.reserve(till.request(ANN, 1, 0))).isInstanceOf(Allowed.class);
    assertThat(till.reserve(till.request(ANN, 1, 1))).isInstanceOf(Refused.class);
  }

  @Test
  void creditsPayBeyondPersonalRulesAndDoNotCountAgainstThem() {
    till.rule(MEMBERS, "2/day");
    till.grant(ANN, Measure.PICTURES, 3);
    assertThat(payment(till.request(ANN, 1, 0)).pictures()).isEqualTo(Purse.ALLOWANCE);
    assertThat(payment(till.request(ANN, 2, 0)).pictures()).isEqualTo(Purse.OWN);
    assertThat(payment(till.request(ANN, 1, 0)).pictures()).isEqualTo(Purse.ALLOWANCE);
    assertThat(till.own(ANN).pictures()).isEqualTo(1);
    assertThat(refused(till.request(ANN, 2, 0)).obstacle()).isInstanceOf(Obstacle.NoRoom.class);
  }

  @Test
  void creditsDoNotPayBeyondTheRulesOfAll() {
    till.rule(new Scope.Community(COMMUNITY), "1/day");
    till.grant(ANN, Measure.PICTURES, 9);
    assertThat(allowedOf(Till.spender(ANN), 3)).isEqualTo(1);
  }

  @Test
  void whatCreditsPaidComesBackToThem() {
    till.rule(MEMBERS, "0/day");
    till.grant(ANN, Measure.PICTURES, 5);
    Request released = till.request(ANN, 2, 0);
    till.reserve(released);
    assertThat(till.own(ANN).pictures()).isEqualTo(3);
    till.release(released);
    assertThat(till.own(ANN).pictures()).isEqualTo(5);
    Request refunded = till.request(ANN, 2, 0);
    till.reserve(refunded);
    till.settle(refunded, 1, 0);
    assertThat(till.own(ANN).pictures()).isEqualTo(4);
    till.refund(refunded);
    assertThat(till.own(ANN).pictures()).isEqualTo(5);
    assertThat(till.history().getFirst().by()).contains(Till.MODERATOR);
  }

  @Test
  void creditsPayMoreThanWasThoughtAsFarAsTheyReach() {
    till.rule(MEMBERS, "0 USD/day");
    till.grant(ANN, Measure.MICRO_DOLLARS, 100);
    Request request = till.request(ANN, 1, 60);
    till.reserve(request);
    till.settle(request, 1, 150);
    assertThat(till.own(ANN).microDollars()).isZero();
    assertThat(standing(ANN).used()).isEqualTo(50);
  }

  @Test
  void thePoolPaysFirstWhereTheCommunitySaysSo() {
    till.rule(MEMBERS, "0/day");
    till.grant(ANN, Measure.PICTURES, 5);
    till.grant(BOB, Measure.PICTURES, 5);
    till.write(tx -> till.credits.donate(tx, COMMUNITY, BOB, Measure.PICTURES, 1, till.now));
    assertThat(payment(till.request(ANN, 1, 0)).pictures()).isEqualTo(Purse.OWN);
    terms(new CommunityTerms(ZoneId.of("UTC"), 0, true, Optional.empty()));
    assertThat(payment(till.request(ANN, 1, 0)).pictures()).isEqualTo(Purse.POOL);
    assertThat(payment(till.request(ANN, 1, 0)).pictures()).isEqualTo(Purse.OWN);
  }

  @Test
  void balancesNeverFallBelowNothing() {
    till.grant(ANN, Measure.PICTURES, 5);
    long taken =
        till.write(tx ->
            till.credits.grant(tx, COMMUNITY, ANN, Measure.PICTURES, -8, Till.MODERATOR, till.now));
    assertThat(taken).isEqualTo(-5);
    assertThat(till.own(ANN)).isEqualTo(Cost.NONE);
    Credits.Transfer given =
        till.write(tx -> till.credits.give(tx, COMMUNITY, ANN, BOB, Measure.PICTURES, 1, till.now));
    assertThat(given).isEqualTo(new Credits.Transfer.TooFew(0));
  }

  @Test
  void quietHoursSayWhenTheyEnd() {
    QuietHours night = new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 30));
    terms(new CommunityTerms(ZoneId.of("Europe/Berlin"), 0, false, Optional.of(night)));
    till.now = Instant.parse("2026-03-28T23:00:00Z");
    Refused refused = refused(till.request(ANN, 1, 0));
    assertThat(refused.obstacle()).isEqualTo(new Obstacle.Quiet(night, false));
    // The clock is put forward in that night.
    assertThat(refused.returnsAt()).contains(Instant.parse("2026-03-29T05:30:00Z"));
    till.now = refused.returnsAt().orElseThrow();
    assertThat(till.reserve(till.request(ANN, 1, 0))).isInstanceOf(Allowed.class);
  }

  @Test
  void aResetHourThatTheClockLeavesOutIsTheNextInstantThatExists() {
    terms(new CommunityTerms(ZoneId.of("Europe/Berlin"), 2, false, Optional.empty()));
    till.rule(MEMBERS, "1/day");
    till.now = Instant.parse("2026-03-29T00:59:59Z");
    till.reserve(till.request(ANN, 1, 0));
    assertThat(refused(till.request(ANN, 1, 0)).returnsAt())
        .contains(Instant.parse("2026-03-29T01:00:00Z"));
  }

  @Test
  void aResetHourThatTheClockShowsTwiceIsTheFirst() {
    terms(new CommunityTerms(ZoneId.of("Europe/Berlin"), 2, false, Optional.empty()));
    till.rule(MEMBERS, "1/day");
    till.now = Instant.parse("2026-10-25T00:00:00Z");
    till.reserve(till.request(ANN, 1, 0));
    till.now = Instant.parse("2026-10-25T01:00:00Z");
    assertThat(refused(till.request(ANN, 1, 0)).returnsAt())
        .contains(Instant.parse("2026-10-26T01:00:00Z"));
  }

  @Test
  void whatWasAcceptedBeforeTheClockWasPutBackCountsWhereItWas() {
    till.rule(MEMBERS, "1/day");
    till.rule(MEMBERS, "2/24h");
    till.reserve(till.request(ANN, 1, 0));
    till.advance(Duration.ofDays(-1));
    assertThat(till.reserve(till.request(ANN, 1, 0))).isInstanceOf(Allowed.class);
    assertThat(refused(till.request(ANN, 1, 0)).returnsAt())
        .contains(Instant.parse("2026-03-05T00:00:00Z"));
  }

  @Test
  void theCapStandsAboveCreditsAndIsToldOnce() {
    till.close();
    Caps caps = new Caps(Optional.empty(), Optional.of(1_000L));
    till = new Till(folder, caps);
    till.rule(MEMBERS, "0 USD/day");
    till.grant(ANN, Measure.MICRO_DOLLARS, 1_000_000);
    assertThat(percents(till.reserve(till.request(ANN, 1, 499)))).isEmpty();
    Request half = till.request(ANN, 1, 1);
    assertThat(percents(till.reserve(half))).containsExactly(50);
    till.reopen();
    assertThat(percents(till.reserve(till.request(ANN, 1, 1)))).isEmpty();
    assertThat(percents(till.reserve(half))).containsExactly(50);
    QuotaDecision beyond = till.reserve(till.request(ANN, 1, 500));
    assertThat(beyond)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.obstacle())
                  .isEqualTo(new Obstacle.CapReached(Period.DAY, 501, 1_000));
              assertThat(refused.returnsAt()).contains(Instant.parse("2026-03-05T00:00:00Z"));
            });
    assertThat(percents(beyond)).containsExactly(80, 100);
    assertThat(till.reserve(till.request(ANN, 1, 0))).isInstanceOf(Allowed.class);
    till.advance(Duration.ofDays(1));
    assertThat(percents(till.reserve(till.request(ANN, 1, 1_000)))).containsExactly(50, 80, 100);
  }

  @Test
  void whatIsShownTellsWhichRulesCount() {
    till.rule(MEMBERS, "2/day");
    till.rule(ARTISTS, "5/day");
    till.rule(new Scope.Chat(COMMUNITY, CHAT), "9/day");
    till.reserve(till.request(ANN, 1, 0));
    Standings standings =
        till.read(
            reading -> till.ledger.standings(reading, Till.spender(ANN, "artists"), till.now));
    assertThat(standings.rules())
        .extracting(Standing::left)
        .containsExactly(Optional.of(1L), Optional.of(4L), Optional.of(8L));
    assertThat(standings.rules()).extracting(Standing::counts).containsExactly(false, true, true);
    assertThat(standings.rules().getFirst().replacedBy().map(Rule::scope)).contains(ARTISTS);
  }

  private long allowedOf(Spender spender, int times) {
    long allowed = 0;
    for (int i = 0; i < times; i++) {
      allowed += till.reserve(till.request(spender, "1K", 1, 0)) instanceof Allowed ? 1 : 0;
    }
    return allowed;
  }

  private Payment payment(Request request) {
    return switch (till.reserve(request)) {
      case Allowed allowed -> allowed.payment();
      case Refused refused -> throw new AssertionError(refused);
    };
  }

  private Refused refused(Request request) {
    return switch (till.reserve(request)) {
      case Allowed allowed -> throw new AssertionError(allowed);
      case Refused refused -> refused;
    };
  }

  private Standing standing(long member) {
    Standings standings =
        till.read(reading -> till.ledger.standings(reading, Till.spender(member), till.now));
    return standings.rules().getFirst();
  }

  private static List<Integer> percents(QuotaDecision decision) {
    return decision.warnings().stream().map(CapWarning::percent).toList();
  }

  private void terms(CommunityTerms terms) {
    till.write(tx -> {
      till.communities.set(tx, COMMUNITY, terms);
      return true;
    });
  }
}
