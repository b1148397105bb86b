package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.ImageResult.Problem;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.MessageRef;
import dev.plantain.quota.AuditResult;
import dev.plantain.quota.Cost;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches of which nobody knows for a while, or ever, what their provider made of them. */
class BatchInDoubtTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
  }

  @AfterEach
  void end() {
    assertThat(scene.count("job where state <> 'ended'")).isZero();
    assertThat(scene.count("reservation")).isZero();
    assertThat(scene.audit()).isInstanceOf(AuditResult.Agrees.class);
    scene.close();
  }

  private void passes() {
    for (int time = 0; time < 12; time++) {
      scene.run(Duration.ofSeconds(5));
    }
  }

  private MessageRef asks(String lines) {
    return asks(scene.by(scene.ann), lines);
  }

  private MessageRef asks(Scene.Speech speech, String lines) {
    MessageRef asked = speech.commands("batch", lines);
    passes();
    return asked;
  }

  private void takesHours(int hours) {
    for (int time = 0; time < hours; time++) {
      scene.run(HOUR);
    }
    passes();
  }

  private FakePlatform.Post status(MessageRef asked) {
    return scene.answersTo(asked).stream()
        .filter(post -> post.words().startsWith("📦"))
        .findFirst()
        .orElseThrow();
  }

  private long pictures(MessageRef asked) {
    return scene.answersTo(asked).stream().filter(post -> post.file().isPresent()).count();
  }

  private void areOwed(int requests) {
    assertThat(scene.spent()).isEqualTo(new Cost(0, 0));
    assertThat(scene.count("paid_call")).isEqualTo(requests);
    assertThat(
            scene.count(
                "paid_call where lost = 1 and basis = 'perhaps' and micro_dollars = "
                    + Scene.PRICE / 2))
        .isEqualTo(requests);
  }

  @Test
  void whoCannotBeToldForCertainIsAskedAgainWhateverTheySay() {
    scene.batches.isUnsure(Problem.KEY_REJECTED);
    MessageRef asked = asks("a fox\na hare");
    takesHours(1);
    assertThat(scene.answersTo(asked)).hasSize(1);

    scene.batches.isSure();
    takesHours(1);
    scene.batches.works(scene.model()::paint);
    takesHours(1);
    assertThat(pictures(asked)).isEqualTo(2);
    assertThat(scene.count("paid_call")).isEqualTo(2);
  }

  @Test
  void afterTwoHoursItIsGivenUpAndOwedAsItMayHaveArrived() {
    scene.batches.isUnsure(Problem.UNREACHABLE);
    MessageRef asked = asks("a fox\na hare");
    takesHours(3);

    assertThat(status(asked).words()).contains("Of 2 nothing came");
    areOwed(2);
  }

  @Test
  void whatIsCancelledWhileItMayHaveArrivedIsOwed() {
    scene.batches.isUnsure(Problem.UNREACHABLE);
    MessageRef asked = asks("a fox\na hare");
    scene.press(scene.ann, scene.group, status(asked), "cancel-batch");
    passes();

    assertThat(status(asked).words()).startsWith("📦 Cancelled.");
    areOwed(2);
  }

  @Test
  void whatIsCancelledAndDidNotArriveForCertainIsOwedToNobody() {
    scene.batches.refuses(Problem.OVERLOADED);
    MessageRef asked = scene.by(scene.ann).commands("batch", "a fox\na hare");
    scene.run();
    scene.run(Duration.ofSeconds(3));
    assertThat(scene.batches.parcels()).isEmpty();
    scene.press(scene.ann, scene.group, status(asked), "cancel-batch");
    passes();

    assertThat(scene.batches.parcels()).isEmpty();
    areOwed(0);
  }

  @Test
  void whatGotLostIsOwedWhereItMayHaveBeenMade() {
    asks("a fox\na hare");
    scene.batches.loses(true);
    takesHours(1);
    areOwed(2);
  }

  @Test
  void whatGotLostUnmadeIsOwedToNobody() {
    MessageRef asked = asks("a fox\na hare");
    scene.batches.loses(false);
    takesHours(1);
    assertThat(status(asked).words()).contains("Of 2 nothing came");
    areOwed(0);
  }

  @Test
  void aProviderThatIsSilentIsWaitedForSixtyHours() {
    MessageRef asked = asks("a fox\na hare");
    scene.batches.isSilent();
    takesHours(59);
    assertThat(scene.answersTo(asked)).hasSize(1);
    takesHours(2);

    assertThat(status(asked).words()).contains("Of 2 nothing came");
    areOwed(2);
  }

  @Test
  void eachModelAndWhatIsTooMuchTogetherGoesInAParcelOfItsOwn() throws IOException {
    scene.batches.alsoServes(Scene.SMALL);
    byte[] large = noise(1_000, 990);
    // Four times that, as base64, are less than 18 million characters, and five times are more.
    assertThat(large.length).isBetween(2_800_000, 3_300_000);
    MessageRef asked =
        asks(scene.by(scene.ann).with(large), "night --model small\nwinter\nrain\nsnow\nfog\nsun");

    assertThat(scene.batches.parcels()).extracting(Map::size).containsExactly(1, 4, 1);
    assertThat(scene.batches.parcels().getFirst().values())
        .allMatch(request -> request.model().equals(Scene.SMALL));
    scene.batches.works(scene.model()::paint);
    takesHours(1);
    assertThat(pictures(asked)).isEqualTo(6);
    assertThat(scene.count("paid_call")).isEqualTo(6);
  }

  /** A picture that cannot be packed. */
  private static byte[] noise(int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(7);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  @Test
  void oneBatchIsNotCancelledWithAnother() {
    MessageRef first = asks("a fox\na hare");
    MessageRef second = asks("an owl");
    MessageRef elsewhere = asks(scene.by(scene.ann).in(scene.annsRoom), "a crow");
    scene.press(scene.ann, scene.group, status(second), "cancel-batch");
    scene.accept(new IncomingEvent.Left("left", scene.annsRoom));
    passes();
    assertThat(scene.batches.cancelled()).isEqualTo(2);
    assertThat(status(first).buttons()).isNotEmpty();

    scene.batches.works(scene.model()::paint);
    takesHours(1);
    assertThat(List.of(pictures(first), pictures(second), pictures(elsewhere)))
        .containsExactly(2L, 0L, 0L);
    assertThat(scene.spent()).isEqualTo(new Cost(2, Scene.PRICE));
  }

  @Test
  void whatIsCancelledHoursLaterSaysSoAndIsCancelledAtTheProviderAtOnce() {
    MessageRef asked = asks("a fox\na hare");
    takesHours(5);
    scene.press(scene.ann, scene.group, status(asked), "cancel-batch");
    scene.run();

    assertThat(status(asked).words()).startsWith("📦 Cancelled.");
    assertThat(scene.batches.cancelled()).isEqualTo(1);
  }

  @Test
  void whoIsShutOutHoursLaterIsNotWorkedForAnyLonger() {
    MessageRef asked = asks("a fox\na hare");
    takesHours(5);
    scene.platform.governs(scene.bob.member());
    scene.by(scene.bob).naming(scene.ann).commands("ban", "@ann 1d");
    scene.run();

    assertThat(scene.batches.cancelled()).isEqualTo(1);
    assertThat(status(asked).buttons()).isEmpty();
  }

  @Test
  void asLongAsNothingHappensNothingIsShownAnew() {
    asks("a fox\na hare");
    long shown = scene.platform.shown().size();
    takesHours(2);
    assertThat(scene.platform.shown()).hasSize((int) shown);

    scene.batches.works(scene.model()::paint);
    takesHours(1);
  }
}
