package dev.plantain.discord;

import dev.plantain.platform.Attachment;
import dev.plantain.text.HarmlessText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dv8tion.jda.api.components.label.Label;
import net.dv8tion.jda.api.components.textinput.TextInput;
import net.dv8tion.jda.api.components.textinput.TextInputStyle;
import net.dv8tion.jda.api.modals.Modal;

/**
 * The windows in which we ask for words, and what their answers are about.
 *
 * <p>What a window is about stands in its id, with one exception: the pictures of a message from
 * whose menu it was opened. Without the message content intent Discord shows them to us then and
 * never again, and their addresses are longer than an id may be. They are kept in memory for as
 * long as somebody may take to answer; after a restart they are asked for again, which succeeds
 * with the intent only.
 */
final class Questions {

  /** Characters of a title and of a label (Components, Label; Interactions, Modal). */
  private static final int MOST_LABEL = 45;

  private static final int MOST_WORDS = 4000;
  private static final int REMEMBERED = 1_000;
  private static final String WORDS = "words";

  private final Map<String, Shown> shown =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Shown> eldest) {
              return size() > REMEMBERED;
            }
          });

  /** What Discord showed us of a message or a person. */
  record Shown(boolean ours, List<Attachment> pictures) {}

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

  /** Empty for an id that we never gave. */
  static Optional<About> about(String id) {
    if (id.equals(CARD)) {
      return Optional.of(new About.OurCard());
    }
    String[] parts = id.split(":", 3);
    if (parts.length < 3 || !DiscordRefs.isId(parts[2])) {
      return Optional.empty();
    }
    return switch (parts[0] + ":") {
      case MESSAGE -> Optional.of(new About.SomeMessage(parts[1], parts[2]));
      case PERSON -> Optional.of(new About.SomePerson(parts[1], parts[2]));
      default -> Optional.empty();
    };
  }

  static Modal window(About about, String title, String question) {
    TextInput words =
        TextInput.create(WORDS, TextInputStyle.PARAGRAPH).setMaxLength(MOST_WORDS).build();
    return Modal.create(about.id(), cut(title))
        .addComponents(Label.of(cut(question), words))
        .build();
  }

  private static String cut(String text) {
    String line = HarmlessText.abbreviated(HarmlessText.line(text), MOST_LABEL);
    return HarmlessText.isInvisible(line) ? "…" : line;
  }

  /** The id of the field in which the words stand. */
  static String words() {
    return WORDS;
  }

  void remember(About about, Shown what) {
    shown.put(about.id(), what);
  }

  Optional<Shown> recall(About about) {
    return Optional.ofNullable(shown.get(about.id()));
  }
}
