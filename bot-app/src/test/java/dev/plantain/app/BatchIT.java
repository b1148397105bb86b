package dev.plantain.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plantain.image.gemini.LoopbackBatches;
import dev.plantain.telegram.LoopbackTelegram.Shown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is delivered takes a batch, is killed, and brings the pictures afterwards. */
class BatchIT {
  @TempDir private Path folder = Path.of("");

  @Test
  void aBatchThatWasSentBeforeAKillComesAfterIt() throws Exception {
    try (LoopbackBatches google = new LoopbackBatches();
        TelegramHouse house = new TelegramHouse(folder)) {
      Map<String, String> environment = environment(house, google);
      try (RunningJar jar = RunningJar.start(folder, environment, "run")) {
        house.telegram.say(house.ann, house.group, "/batch@plantain_bot a fox\na hare");
        house.awaitWords("2 pictures at half price");
        await().atMost(Duration.ofSeconds(60)).until(() -> google.posts() == 1);
        jar.kill();
      }
      google.state("BATCH_STATE_SUCCEEDED");
      try (RunningJar jar = RunningJar.start(folder, environment, "run")) {
        List<Shown> pictures = house.awaitShown(2);
        house.awaitWords("All 2 are here.");

        assertThat(pictures)
            .anyMatch(picture -> picture.text().contains("1 of 2 · a fox"))
            .anyMatch(picture -> picture.text().contains("2 of 2 · a hare"));
        assertThat(google.posts()).isEqualTo(1);
        assertThat(house.violations()).isEmpty();
        jar.stop();
      }
    }
  }

  private static Map<String, String> environment(TelegramHouse house, LoopbackBatches google) {
    Map<String, String> environment = new HashMap<>(house.environment());
    environment.keySet().removeIf(name -> name.startsWith("GEMINI_"));
    environment.put("ENDPOINTS_PATIENT_BASE_URL", google.endpoint().baseUrl().toString());
    environment.put("ENDPOINTS_PATIENT_KEYS", LoopbackBatches.KEY);
    environment.put("ENDPOINTS_PATIENT_BATCHES", "true");
    return environment;
  }
}
