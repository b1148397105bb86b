package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.platform.EventSink.LastSeen;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.PlatformId;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What platforms are told that do not keep what was said while we were away. */
class LastSeenTest {
  @TempDir Path folder;
  private Scene scene;

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
  }

  @AfterEach
  void end() {
    scene.close();
  }

  private LastSeen lastSeen() {
    return scene.plantain().sink().lastSeen(FakePlatform.ID);
  }

  @Test
  void itIsTheLastThingThatAMemberSaidInEachChat() {
    scene.by(scene.ann).toUs().says("a lighthouse");
    MessageRef later = scene.by(scene.bob).toUs().says("at night");
    MessageRef direct = scene.by(scene.ann).in(scene.annsRoom).says("a cat");
    scene.settle();

    // Not our card, which may have been posted after something that was said in our absence.
    assertThat(lastSeen().messages()).containsExactlyInAnyOrder(later, direct);
    assertThat(scene.plantain().sink().lastSeen(new PlatformId("other")).messages()).isEmpty();
  }

  @Test
  void whatIsTooOldIsNotAnsweredAndAChatThatSleepsIsNotLookedAt() {
    scene.by(scene.ann).toUs().says("a lighthouse");
    scene.settle();

    assertThat(lastSeen().notBefore()).isEqualTo(scene.clock.instant().minus(Duration.ofHours(6)));
    scene.clock.advance(Duration.ofDays(8));
    assertThat(lastSeen().messages()).isEmpty();
  }

  @Test
  void whatIsHandedInOnceMoreIsPassedOver() {
    IncomingEvent.Message message = scene.by(scene.ann).toUs().message("a lighthouse");
    scene.accept(message);
    scene.settle();

    scene.accept(message);
    scene.settle();

    assertThat(scene.answersTo(message.said().message())).hasSize(1);
  }

  @Test
  void whoeverIsShownThatAnAnswerIsComingGetsItEachTime() {
    for (String key : new String[] {"withheld:1", "withheld:2"}) {
      MessageRef message = scene.platform.nextMessage(scene.group.chat());
      scene.accept(new IncomingEvent.Withheld(key, scene.group, scene.bob, message, true));
      scene.settle();
      assertThat(scene.answerTo(message).words()).contains("Edit this image");
    }
  }

  @Test
  void whoeverSpeaksToUsUnreadablyIsPointedToAnotherWayOnceInAChat() {
    for (String key : new String[] {"withheld:1", "withheld:2"}) {
      MessageRef message = scene.platform.nextMessage(scene.group.chat());
      scene.accept(new IncomingEvent.Withheld(key, scene.group, scene.bob, message, false));
      scene.settle();
    }

    assertThat(scene.posts(scene.group)).hasSize(1);
    assertThat(scene.lastPost(scene.group).words()).contains("Edit this image");
  }
}
