package dev.plantain.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSettingTest {
  private static final String TOKEN = "123456:AAF-not-a-real-token";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {TOKEN, TOKEN + "\n", TOKEN + "\r\n", "\uFEFF" + TOKEN})
  void aSecretIsReadFromTheFileThatAVariableNames(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), content);

    Orchard orchard =
        Configuration.load(Orchard.class, Map.of("TELEGRAM_TOKEN_FILE", file.toString()));

    assertThat(orchard.telegram().token()).contains(new Secret(TOKEN));
  }

  @Test
  void aSecretIsReadFromTheFileThatTheSettingsName() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), TOKEN);

    Orchard orchard = new Orchard.Folder(folder).load("telegram: {token-file: " + file + "}\n");

    assertThat(orchard.telegram().token()).contains(new Secret(TOKEN));
  }

  @Test
  void aSecretThatIsGivenTwiceIsAFault() throws IOException {
    assertThat(
            Orchard.faults(
                Orchard.class, Map.of("TELEGRAM_TOKEN", TOKEN, "TELEGRAM_TOKEN_FILE", "/token")))
        .singleElement()
        .satisfies(fault ->
            assertThat(fault.toString())
                .contains("TELEGRAM_TOKEN:", "TELEGRAM_TOKEN_FILE is set too")
                .doesNotContain(TOKEN));
    assertThat(
            new Orchard.Folder(folder).faults("telegram:\n  token: x1234\n  token-file: /token\n"))
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.place()).endsWith("plantain.yaml, line 2");
          assertThat(fault.problem()).contains("telegram.token-file is set too");
        });
  }

  @Test
  void aSecretFileThatCannotBeReadIsAFaultThatNamesIt() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    Path lines = Files.writeString(folder.resolve("lines"), TOKEN + "\nand more\n");

    assertThat(faultOfTokenFile("/no/such/file"))
        .contains("variable TELEGRAM_TOKEN_FILE: /no/such/file: There is no such file.");
    assertThat(faultOfTokenFile(folder.toString())).contains("It is a folder");
    assertThat(faultOfTokenFile(empty.toString())).contains("is empty");
    assertThat(faultOfTokenFile(lines.toString()))
        .contains("telegram.token cannot be what stands there", "one line")
        .doesNotContain("AAF");
  }

  private String faultOfTokenFile(String file) {
    List<Fault> faults = Orchard.faults(Orchard.class, Map.of("TELEGRAM_TOKEN_FILE", file));
    assertThat(faults).hasSize(1);
    return faults.getFirst().toString();
  }

  @Test
  void noFaultGivesASecretAway() throws IOException {
    ConfigurationException refused =
        new Orchard.Folder(folder)
            .refused(
                "telegram:\n  token: \"" + TOKEN + "\"\n  transport: \"x " + TOKEN + "\"\n",
                Map.of());

    assertThat(refused.getMessage()).doesNotContain(TOKEN).contains("x (secret)");
    assertThat(refused).hasNoCause();
    assertThat(
            new Orchard.Folder(folder).faults("telegram:\n  token: \"" + TOKEN + "\n").toString())
        .doesNotContain("AAF");
    assertThat(new Orchard.Folder(folder).faults("telegram: " + TOKEN + "\n").toString())
        .doesNotContain("AAF");
    assertThat(
            new Orchard.Folder(folder)
                .faults("telegram:\n  api-url: http://user:pa55@host\n")
                .toString())
        .doesNotContain("pa55");
  }
}
