package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.ImageResult;
import dev.plantain.image.Usage;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Picture;
import dev.plantain.platform.Sender;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was used, as moderators and members see it in the chat. */
class UsageTest {
  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
    scene.platform.governs(scene.bob.member());
  }

  @AfterEach
  void end() {
    scene.close();
  }

  private void makes(Sender member) {
    scene.by(member).toUs().says("a lighthouse");
    scene.settle();
  }

  private FakePlatform.Post usage(Sender asker, String words) {
    MessageRef asked = scene.by(asker).commands("usage", words);
    scene.settle();
    return scene.answerTo(asked);
  }

  private static BufferedImage picture(FakePlatform.Post post) {
    try {
      return ImageIO.read(new ByteArrayInputStream(post.file().orElseThrow()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FakePlatform.Post now(FakePlatform.Post post) {
    return scene.platform.posts().stream()
        .filter(other -> other.message().equals(post.message()))
        .findFirst()
        .orElseThrow();
  }

  private String press(Sender presser, FakePlatform.Post post, String data) {
    InteractionRef press = scene.press(presser, scene.group, post.message(), data);
    scene.settle();
    return scene.platform.answerTo(press).orElse("");
  }

  @Test
  void whatChartsAreDrawnFromComesAsAFile() {
    makes(scene.ann);
    makes(scene.bob);

    FakePlatform.Post all = usage(scene.bob, "7 csv");
    assertThat(all.card().document().orElseThrow().fileName()).isEqualTo("usage.csv");
    assertThat(new String(all.file().orElseThrow(), StandardCharsets.UTF_8))
        .contains("member,ann,1,", "member,bob,1,", "total,,2,");

    FakePlatform.Post own = usage(scene.ann, "csv");
    assertThat(new String(own.file().orElseThrow(), StandardCharsets.UTF_8))
        .contains("member,ann,1,", "total,,1,")
        .doesNotContain("bob");
  }

  @Test
  void daysBeginAtTheHourOfTheCommunity() {
    scene.clock.advance(
        Duration.between(scene.clock.instant(), Instant.parse("2026-03-02T05:30:00Z")));
    makes(scene.ann);
    assertThat(csv()).contains("day,2026-03-02,1,");

    scene.by(scene.bob).commands("limit", "reset 6");
    scene.settle();
    assertThat(csv()).contains("day,2026-03-01,1,").doesNotContain("2026-03-02");
  }

  private String csv() {
    return new String(usage(scene.bob, "7 csv").file().orElseThrow(), StandardCharsets.UTF_8);
  }

  @Test
  void aModeratorSeesWhatTheWholeCommunityUsed() {
    makes(scene.ann);
    makes(scene.ann);
    makes(scene.bob);

    FakePlatform.Post shown = usage(scene.bob, "");

    assertThat(shown.words()).isEqualTo("Used here in the last 30 days\n3 pictures · 0.12 USD");
    assertThat(shown.card().picture().map(Picture::description))
        .contains("Used here in the last 30 days: 3 pictures · 0.12 USD");
    assertThat(picture(shown).getWidth()).isEqualTo(1080);
    assertThat(picture(shown).getHeight()).isEqualTo(1080);
  }

  @Test
  void aMemberSeesTheirOwnUseAlone() {
    makes(scene.ann);
    makes(scene.bob);

    FakePlatform.Post shown = usage(scene.ann, "7");
    assertThat(shown.words()).isEqualTo("Used by ann in the last 7 days\n1 picture · 0.04 USD");
    assertThat(shown.buttons()).noneMatch(data -> data.contains("member") || data.contains("all"));
    assertThat(usage(scene.ann, "all").words())
        .startsWith("Only those who run this chat see what everybody used.");
  }

  @Test
  void aButtonChangesTheChartInItsPlace() {
    makes(scene.ann);
    FakePlatform.Post shown = usage(scene.bob, "");
    int light = picture(shown).getRGB(0, 0);

    press(scene.bob, shown, "run:usage:90 member dark all");

    assertThat(shown.buttons()).contains("run:usage:90 day light all", "run:usage:30 day dark all");
    assertThat(now(shown).words()).startsWith("Used here in the last 90 days");
    assertThat(picture(now(shown)).getRGB(0, 0)).isNotEqualTo(light);
    assertThat(now(shown).buttons()).contains("run:usage:90 member light all");
  }

  @Test
  void nobodyPutsTheirChartInPlaceOfAnothers() {
    makes(scene.ann);
    FakePlatform.Post all = usage(scene.bob, "");
    FakePlatform.Post anns = usage(scene.ann, "");

    assertThat(press(scene.ann, all, "run:usage:7 day light all"))
        .startsWith("Only those who run this chat");
    assertThat(press(scene.bob, anns, anns.buttons().getFirst())).isNotEmpty();
    assertThat(now(all)).isEqualTo(all);
    assertThat(now(anns)).isEqualTo(anns);
  }

  @Test
  void whatIsOlderOrWasGivenBackIsNotCounted() {
    makes(scene.ann);
    scene.clock.advance(Duration.ofDays(8));
    scene
        .model()
        .answers(new ImageResult.Refused(ImageResult.Cause.UNSAFE, Optional.empty(), Usage.NONE));
    makes(scene.ann);

    assertThat(usage(scene.bob, "7").words()).endsWith("0 pictures · 0.00 USD");
    assertThat(usage(scene.bob, "30").words()).endsWith("1 picture · 0.04 USD");
  }

  @Test
  void wordsThatAreNotUnderstoodAreAnsweredWithWhatWouldBe() {
    assertThat(usage(scene.bob, "31").words()).startsWith("I did not understand “31”.");
    assertThat(usage(scene.bob, "31").file()).isEqualTo(Optional.empty());
  }

  @Test
  void everyOneIsAskedInTheirOwnLanguage() {
    Sender dora = Scene.person("dora", Optional.of("da"));
    makes(dora);
    assertThat(usage(dora, "90 model").words())
        .isEqualTo("Brugt af dora i de sidste 90 dage\n1 billede · 0,04 USD");
  }
}
