package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Sender;
import dev.plantain.quota.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several people press at the same instant, each on a thread of their own. */
class ApprovalRaceTest extends ApprovalScene {
  private static final int ROUNDS = 5;

  @ParameterizedTest
  @CsvSource({"approve,approve", "approve,deny", "trust,approve", "approve,cancel", "deny,cancel"})
  void oneDecisionHoldsAndOthersAreTold(String bobs, String others) throws Exception {
    scene.platform.governs(carl.member());
    rule("word dragon");
    int made = 0;
    for (int round = 0; round < ROUNDS; round++) {
      MessageRef asked = asks(ann, "a dragon");
      List<InteractionRef> presses =
          List.of(
              pressed(bob, asked, bobs),
              pressed(others.equals("cancel") ? ann : carl, asked, others));
      atOnce();
      scene.run();

      boolean picture = isPicture(asked);
      made += picture ? 1 : 0;
      List<String> told =
          presses.stream().map(press -> scene.platform.answerTo(press).orElseThrow()).toList();
      boolean cancelled = told.contains("Cancelled");
      long decided = told.stream().filter(words -> words.matches("Approved.*|Denied")).count();
      // Whoever asked can cancel what was approved until it is begun.
      assertThat(decided).as("%s", told).isBetween(cancelled ? 0L : 1L, 1L);
      assertThat(picture)
          .as("%s", told)
          .isEqualTo(!cancelled && told.stream().anyMatch(words -> words.startsWith("Approved")));
      assertThat(decision().buttons()).isEmpty();
      rule("trust @ann off");
    }
    assertThat(scene.model().requests()).hasSize(made);
    assertThat(scene.spent()).isEqualTo(new Cost(made, made * Scene.PRICE));
    assertThat(scene.count("job where state <> 'ended'")).isZero();
  }

  private InteractionRef pressed(Sender member, MessageRef asked, String action) {
    FakePlatform.Post post = action.equals("cancel") ? scene.answerTo(asked) : decision();
    return scene.press(member, scene.group, post, action);
  }

  /** Runs what is due on two threads that begin together. */
  private void atOnce() throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      List<Future<?>> futures = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        futures.add(
            pool.submit(() -> {
              start.await();
              scene.run();
              return true;
            }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    }
  }
}
