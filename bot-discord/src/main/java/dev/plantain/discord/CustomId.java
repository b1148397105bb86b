package dev.plantain.discord;

import dev.plantain.platform.Card;
import dev.plantain.text.HarmlessText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a button carries to Discord and back, for years: everything that its press needs.
 *
 * @param data as the core gave it
 * @param question what to ask whoever presses it
 */
record CustomId(String data, Optional<String> question) {

  /** Characters of a custom id (Components, Custom ID). */
  private static final int MOST = 100;

  private static final String PLAIN = "v1:";
  private static final String ASKING = "v1?";
  private static final Pattern ASKED = Pattern.compile("v1\\?(\\d{1,2}):(.*)", Pattern.DOTALL);

  static String of(Card.Button button) {
    if (button.question().isEmpty()) {
      return PLAIN + button.data();
    }
    String begin = ASKING + button.data().length() + ":" + button.data();
    return begin
        + HarmlessText.abbreviated(
            HarmlessText.line(button.question().get()), MOST - begin.length());
  }

  /** Empty for what we never wrote. */
  static Optional<CustomId> read(String written) {
    if (written.startsWith(PLAIN)) {
      return Optional.of(new CustomId(written.substring(PLAIN.length()), Optional.empty()));
    }
    Matcher asked = ASKED.matcher(written);
    if (!asked.matches()) {
      return Optional.empty();
    }
    String rest = asked.group(2);
    int length = Integer.parseInt(asked.group(1));
    return length > rest.length()
        ? Optional.empty()
        : Optional.of(new CustomId(rest.substring(0, length), Optional.of(rest.substring(length))));
  }
}
