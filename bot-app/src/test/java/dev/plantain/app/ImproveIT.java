package dev.plantain.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.app.GroupHouse.Seen;
import dev.plantain.image.gemini.AskedOfGemini;
import dev.plantain.image.gemini.ScriptedAnswer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is delivered, with a text model beside the one for pictures. */
class ImproveIT {
  private static final String BETTER = "A tall white lighthouse at dawn.";

  @TempDir private Path folder = Path.of("");

  @Test
  void betterWordsThatWereOfferedBeforeAKillAreLookedAtAndMadeAfterIt() throws Exception {
    try (TelegramHouse house = new TelegramHouse(folder)) {
      house.gemini().hasWriter("a-writer");
      house.gemini().answer(ScriptedAnswer.words(BETTER));
      try (RunningJar jar = RunningJar.start(folder, environment(house), "run")) {
        house.telegram.say(house.ann, house.group, "/improve@plantain_bot a lighthouse");
        house.awaitWords(BETTER);
        jar.kill();
      }
      house.gemini().answer(ScriptedAnswer.words("{\"allowed\": true, \"reason\": \"\"}"));
      house.gemini().answer(house.nightAnswer(""));
      try (RunningJar jar = RunningJar.start(folder, environment(house), "run")) {
        house.presses(house.awaitWords(BETTER), "🎨 Make it");
        Seen picture = house.awaitPictures(1).getFirst();

        assertThat(picture.picture()).contains(house.night());
        assertThat(house.gemini().asked())
            .extracting(AskedOfGemini::words)
            .containsExactly("a lighthouse", BETTER, BETTER);
        assertThat(house.violations()).isEmpty();
        jar.stop();
      }
    }
  }

  private static Map<String, String> environment(TelegramHouse house) {
    Map<String, String> environment = new HashMap<>(house.environment());
    environment.put("TEXT_MODEL", "a-writer");
    environment.put("PRECHECK_LOOKS_AT", "words");
    return environment;
  }
}
