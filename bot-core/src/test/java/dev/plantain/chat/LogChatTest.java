package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.chat.Fate.Killed;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.Sender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chat in which what moderators do is written down. */
class LogChatTest {
  @TempDir Path folder;
  private final Sender bob = Scene.person("bob");
  private final Sender carl = Scene.person("carl");

  private Scene begin() {
    return begin(folder);
  }

  private Scene begin(Path where) {
    Scene scene = new Scene(where);
    scene.platform.governs(bob.member());
    return scene;
  }

  private static Place room(Scene scene) {
    return new Place(new ChatRef(FakePlatform.ID, "room"), scene.group.community(), false);
  }

  private String commands(Scene scene, Place where, String name, String words) {
    MessageRef asked = scene.by(bob).in(where).naming(carl).commands(name, words);
    scene.settle();
    return scene.answerTo(asked).words();
  }

  private String commands(Scene scene, String name, String words) {
    return commands(scene, scene.group, name, words);
  }

  private static List<String> written(Scene scene) {
    return scene.posts(room(scene)).stream()
        .filter(post -> post.key().startsWith("log:"))
        .map(FakePlatform.Post::words)
        .toList();
  }

  private static void look(Scene scene) {
    scene.plantain().showProgressOnce();
    scene.run();
  }

  private static void lookFor(Scene scene, Duration time) {
    for (int second = 0; second < time.toSeconds(); second++) {
      scene.run(Duration.ofSeconds(1));
      look(scene);
    }
  }

  @Test
  void whatIsDoneAfterItWasChosenIsWrittenDownInOneMessage() {
    try (Scene scene = begin()) {
      commands(scene, "limit", "members 3/day");
      assertThat(commands(scene, room(scene), "log", "here")).startsWith("✅ From now on");
      commands(scene, "ban", "@carl 1h too many");
      commands(scene, "limit", "members off");

      look(scene);

      assertThat(written(scene))
          .containsExactly("bob: /ban @carl 1h too many\nbob: /limit members off");
      look(scene);
      assertThat(written(scene)).hasSize(1);
    }
  }

  @Test
  void thereIsOneMessageInFiveSecondsAtMost() {
    try (Scene scene = begin()) {
      commands(scene, room(scene), "log", "here");
      commands(scene, "limit", "members 1/day");
      look(scene);
      IntStream.range(0, 12).forEach(i -> commands(scene, "limit", "members " + (i + 2) + "/day"));
      int before = written(scene).size();
      look(scene);
      lookFor(scene, Duration.ofSeconds(4));
      assertThat(written(scene)).hasSizeLessThanOrEqualTo(before + 1);

      lookFor(scene, Duration.ofSeconds(20));

      assertThat(written(scene).stream().flatMap(String::lines).toList())
          .isEqualTo(
              IntStream.rangeClosed(1, 13)
                  .mapToObj(i -> "bob: /limit members " + i + "/day")
                  .toList());
      assertThat(written(scene)).hasSize(3);
    }
  }

  @Test
  void reportsAreWrittenDownToo() {
    try (Scene scene = begin()) {
      commands(scene, room(scene), "log", "here");
      MessageRef asked = scene.by(scene.ann).toUs().says("a cat");
      scene.settle();
      scene.by(carl).replyingTo(scene.answerTo(asked)).commands("report", "rude @bob");
      scene.settle();

      look(scene);

      assertThat(written(scene)).containsExactly("carl: /report #1 rude @bob");
    }
  }

  @Test
  void nothingIsWrittenDownAnyMoreOnceItIsOff() {
    try (Scene scene = begin()) {
      commands(scene, room(scene), "log", "here");
      look(scene);
      assertThat(commands(scene, "log", "")).startsWith("What moderators do is written down in an");
      assertThat(commands(scene, "log", "off")).contains("in no chat");
      commands(scene, "limit", "members 1/day");
      look(scene);
      assertThat(written(scene)).isEmpty();

      commands(scene, room(scene), "log", "here");
      look(scene);
      commands(scene, "limit", "members 2/day");
      look(scene);
      assertThat(written(scene)).containsExactly("bob: /limit members 2/day");
    }
  }

