package dev.plantain.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.config.Configuration;
import dev.plantain.config.ExampleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsFileTest {
  private static final Path FILE =
      Path.of(System.getProperty("plantain.root", ".."), "config", "plantain.yaml");

  /** To write it anew: {@code ./plantain settings > config/plantain.yaml}. */
  @Test
  void theFileInTheRepositoryHoldsEverySettingWithItsDefault() throws IOException {
    assertThat(Files.readString(FILE)).isEqualTo(ExampleFile.of(OperatorSettings.class));
  }

  @Test
  void theFileAsItIsGivesTheDefaults() {
    assertThat(Configuration.load(OperatorSettings.class, FILE, Map.of()))
        .isEqualTo(Configuration.load(OperatorSettings.class, Map.of()));
  }

  @Test
  void theNamesThatPeopleRelyOnHold() {
    OperatorSettings settings =
        Configuration.load(
            OperatorSettings.class,
            Map.of(
                "TELEGRAM_TOKEN", "1:a",
                "TELEGRAM_API_URL", "http://127.0.0.1:8081",
                "DISCORD_TOKEN", "a.b.c",
                "DISCORD_API_URL", "http://127.0.0.1:8083/api/v10/",
                "GEMINI_API_KEY", "key",
                "GEMINI_BASE_URL", "http://127.0.0.1:8082",
                "GEMINI_MODEL", "gemini-3-pro-image",
                "DATA_DIR", "elsewhere"));
    assertThat(settings.telegram().token().orElseThrow().reveal()).isEqualTo("1:a");
    assertThat(settings.telegram().apiUrl()).hasToString("http://127.0.0.1:8081");
    assertThat(settings.discord().token().orElseThrow().reveal()).isEqualTo("a.b.c");
    assertThat(settings.discord().apiUrl()).hasToString("http://127.0.0.1:8083/api/v10");
    assertThat(settings.gemini().apiKey().orElseThrow().reveal()).isEqualTo("key");
    assertThat(settings.gemini().baseUrl()).hasToString("http://127.0.0.1:8082");
    assertThat(settings.gemini().model()).isEqualTo("gemini-3-pro-image");
    assertThat(settings.dataDir()).isEqualTo(Path.of("elsewhere"));
  }
}
