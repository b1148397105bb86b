package dev.plantain.quota;

import static dev.plantain.quota.Till.ANN;
import static dev.plantain.quota.Till.BOB;
import static dev.plantain.quota.Till.COMMUNITY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.quota.QuotaDecision.Allowed;
import dev.plantain.quota.QuotaDecision.Obstacle.NoRoom;
import dev.plantain.quota.QuotaDecision.Refused;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
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
  void whatIsReservedIsNotThereForOthers() {
    till.rule(new Scope.Community(COMMUNITY), "2/day");
    assertThat(till.reserve(till.request(ANN, 1, 0))).isInstanceOf(Allowed.class);
    assertThat(till.reserve(till.request(BOB, 1, 0))).isInstanceOf(Allowed.class);
    assertThat(till.reserve(till.request(ANN, 1, 0)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.obstacle())
                  .isInstanceOfSatisfying(
                      NoRoom.class,
                      full -> {
                        assertThat(full.used()).isEqualTo(2);
                        assertThat(full.limit()).isEqualTo(2);
                      });
              assertThat(refused.returnsAt()).contains(Instant.parse("2026-03-05T00:00:00Z"));
            });
  }

  @Test
  void aSecondCallAnswersAsTheFirstAndChangesNothing() {
    till.rule(new Scope.Members(COMMUNITY), "1/day");
    Request request = till.request(ANN, 1, 40_000);
    QuotaDecision first = till.reserve(request);
    assertThat(till.reserve(request)).isEqualTo(first);
    assertThat(till.history()).hasSize(1);
  }

  @Test
  void whatIsReleasedIsThereAgain() {
    till.rule(new Scope.Members(COMMUNITY), "1/day");
    Request request = till.request(ANN, 1, 0);
    till.reserve(request);
    assertThat(till.release(request)).isTrue();
    assertThat(till.reserve(till.request(ANN, 1, 0))).isInstanceOf(Allowed.class);
  }

  @Test
  void whatIsReleasedAfterMidnightGivesNoRoomToTheNewDay() {
    till.rule(new Scope.Members(COMMUNITY), "1/day");
    till.now = Instant.parse("2026-03-04T23:59:00Z");
    Request late = till.request(ANN, 1, 0);
    till.reserve(late);
    till.advance(Duration.ofMinutes(2));
    assertThat(till.reserve(till.request(ANN, 1, 0))).isInstanceOf(Allowed.class);
    till.release(late);
    assertThat(till.reserve(till.request(ANN, 1, 0))).isInstanceOf(Refused.class);
  }

  @Test
  void theTrueCostCountsOnceItIsKnown() {
    till.rule(new Scope.Members(COMMUNITY), "1 USD/day");
    Request request = till.request(ANN, 1, 500_000);
    till.reserve(request);
    till.settle(request, 1, 1_200_000);
    assertThat(till.reserve(till.request(ANN, 1, 1)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.obstacle())
                    .isInstanceOfSatisfying(
                        NoRoom.class, full -> assertThat(full.used()).isEqualTo(1_200_000)));
  }

  @Test
  void anEndAfterAnEndChangesNothing() {
    till.rule(new Scope.Members(COMMUNITY), "2/day");
    Request released = till.request(ANN, 1, 0);
    till.reserve(released);
    assertThat(till.release(released)).isTrue();
    assertThat(till.settle(released, 1, 0)).isFalse();
    assertThat(till.release(released)).isFalse();
    assertThat(till.refund(released)).isFalse();

    Request settled = till.request(ANN, 1, 0);
    till.reserve(settled);
    assertThat(till.refund(settled)).isFalse();
    assertThat(till.settle(settled, 1, 0)).isTrue();
    assertThat(till.settle(settled, 5, 0)).isFalse();
    assertThat(till.release(settled)).isFalse();
    assertThat(till.refund(settled)).isTrue();
    assertThat(till.refund(settled)).isFalse();

    assertThat(till.reserve(till.request(ANN, 2, 0))).isInstanceOf(Allowed.class);
    assertThat(till.reserve(till.request(ANN, 1, 0))).isInstanceOf(Refused.class);
  }

  @Test
  void slotsFreeThemselvesOneByOne() {
    till.rule(new Scope.Members(COMMUNITY), "2/10m");
    till.reserve(till.request(ANN, 1, 0));
    Instant first = till.now;
    till.advance(Duration.ofMillis(100_001));
    till.reserve(till.request(ANN, 1, 0));
    till.now = first.plus(Duration.ofMinutes(10)).minusMillis(1);
    assertThat(till.reserve(till.request(ANN, 1, 0)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.returnsAt()).isEqualTo(Optional.of(first.plusSeconds(600))));
    till.advance(Duration.ofMillis(1));
    assertThat(till.reserve(till.request(ANN, 1, 0))).isInstanceOf(Allowed.class);
    assertThat(till.reserve(till.request(ANN, 1, 0))).isInstanceOf(Refused.class);
  }

  @Test
  void whatHasNotEndedIsOpenAlsoAfterACrash() {
    Request unended = till.request(ANN, 1, 0);
    Request ended = till.request(ANN, 1, 0);
    till.reserve(unended);
    till.reserve(ended);
    till.settle(ended, 1, 1);
    till.reopen();
    List<Long> open = till.read(till.ledger::open);
    assertThat(open).containsExactly(unended.number());
  }
}
