package dev.plantain.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Does what the README says, with the launcher, as a newcomer would. */
@Timeout(300)
class ReadmeIT {
  private static final Path ROOT =
      Path.of(System.getProperty("plantain.root", "..")).toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;
  private TelegramHouse house;

  @BeforeAll
  static void remember() {
    RunningJar.remember();
  }

  @BeforeEach
  void open() throws IOException {
    house = new TelegramHouse(folder);
    Files.write(folder.resolve("photo.jpg"), house.photo);
    Files.createDirectory(folder.resolve("config"));
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void theCommandsAreTheseAndNoOthers() throws IOException {
    assertThat(commands())
        .containsExactly(
            "./plantain try photo.jpg \"make it nighttime\"",
            "./plantain try --continue \"now add stars\"",
            "export TELEGRAM_TOKEN=123456:ABC-your-token",
            "export GEMINI_API_KEY=your-key",
            "./plantain doctor",
            "./plantain run",
            "export DISCORD_TOKEN=your-token",
            "export GEMINI_API_KEY=your-key",
            "./plantain doctor",
            "./plantain run",
            "./plantain settings > config/plantain.yaml",
            // This very build.
            "./mvnw verify");
  }

  @Test
  void aPhotoIsEditedAndEditedOnWithoutAnyKey() throws Exception {
    String first = run(commands().get(0), Map.of());
    assertThat(written(first)).exists().isNotEmptyFile();
    assertThat(first).contains("no AI");
    String second = run(commands().get(1), Map.of());
    assertThat(written(second)).exists().isNotEmptyFile();
    assertThat(written(second)).isNotEqualTo(written(first));
    assertThat(Files.mismatch(written(first), written(second))).isNotNegative();
  }

  @Test
  void theCacheOfWhatJavaLoadsIsMadeOnTheWayThatRequestsGo() throws Exception {
    try (RunningJar warmUp = RunningJar.start(folder, Map.of(), "warm-up")) {
      assertThat(warmUp.exitStatus()).as(warmUp.output()).isZero();
    }
  }

  @Test
  void theDoctorFindsEverythingWell() throws Exception {
    assertThat(run("./plantain doctor", house.environment()))
        .contains("@plantain_bot")
        .contains("gemini-nano-banana-2.1")
        .doesNotContain("FAULT");
  }

  @Test
  void theBotServesAGroupUntilItIsStopped() throws Exception {
    Process bot = launch("./plantain run", house.environment());
    try {
      // The launcher may first have to make its cache.
      house.telegram.awaitPoll();
      house.telegram.photo(house.ann, house.group, house.photo, "@plantain_bot make it nighttime");
      house.awaitShown(1);
    } finally {
      bot.destroy();
      bot.waitFor();
    }
  }

  @Test
  void theFileOfSettingsIsWrittenAnew() throws Exception {
    run("./plantain settings > config/plantain.yaml", Map.of());
    assertThat(folder.resolve("config/plantain.yaml"))
        .hasSameTextualContentAs(ROOT.resolve("config/plantain.yaml"));
  }

  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(Files.readString(ROOT.resolve("README.md")));
    while (blocks.find()) {
      blocks.group(1).lines().filter(line -> !line.isBlank()).forEach(commands::add);
    }
    return commands;
  }

  private static Path written(String output) {
    Matcher matcher = Pattern.compile("Written to (.+)").matcher(output);
    assertThat(matcher.find()).as(output).isTrue();
    return Path.of(matcher.group(1));
  }

  private String run(String command, Map<String, String> environment) throws Exception {
    Process process = launch(command, environment);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended in time").isTrue();
    String output = Files.readString(folder.resolve("output.txt"));
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  private Process launch(String command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash",
                "-c",
                "exec " + command.replace("./plantain", ROOT.resolve("plantain").toString()))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile());
    builder.environment().keySet().removeIf(RunningJar::isSetting);
    builder.environment().putAll(new TreeMap<>(environment));
    return builder.start();
  }
}
