package dev.plantain.image.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LimiterTest {
  private static final Instant NOW = Instant.parse("2026-03-04T20:00:00Z");

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 4);

  private final DayCounts kept = DayCounts.inMemory();

  /** Where the days are kept; each addition begins with this. */
  private DayCounts disk(Runnable writing) {
    return new DayCounts() {
      @Override
      public int of(String line, LocalDate day) {
        return kept.of(line, day);
      }

      @Override
      public boolean add(String line, LocalDate day, int most) {
        writing.run();
        return kept.add(line, day, most);
      }
    };
  }

  @Test
  void whoWritesTheCountDownKeepsNobodyElseWaiting() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    AtomicInteger writes = new AtomicInteger();
    Limiter limiter =
        limiter(
            Optional.empty(),
            () -> {
              if (writes.getAndIncrement() == 0) {
                writing.countDown();
                awaited(written);
              }
            });
    Thread slow = Thread.ofPlatform().start(() -> limiter.ask(NOW, 1));
    writing.await();

    assertThat(limiter.ask(NOW, 1)).isInstanceOf(Limiter.Answer.Go.class);
    limiter.ended();
    assertThat(limiter.ask(NOW, 1)).isInstanceOf(Limiter.Answer.Go.class);
    limiter.ended();
    written.countDown();
    slow.join();
    assertThat(kept.of("google/1", TODAY)).isEqualTo(3);
    assertThat(limiter.ask(NOW, 1)).isEqualTo(tomorrow());
  }

  @Test
  void twoThatSendOverOneKeyShareItsDayAlsoWhereBothSeeTheLastPlace() {
    Limiter words = limiter(Optional.empty(), () -> {});
    AtomicInteger writes = new AtomicInteger();
    Limiter pictures =
        limiter(
            Optional.of(1),
            () -> {
              if (writes.getAndIncrement() == 1) {
                assertThat(words.ask(NOW, 1)).isInstanceOf(Limiter.Answer.Go.class);
              }
            });
    assertThat(words.ask(NOW, 1)).isInstanceOf(Limiter.Answer.Go.class);
    assertThat(pictures.ask(NOW, 1)).isInstanceOf(Limiter.Answer.Go.class);
    pictures.ended();

    assertThat(pictures.ask(NOW, 1)).as("the last place went meanwhile").isEqualTo(tomorrow());
    assertThat(kept.of("google/1", TODAY)).isEqualTo(3);
    assertThat(pictures.ask(NOW.plus(Duration.ofDays(1)), 1))
        .as("its place among those that run was given back")
        .isInstanceOf(Limiter.Answer.Go.class);
  }

  @Test
  void aCountThatCannotBeWrittenTakesNoPlace() {
    AtomicInteger writes = new AtomicInteger();
    Limiter limiter =
        limiter(
            Optional.of(1),
            () -> {
              if (writes.getAndIncrement() == 0) {
                throw new IllegalStateException("no room on the disk");
              }
            });
    assertThatThrownBy(() -> limiter.ask(NOW, 1)).isInstanceOf(IllegalStateException.class);
    assertThat(limiter.ask(NOW, 1)).isInstanceOf(Limiter.Answer.Go.class);
  }

  @Test
  void whatWasSentBeforeCountsAndANewDayBeginsAtNothing() {
    kept.add("google/1", TODAY, 3);
    kept.add("google/1", TODAY, 3);
    Limiter limiter = limiter(Optional.empty(), () -> {});
    assertThat(limiter.ask(NOW, 1)).isInstanceOf(Limiter.Answer.Go.class);
    assertThat(limiter.ask(NOW, 1)).isEqualTo(tomorrow());

    Instant next = NOW.plus(Duration.ofDays(1));
    assertThat(limiter.ask(next, 1)).isInstanceOf(Limiter.Answer.Go.class);
    assertThat(kept.of("google/1", TODAY)).isEqualTo(3);
    assertThat(kept.of("google/1", TODAY.plusDays(1))).isEqualTo(1);
  }

  @Test
  void soManyRunAtOnceAndThePlaceOfOneThatEndedIsFree() {
    Limiter limiter =
        limiter(new Limits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(2)));
    assertThat(limiter.ask(NOW, 1)).isInstanceOf(Limiter.Answer.Go.class);
    assertThat(limiter.ask(NOW, 1)).isInstanceOf(Limiter.Answer.Go.class);
    assertThat(limiter.ask(NOW, 1)).isEqualTo(notBefore(1));
    limiter.ended();
    assertThat(limiter.ask(NOW, 1)).isInstanceOf(Limiter.Answer.Go.class);
    assertThat(limiter.ask(NOW, 1)).isEqualTo(notBefore(1));
  }

  @Test
  void roomForTokensComesBackAsSoonAsEnoughOfThemAreAMinuteOld() {
    Limiter limiter =
        limiter(
            new Limits(Optional.empty(), Optional.empty(), Optional.of(1_000), Optional.empty()));
    assertThat(limiter.ask(NOW, 400)).isInstanceOf(Limiter.Answer.Go.class);
    assertThat(limiter.ask(NOW.plusSeconds(20), 400)).isInstanceOf(Limiter.Answer.Go.class);

    assertThat(limiter.ask(NOW.plusSeconds(30), 600)).isEqualTo(notBefore(60));
    assertThat(limiter.ask(NOW.plusSeconds(30), 601)).isEqualTo(notBefore(80));
    assertThat(limiter.ask(NOW.plusSeconds(30), 200)).isInstanceOf(Limiter.Answer.Go.class);
    assertThat(limiter.ask(NOW.plusSeconds(60), 401)).isEqualTo(notBefore(80));
    assertThat(limiter.ask(NOW.plusSeconds(60), 400)).isInstanceOf(Limiter.Answer.Go.class);
  }

  @Test
  void oneThatTakesMoreThanAMinuteHoldsGoesAlone() {
    Limiter limiter =
        limiter(
            new Limits(Optional.empty(), Optional.empty(), Optional.of(1_000), Optional.empty()));
    assertThat(limiter.ask(NOW, 1)).isInstanceOf(Limiter.Answer.Go.class);
    assertThat(limiter.ask(NOW, 5_000)).isEqualTo(notBefore(60));
    assertThat(limiter.ask(NOW.plusSeconds(60), 5_000)).isInstanceOf(Limiter.Answer.Go.class);
  }

  private Limiter limiter(Limits limits) {
    return new Limiter("google/1", limits, kept);
  }

  private static Limiter.Answer notBefore(int seconds) {
    return new Limiter.Answer.NotBefore(NOW.plusSeconds(seconds), false);
  }

  private Limiter limiter(Optional<Integer> concurrency, Runnable writing) {
    return new Limiter(
        "google/1",
        new Limits(Optional.empty(), Optional.of(3), Optional.empty(), concurrency),
        disk(writing));
  }

  private static Limiter.Answer tomorrow() {
    return new Limiter.Answer.NotBefore(Limiter.tomorrow(NOW), true);
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
