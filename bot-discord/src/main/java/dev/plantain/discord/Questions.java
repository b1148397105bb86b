package dev.plantain.discord;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plantain.platform.Attachment;
import dev.plantain.text.HarmlessText;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.components.attachmentupload.AttachmentUpload;
import net.dv8tion.jda.api.components.label.Label;
import net.dv8tion.jda.api.components.textinput.TextInput;
import net.dv8tion.jda.api.components.textinput.TextInputStyle;
import net.dv8tion.jda.api.modals.Modal;

/**
 * The windows in which we ask for words, and what their answers are about.
 *
 * <p>What a window is about stands in its id, with two exceptions. Pictures of a message from whose
 * menu it was opened: without the message content intent Discord shows them to us then and never
 * again, and their addresses are longer than an id may be. And what was given with a command that
 * came without words, where that is pictures or more than an id has room for. Both are kept in
 * memory for as long as somebody may take to answer. After a restart the pictures of a message are
 * asked for again, which succeeds with the intent only, and a command must be given again.
 */
final class Questions {

  /** Characters of a title and of a label (Components, Label; Interactions, Modal). */
  private static final int MOST_LABEL = 45;

  private static final int MOST_WORDS = 4000;
  private static final int REMEMBERED = 1_000;
  private static final String WORDS = "words";
  private static final String PICTURES = "pictures";

  private final Map<String, Shown> shown =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Shown> eldest) {
              return size() > REMEMBERED;
            }
          });

  /**
   * What came with what opened a window.
   *
   * @param ours the message from whose menu it was opened is ours
   * @param options that were chosen with a command
   */
  record Shown(boolean ours, List<Attachment> pictures, Map<String, String> options) {
    Shown(boolean ours, List<Attachment> pictures) {
      this(ours, pictures, Map.of());
    }
  }

  /** What the answer of a window is about, as its id tells. */
  sealed interface About {

    String id();

    /** The button of a card, which stands with the answer. */
    record OurCard() implements About {
      @Override
      public String id() {
        return CARD;
      }
    }

    /** A message from whose menu a command was chosen. */
    record SomeMessage(String command, String message) implements About {
      @Override
      public String id() {
        return MESSAGE + command + ":" + message;
      }
    }

    /**
     * A command that came without words.
     *
     * @param given the options that came with it; empty where all that came is remembered
     */
    record Unsaid(String command, String interaction, Optional<Map<String, String>> given)
        implements About {
      @Override
      public String id() {
        return COMMAND
            + command
            + ":"
            + interaction
            + given.map(options -> ":" + written(options)).orElse("");
      }
    }

    /** A person from whose menu a command was chosen. */
    record SomePerson(String command, String user) implements About {
      @Override
      public String id() {
        return PERSON + command + ":" + user;
      }
    }
  }

  private static final String CARD = "q";
  private static final String MESSAGE = "m:";
  private static final String PERSON = "u:";
  private static final String COMMAND = "c:";

  /** What a command that came without words is about, with as much of it as an id can hold. */
  static About.Unsaid unsaid(String command, String interaction, Shown given) {
    About.Unsaid whole = new About.Unsaid(command, interaction, Optional.of(given.options()));
    return given.pictures().isEmpty() && whole.id().length() <= Modal.MAX_ID_LENGTH
        ? whole
        : new About.Unsaid(command, interaction, Optional.empty());
  }

  private static String written(Map<String, String> options) {
    return options.entrySet().stream()
        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
        .sorted()
        .collect(Collectors.joining("&"));
  }

  private static Map<String, String> read(String written) {
    return Arrays.stream(written.split("&"))
        .map(each -> each.split("=", 2))
        .filter(each -> each.length == 2)
        .collect(Collectors.toMap(each -> each[0], each -> URLDecoder.decode(each[1], UTF_8)));
  }

  /** Empty for an id that we never gave. */
  static Optional<About> about(String id) {
    if (id.equals(CARD)) {
      return Optional.of(new About.OurCard());
    }
    String[] parts = id.split(":", 4);
    if (parts.length < 3 || !DiscordRefs.isId(parts[2])) {
      return Optional.empty();
    }
    return switch (parts[0] + ":") {
      case MESSAGE -> Optional.of(new About.SomeMessage(parts[1], parts[2]));
      case PERSON -> Optional.of(new About.SomePerson(parts[1], parts[2]));
      case COMMAND ->
          Optional.of(
              new About.Unsaid(
                  parts[1],
                  parts[2],
                  parts.length < 4 ? Optional.empty() : Optional.of(read(parts[3]))));
      default -> Optional.empty();
    };
  }

  /** A window that asks for words. */
  static Modal window(About about, String title, String question) {
    return begun(about, title, question).build();
  }

  /** A window that asks for words, and takes as many pictures as Discord lets. */
  static Modal window(About about, String title, String question, String pictures) {
    return begun(about, title, question)
        .addComponents(
            Label.of(
                cut(pictures),
                AttachmentUpload.create(PICTURES)
                    .setRequired(false)
                    .setRequiredRange(0, AttachmentUpload.MAX_UPLOADS)
                    .build()))
        .build();
  }

  private static Modal.Builder begun(About about, String title, String question) {
    TextInput words =
        TextInput.create(WORDS, TextInputStyle.PARAGRAPH).setMaxLength(MOST_WORDS).build();
    return Modal.create(about.id(), cut(title)).addComponents(Label.of(cut(question), words));
  }

  private static String cut(String text) {
    String line = HarmlessText.abbreviated(HarmlessText.line(text), MOST_LABEL);
    return HarmlessText.isInvisible(line) ? "…" : line;
  }

  /** The id of the field in which the words stand. */
  static String words() {
    return WORDS;
  }

  /** The id of the field with the pictures. */
  static String pictures() {
    return PICTURES;
  }

  void remember(About about, Shown what) {
    shown.put(about.id(), what);
  }

  Optional<Shown> recall(About about) {
    return Optional.ofNullable(shown.get(about.id()));
  }
}
