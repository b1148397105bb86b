package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.platform.MessageRef;
import dev.plantain.platform.RoleRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gives every command of docs/moderating.md, in its order, as a moderator would. */
class ModeratingGuideTest {
  @TempDir Path folder;

  private static List<String> commands() throws IOException {
    Path guide = Path.of(System.getProperty("plantain.root"), "docs", "moderating.md");
    List<String> commands = new ArrayList<>();
    boolean code = false;
    for (String line : Files.readAllLines(guide)) {
      if (line.equals("```")) {
        code = !code;
      } else if (code) {
        commands.add(line);
      }
    }
    return commands;
  }

  @Test
  void everyCommandOfTheGuideDoesSomething() throws IOException {
    List<String> commands = commands();
    assertThat(commands).hasSizeGreaterThan(20);
    try (Scene scene = new Scene(folder)) {
      scene.platform.governs(scene.bob.member());
      for (String command : commands) {
        assertThat(answer(scene, command))
            .as(command)
            .isNotEmpty()
            .doesNotStartWith("I do not know")
            .doesNotStartWith("I did not understand")
            .doesNotStartWith("I have not met")
            .doesNotStartWith("Only those who run")
            .doesNotStartWith("For whom?")
            .doesNotStartWith("To whom?")
            .doesNotStartWith("How much")
            .doesNotStartWith("You have only")
            .doesNotContain("cannot");
      }
    }
  }

  private static String answer(Scene scene, String command) {
    String[] words = command.substring(1).split(" ", 2);
    Scene.Speech speech =
        scene
            .by(scene.bob)
            .naming(Scene.person("Ann"))
            .naming(new RoleRef(FakePlatform.ID, "7"), "Artists");
    if (words[0].equals("give") || words[0].equals("donate")) {
      // What somebody passes on they must have been given.
      MessageRef granted = scene.by(scene.bob).naming(scene.bob).commands("grant", "@bob 1");
      scene.settle();
      assertThat(scene.answerTo(granted).words()).contains("bob now has");
    }
    MessageRef asked = speech.commands(words[0], words.length < 2 ? "" : words[1]);
    scene.settle();
    return scene.answerTo(asked).words();
  }
}
