package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.Attempt;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageResult.Waits;
import dev.plantain.image.Rendering;
import dev.plantain.image.Usage;
import dev.plantain.platform.MessageRef;
import dev.plantain.quota.Caps;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What members see while there is no room for their request, and what is paid on the way. */
class WaitingForModelsTest {

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void aRequestForWhichThereIsNoRoomWaitsOnItsCardAndIsAskedThen() {
    scene.model().plays(_ -> waits(40));
    MessageRef asked = ask();
    scene.run();
    assertThat(scene.progress()).contains("no room right now. I ask again in 40 seconds");
    assertThat(scene.answerTo(asked).button("cancel")).isNotEmpty();

    scene.run(Duration.ofSeconds(22));
    assertThat(scene.progress()).contains("20 seconds");
    scene.run(Duration.ofMillis(17_999));
    assertThat(scene.answerTo(asked).file()).isEmpty();
    scene.run(Duration.ofMillis(1));
    assertThat(scene.answerTo(asked).file()).isPresent();
  }

  @Test
  void waitingIsNoAttemptAndEndsOnlyWithPatience() {
    for (int round = 0; round < 25; round++) {
      scene.model().plays(_ -> waits(45));
    }
    MessageRef asked = ask();
    for (int round = 0; round < 21; round++) {
      scene.run();
      scene.run(Duration.ofSeconds(45));
    }
    // Scene.PATIENCE is fifteen minutes: 900 seconds, of which each round takes 45.
    assertThat(scene.model().requests()).hasSize(21);
    assertThat(scene.answerTo(asked).words()).contains("Nothing was charged");
    assertThat(scene.answerTo(asked).button("again")).isNotEmpty();
  }

  @Test
  void aProviderThatWantsMorePatienceThanThereIsEndsTheRequestAtOnce() {
    scene
        .model()
        .answers(
            new ImageResult.Failed(
                Problem.RATE_LIMITED, Optional.of(Duration.ofHours(2)), "in two hours"));
    MessageRef asked = ask();
    scene.run();
    assertThat(scene.model().requests()).hasSize(1);
    assertThat(scene.answerTo(asked).words()).contains("Nothing was charged");
  }

  @Test
  void aRequestThatWaitsCanBeCancelled() {
    scene.model().plays(_ -> waits(40));
    MessageRef asked = ask();
    scene.run();
    scene.press(scene.ann, scene.group, scene.answerTo(asked), "cancel");
    scene.run(Duration.ofMinutes(2));
    assertThat(scene.model().requests()).hasSize(1);
    assertThat(paidCalls()).isEmpty();
  }

  @Test
  void whatTheProviderToldIsWhatTheMemberIsChargedAndWhatWasLostIsTheOperators() {
    scene.model().plays(_ -> new ImageResult.Failed(Problem.GARBLED, Optional.empty(), "cut"));
    ask();
    scene.run();
    scene
        .model()
        .plays(request ->
            new ImageResult.Made(
                List.of(scene.model().picture(5)), request.model().id(), told(12_345)));
    ask();
    scene.run();

    assertThat(paidCalls()).containsExactly("nano 40000 perhaps lost", "nano 12345 told shown");
    assertThat(charged()).isEqualTo(12_345);
  }

  @Test
  void whatTheProviderCountedIsOwedAlthoughNoPictureCameAndWhatIsFreeIsOwedToNobody() {
    scene
        .model()
        .plays(
            _ -> new ImageResult.Failed(Problem.NO_PICTURE, Optional.empty(), "none", told(3_000)));
    scene
        .model()
        .plays(request ->
            new ImageResult.Made(List.of(scene.model().picture(5)), request.model().id(), told(0)));
    MessageRef asked = ask();
    scene.run();
    scene.run(Duration.ofMinutes(1));
    assertThat(scene.answerTo(asked).file()).isPresent();

    assertThat(paidCalls()).containsExactly("nano 3000 told lost");
    assertThat(charged()).isZero();
  }

  @Test
  void whatWasPaidTwiceIsChargedOnce() {
    Attempt cut = new Attempt("google", "nano", "", 0, 40_000, Attempt.Basis.PERHAPS);
    Attempt made = new Attempt("gateway", "nano", "", 1, 50_000, Attempt.Basis.AGREED);
    scene
        .model()
        .asks(
            new ImageModel() {
              @Override
              public ImageResult generate(ImageRequest request) {
                return scene.model().made(request, scene.model().picture(5));
              }

              @Override
              public Rendering render(ImageRequest request) {
                return new Rendering(generate(request), List.of(cut, made), false);
              }
            },
            Scene.NANO);
    ask();
    scene.run();
    assertThat(paidCalls()).containsExactly("nano 40000 perhaps lost", "nano 50000 agreed shown");
    assertThat(charged()).isEqualTo(50_000);
  }

  @Test
  void whatIsLostCountsAgainstTheOperatorsCapAndNobodysLimit() {
    scene.close();
    scene = new Scene(folder, new Caps(Optional.empty(), Optional.of(100_000L)));
    for (int round = 0; round < 2; round++) {
      scene.model().plays(_ -> new ImageResult.Failed(Problem.TIMED_OUT, Optional.empty(), "late"));
      ask();
      scene.run();
    }
    MessageRef third = ask();
    scene.run();
    assertThat(scene.model().requests()).hasSize(2);
    assertThat(scene.answerTo(third).file()).isEmpty();
    assertThat(charged()).isZero();
  }

  @Test
  void anotherModelThatStandsInIsNamed() {
    scene
        .model()
        .plays(request ->
            new ImageResult.Made(List.of(scene.model().picture(5)), "small", Usage.NONE));
    scene.model().standsIn();
    MessageRef asked = ask();
    scene.run();
    assertThat(scene.answerTo(asked).words()).contains("Nano had no room right now, so Small made");
  }

  private MessageRef ask() {
    return scene.by(scene.ann).toUs().says("a lighthouse");
  }

  /** What the card says when it is looked at now. */
  private ImageResult waits(long seconds) {
    return new Waits(scene.clock.instant().plusSeconds(seconds), Problem.RATE_LIMITED);
  }

  private static Usage told(long microDollars) {
    return new Usage(0, 0, 0, 0, Optional.of(microDollars));
  }

  private List<String> paidCalls() {
    return scene
        .database()
        .read(reading ->
            reading.list(
                "select * from paid_call order by id",
                row ->
                    row.text("model")
                        + " "
                        + row.number("micro_dollars")
                        + " "
                        + row.text("basis")
                        + (row.number("lost") == 1 ? " lost" : " shown")));
  }

  private long charged() {
    return scene
        .database()
        .read(reading ->
            reading
                .first(
                    "select sum(micro_dollars) as all_of_it from ledger_entry",
                    row -> row.number("all_of_it"))
                .orElse(0L));
  }
}