  @Test
  void onlyModeratorsChooseIt() {
    try (Scene scene = begin()) {
      MessageRef asked = scene.by(carl).commands("log", "here");
      scene.settle();

      assertThat(scene.answerTo(asked).words()).startsWith("Only those who");
      assertThat(scene.count("duty_chat")).isZero();
    }
  }

  @Test
  void aChatThatCannotBeWrittenToForADayIsSwitchedOff() {
    try (Scene scene = begin()) {
      commands(scene, room(scene), "log", "here");
      commands(scene, "limit", "members 1/day");
      scene.platform.close(room(scene).chat());
      int posts = scene.platform.posts().size();
      look(scene);
      for (int hour = 0; hour < 23; hour++) {
        scene.run(Duration.ofHours(1));
      }
      assertThat(scene.count("duty_chat")).isEqualTo(1);

      scene.run(Duration.ofHours(2));
      look(scene);

      assertThat(scene.count("duty_chat")).isZero();
      assertThat(scene.platform.posts()).hasSize(posts);
      assertThat(scene.count("job where state <> 'ended'")).isZero();
      assertThat(commands(scene, "audit", "")).contains("/log off (could not be written to)");
    }
  }

  @Test
  void eachDeedIsWrittenDownOnceWhereverTheProcessEnds() throws IOException {
    int points = play(Integer.MAX_VALUE);
    assertThat(points).isGreaterThan(4);
    for (int point : Fate.sample(1, points)) {
      play(point);
    }
  }

  private int play(int point) throws IOException {
    Fate fate = new Fate(point);
    try (Scene scene = begin(Files.createDirectory(folder.resolve("run" + point)))) {
      commands(scene, room(scene), "log", "here");
      look(scene);
      commands(scene, "limit", "members 1/day");
      commands(scene, "limit", "members 2/day");
      scene.restart(fate);
      scene.platform.wire(fate);
      mayEnd(() -> look(scene));
      Fate immortal = new Fate(Integer.MAX_VALUE);
      scene.platform.wire(immortal);
      scene.restart(immortal);
      commands(scene, "limit", "members 3/day");
      lookFor(scene, Duration.ofSeconds(15));
      scene.settle();

      assertThat(written(scene).stream().flatMap(String::lines).collect(Collectors.joining("|")))
          .as("ended after step %d", point)
          .isEqualTo(
              "bob: /limit members 1/day|bob: /limit members 2/day|bob: /limit members 3/day");
    }
    return fate.done();
  }

  private static void mayEnd(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Killed e) {
      assertThat(e).hasStackTraceContaining("the process is over");
    }
  }

  @Test
  void aReportHidesOnceWhereverTheProcessEnds() throws IOException {
    int points = playReport(Integer.MAX_VALUE);
    assertThat(points).isGreaterThan(5);
    for (int point : Fate.sample(1, points)) {
      playReport(point);
    }
  }

  private int playReport(int point) throws IOException {
    Fate fate = new Fate(point);
    try (Scene scene = begin(Files.createDirectory(folder.resolve("report" + point)))) {
      commands(scene, "report", "hide 1");
      MessageRef asked = scene.by(scene.ann).toUs().says("a cat");
      scene.settle();
      FakePlatform.Post picture = scene.answerTo(asked);
      IncomingEvent.Message said = scene.by(carl).replyingTo(picture).message("rude");
      IncomingEvent.Command report =
          new IncomingEvent.Command(said.key(), said.place(), carl, said.said(), "report", false);
      scene.restart(fate);
      scene.platform.wire(fate);
      mayEnd(() -> {
        scene.accept(report);
        scene.settle();
      });
      Fate immortal = new Fate(Integer.MAX_VALUE);
      scene.platform.wire(immortal);
      scene.restart(immortal);
      scene.accept(report);
      scene.settle();

      String when = "ended after step " + point;
      List<FakePlatform.Post> posts = scene.posts(scene.group);
      assertThat(posts).filteredOn(post -> post.words().startsWith("🚩")).as(when).hasSize(1);
      assertThat(posts).filteredOn(post -> post.words().startsWith("🙈")).as(when).hasSize(1);
      assertThat(scene.answerTo(said.said().message()).words()).as(when).startsWith("Thank you");
      assertThat(scene.count("audit_deed where command = 'report'")).as(when).isEqualTo(3);
      assertThat(scene.count("job where state <> 'ended'")).as(when).isZero();
    }
    return fate.done();
  }
}
