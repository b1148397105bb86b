package dev.plantain.chat;

import static dev.plantain.chat.Scene.photo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.PlatformException;
import dev.plantain.quota.AuditResult;
import dev.plantain.quota.Cost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ends the process after commits and calls of each story, and fails calls of the platform: in the
 * end everything accepted is answered once.
 */
class KilledProcessTest {
  private static final Duration STEP = Duration.ofSeconds(2);

  @TempDir Path folder;

  /** The events of a story, and what has to stand in the chat at its end. */
  // The functions hold no state.
  @SuppressWarnings("ImmutableEnumChecker")
  enum Story {
    PHOTO_WITH_WORDS(1, 1, scene -> List.of(asked(scene, "make it night"))),
    ALBUM(
        1,
        1,
        scene ->
            List.of(
                scene.by(scene.ann).toUs().ofAlbum("a").with(photo(1)).message("mix them"),
                scene.by(scene.ann).ofAlbum("a").with(photo(2)).message(""))),
    FOLLOW_UP(
        2,
        2,
        scene ->
            List.of(
                asked(scene, "make it night"),
                scene.by(scene.bob).toUs().message("now add stars"))),
    SEVERAL(2, 2, scene -> List.of(asked(scene, "make it night --count 2"))),
    PHOTO_WITHOUT_WORDS(0, 1, scene -> List.of(asked(scene, ""))),
    TOO_MANY_WORDS(0, 1, scene -> List.of(asked(scene, "x".repeat(Scene.MAX_WORDS + 1)))),
    DAMAGED_PHOTO(
        0,
        1,
        scene ->
            List.of(
                scene.by(scene.ann).toUs().with(new byte[] {1, 2, 3}).message("make it night")));

    private final int pictures;
    private final int posts;
    private final Function<Scene, List<IncomingEvent>> events;

    Story(int pictures, int posts, Function<Scene, List<IncomingEvent>> events) {
      this.pictures = pictures;
      this.posts = posts;
      this.events = events;
    }

    private static IncomingEvent asked(Scene scene, String words) {
      return scene.by(scene.ann).toUs().with(photo(1)).message(words);
    }
  }

  @ParameterizedTest
  @EnumSource(Story.class)
  void aProcessMayEndAnywhere(Story story) throws Exception {
    int points = play(story, Integer.MAX_VALUE).done();
    assertThat(points).isGreaterThan(5);
    for (int point : Fate.sample(1, points)) {
      play(story, point);
    }
  }

  private Fate play(Story story, int point) throws Exception {
    Fate fate = new Fate(point);
    try (Scene scene = new Scene(Files.createDirectory(folder.resolve("run" + point)), fate)) {
      scene.platform.wire(fate);
      scene.model().wire(fate);
      List<IncomingEvent> events = story.events.apply(scene);
      tell(scene, events);
      int asked = scene.model().requests().size();
      boolean inModel = fate.where().equals("model");
      if (fate.over()) {
        Fate immortal = new Fate(Integer.MAX_VALUE);
        scene.platform.wire(immortal);
        scene.restart(immortal);
        tell(scene, events);
        asked += scene.model().requests().size();
      }
      String when = "%s ended after step %d (%s)".formatted(story, point, fate.where());
      expectTheEnd(scene, story, when);
      assertThat(asked).as(when).isEqualTo(story.pictures + (inModel && fate.over() ? 1 : 0));
    }
    return fate;
  }

  /** Hands the events in as a platform does that repeats what was not taken, and runs them. */
  private static void tell(Scene scene, List<IncomingEvent> events) {
    try {
      scene.accept(events.toArray(IncomingEvent[]::new));
      scene.run();
      scene.run(STEP);
      scene.accept(events.toArray(IncomingEvent[]::new));
      scene.settle();
    } catch (RuntimeException | Fate.Killed e) {
      assertThat(e).hasStackTraceContaining("the process is over");
    }
  }

  private static void expectTheEnd(Scene scene, Story story, String when) {
    assertThat(scene.count("job where state <> 'ended'")).as(when).isZero();
    assertThat(scene.count("card where state not in ('delivered', 'refused')")).as(when).isZero();
    assertThat(scene.count("album_piece where event <> ''")).as(when).isZero();
    assertThat(scene.count("posting where message is null")).as(when).isZero();
    assertThat(scene.count("turn where author = 'model'")).as(when).isEqualTo(story.pictures);
    assertThat(scene.spent())
        .as(when)
        .isEqualTo(new Cost(story.pictures, story.pictures * Scene.PRICE));
    assertThat(scene.audit()).as(when).isInstanceOf(AuditResult.Agrees.class);
    assertThat(scene.count("reservation")).as(when).isZero();
    List<FakePlatform.Post> posts = scene.platform.posts();
    assertThat(posts).as(when).hasSize(story.posts);
    assertThat(posts.stream().filter(post -> post.file().isPresent()))
        .as(when)
        .hasSize(story.pictures);
    assertThat(posts)
        .as(when)
        .noneMatch(post -> post.buttons().stream().anyMatch(data -> data.startsWith("cancel")));
  }

  @ParameterizedTest
  @EnumSource(Story.class)
  void anyCallOfThePlatformMayFailOrLoseItsAnswer(Story story) throws Exception {
    List<String> calls = new ArrayList<>();
    try (Scene scene = new Scene(Files.createDirectory(folder.resolve("rehearsal")))) {
      tell(scene, story.events.apply(scene));
      calls.addAll(scene.platform.calls());
    }
    for (int call : Fate.sample(0, calls.size())) {
      for (boolean afterwards : new boolean[] {false, true}) {
        for (PlatformException failure : failures(afterwards)) {
          failOnce(story, call, afterwards, failure);
        }
      }
    }
  }

  private static List<PlatformException> failures(boolean afterwards) {
    return afterwards
        ? List.of(FakePlatform.noAnswer())
        : Stream.of(FakePlatform.noAnswer(), FakePlatform.busy(Duration.ofSeconds(7))).toList();
  }

  private void failOnce(Story story, int call, boolean afterwards, PlatformException failure)
      throws Exception {
    String name = call + "-" + afterwards + "-" + failure.getMessage();
    try (Scene scene = new Scene(Files.createDirectory(folder.resolve(name)))) {
      scene.platform.failsAt(call, afterwards, failure);
      tell(scene, story.events.apply(scene));
      String when = story + " with call " + name;
      expectTheEnd(scene, story, when);
      assertThat(scene.model().requests()).as(when).hasSize(story.pictures);
    }
  }
}
