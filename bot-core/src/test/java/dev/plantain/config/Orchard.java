package dev.plantain.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of every kind, for tests. */
record Orchard(
    @About("Where everything is kept.") @Default("data") Path dataDir,
    @About("How long a pause ends a session.")
        @Default("60 min")
        @Between(least = "1 min", most = "30 d")
        Duration idleTime,
    @About("Pictures at once.") @Default("4") @Between(least = "1", most = "64") int workers,
    @About("The largest upload.") @Default("20 MB") ByteCount largestUpload,
    @About("Whether to be kind.") @Default("true") boolean kind,
    @About("How much of it.") @Default("0.5") double share,
    @About("A long number.") @Default("-5000000000") long offset,
    @About("Who may do everything.") @Default("") List<String> owners,
    @About("Numbers of chats.") @Default("-100, 7") List<Integer> chats,
    @About("Telegram.") Telegram telegram) {
  enum Transport {
    LONG_POLL,
    WEBHOOK
  }

  record Telegram(
      @About("The token from BotFather.") Optional<Secret> token,
      @About("The address of the Bot API server.") @Default("https://api.telegram.org") URI apiUrl,
      @About("How updates come.") @Default("long-poll") Transport transport,
      @About("Least pause.") @Default("1 s") Duration leastPause,
      @About("Most pause.") @Default("30 s") Duration mostPause,
      @About("What it calls itself.") Optional<String> nickname) {
    public Telegram {
      if (leastPause.compareTo(mostPause) > 0) {
        throw new IllegalArgumentException("least-pause is longer than most-pause");
      }
      if (nickname.map(name -> name.equals("nobody")).orElse(false)) {
        throw new IllegalArgumentException("it has to have a name");
      }
    }
  }

  /** The settings in a folder that a test may write to. */
  record Folder(Path path) {
    Orchard load(String yaml) throws IOException {
      return load(yaml, Map.of());
    }

    Orchard load(String yaml, Map<String, String> environment) throws IOException {
      return Configuration.load(Orchard.class, write(yaml), environment);
    }

    ConfigurationException refused(String yaml, Map<String, String> environment)
        throws IOException {
      Path file = write(yaml);
      return catchThrowableOfType(
          ConfigurationException.class, () -> Configuration.load(Orchard.class, file, environment));
    }

    List<Fault> faults(String yaml) throws IOException {
      return refused(yaml, Map.of()).faults();
    }

    private Path write(String yaml) throws IOException {
      return Files.writeString(path.resolve("plantain.yaml"), yaml);
    }
  }

  static List<Fault> faults(Path file) {
    return catchThrowableOfType(
            ConfigurationException.class, () -> Configuration.load(Orchard.class, file, Map.of()))
        .faults();
  }

  static List<Fault> faults(Class<? extends Record> settings, Map<String, String> environment) {
    return catchThrowableOfType(
            ConfigurationException.class, () -> Configuration.load(settings, environment))
        .faults();
  }
}
