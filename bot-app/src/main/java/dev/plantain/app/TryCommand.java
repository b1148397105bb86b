package dev.plantain.app;

import dev.plantain.platform.Attachment;
import dev.plantain.platform.AttachmentRef;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Said;
import dev.plantain.platform.Sender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Edits one picture from the terminal, through the whole core and without any chat. */
@Command(
    name = "try",
    description = "Edits a picture, or paints one, right here in the terminal.",
    mixinStandardHelpOptions = true)
final class TryCommand implements Callable<Integer> {
  /** The terminal's conversation does not end by itself. */
  private static final Duration EVER = Duration.ofDays(36_500);

  @Spec private CommandSpec spec;

  @Mixin private SettingsOption settingsOption = new SettingsOption();

  @Option(names = "--continue", description = "Go on from the last picture.")
  private boolean goOn;

  @Option(
      names = {"--ar", "--aspect"},
      paramLabel = "RATIO",
      description = "Such as 16:9.")
  private Optional<String> ratio = Optional.empty();

  @Option(names = "--size", paramLabel = "SIZE", description = "Such as 2K.")
  private Optional<String> size = Optional.empty();

  @Option(names = "--model", paramLabel = "MODEL", description = "The model to ask.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the picture goes.")
  private Optional<Path> output = Optional.empty();

  @Parameters(
      arity = "1..*",
      paramLabel = "PHOTO... WORDS",
      description = "Any photos, and last what should be done: photo.jpg \"make it nighttime\"")
  private List<String> arguments = List.of();

  @Override
  public Integer call() {
    OperatorSettings settings = settingsOption.load();
    List<Path> photos = photos();
    MessageRef typed = ConsolePlatform.typed();
    ConsolePlatform console = new ConsolePlatform(spec.commandLine().getOut(), output, typed);
    IncomingEvent event = event(typed, words(), photos, goOn);
    return run(settings, settings.dataDir().resolve("try"), console, event) ? 0 : 1;
  }

  /** Sends one event through the whole core. Returns whether a picture came of it. */
  static boolean run(
      OperatorSettings settings, Path dataDir, ConsolePlatform console, IncomingEvent event) {
    try (House house = House.open(settings, dataDir, EVER, () -> List.of(console))) {
      house.plantain().start();
      house.plantain().sink().accept(List.of(event));
      return console.ended().join();
    }
  }

  private List<Path> photos() {
    List<Path> photos = arguments.subList(0, arguments.size() - 1).stream().map(Path::of).toList();
    for (Path photo : photos) {
      if (!Files.isReadable(photo) || Files.isDirectory(photo)) {
        throw new OperatorException(
            "There is no picture "
                + photo
                + ". Give the photos first and the words last, in quotes:"
                + " plantain try photo.jpg \"make it nighttime\"");
      }
    }
    if (goOn && !photos.isEmpty()) {
      throw new OperatorException(
          "--continue goes on from the last picture and takes no other. Leave out "
              + photos.getFirst()
              + ", or leave out --continue to begin with it.");
    }
    if (photos.isEmpty() && Files.isRegularFile(Path.of(arguments.getLast()))) {
      throw new OperatorException(
          "What should be done with "
              + arguments.getLast()
              + "? Say it in quotes: plantain try "
              + arguments.getLast()
              + " \"make it nighttime\"");
    }
    return photos;
  }

  /** What the operator says in the terminal. */
  static IncomingEvent event(MessageRef typed, String words, List<Path> photos, boolean goOn) {
    String language = Locale.getDefault().toLanguageTag();
    Sender sender = new Sender(ConsolePlatform.MEMBER, "operator", Optional.of(language));
    Said said =
        new Said(
            typed,
            words,
            photos.stream().map(TryCommand::attachment).toList(),
            Optional.empty(),
            Optional.empty());
    String key = "console:" + typed.value();
    return goOn
        ? new IncomingEvent.Message(key, ConsolePlatform.PLACE, sender, said, true)
        : new IncomingEvent.Command(key, ConsolePlatform.PLACE, sender, said, "imagine", true);
  }

  private String words() {
    StringBuilder words = new StringBuilder(arguments.getLast());
    ratio.ifPresent(value -> words.append(" --ar ").append(value));
    size.ifPresent(value -> words.append(" --size ").append(value));
    model.ifPresent(value -> words.append(" --model ").append(value));
    return words.toString();
  }

  private static Attachment attachment(Path photo) {
    return new Attachment(
        new AttachmentRef(ConsolePlatform.ID, photo.toAbsolutePath().toString()),
        Optional.empty(),
        Optional.empty());
  }
}
