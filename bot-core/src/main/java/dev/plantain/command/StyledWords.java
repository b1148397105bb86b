package dev.plantain.command;

import dev.plantain.style.Style;
import dev.plantain.style.Styles;
import dev.plantain.text.Language;
import dev.plantain.text.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Puts what a member wrote into the slots of the style that they named. */
public final class StyledWords {
  /** The second is what Chinese keyboards write. */
  private static final Pattern BETWEEN_SLOTS = Pattern.compile("[|｜]");

  private final Styles styles;

  public StyledWords(Styles styles) {
    this.styles = styles;
  }

  /**
   * What became of a request.
   *
   * @param flags with the words of the request; as they were written where there is a refusal
   * @param style empty where none was named, or none of that name is known
   * @param refusal what is missing or too much; then nothing is to be asked for
   */
  public record Styled(RequestWords.Flags flags, Optional<Style> style, Optional<Message> refusal) {

    /** What there has to be a picture for, and is none. */
    public Optional<Message> refusalWithoutPicture(Language language) {
      return style
          .filter(named -> named.kind() == Style.Kind.EDITS)
          .map(named ->
              new Message.StyleNeedsPicture(named.in(language).name(), how(named, language)));
    }
  }

  /** Without a style, the words stay as they are. */
  public Styled fill(RequestWords.Flags flags, Language language) {
    if (flags.style().isEmpty()) {
      return new Styled(flags, Optional.empty(), Optional.empty());
    }
    String name = flags.style().get();
    Optional<Style> style = styles.find(name);
    return style.isPresent()
        ? fill(style.get(), flags, language)
        : new Styled(flags, style, Optional.of(unknown(name, language)));
  }

  /**
   * As {@link #fill}, for words that take the place of earlier ones. Nobody tells us of the command
   * in which they stand: where the earlier ones were made of a style, they begin with a style.
   */
  public Styled change(RequestWords.Flags flags, String earlier, Language language) {
    if (flags.style().isEmpty() && styles.all().stream().anyMatch(style -> style.made(earlier))) {
      Optional<Styles.Named> named = styles.begins(flags.words());
      if (named.isPresent()) {
        return fill(named.get().style(), flags.with(named.get().rest()), language);
      }
    }
    return fill(flags, language);
  }

  private static Styled fill(Style style, RequestWords.Flags flags, Language language) {
    int slots = style.slots().size();
    // Where nothing has to be kept apart, the sign is one of the member's.
    List<String> given =
        slots == 1
            ? List.of(flags.words())
            : Arrays.stream(BETWEEN_SLOTS.split(flags.words(), -1)).map(String::strip).toList();
    String name = style.in(language).name();
    if (given.size() > slots) {
      return refused(
          style, flags, new Message.StyleTooMany(name, slots, given.size(), how(style, language)));
    }
    List<String> labels = style.labels(language);
    List<String> missing = new ArrayList<>();
    for (int slot = 0; slot < slots; slot++) {
      if (slot >= given.size() || given.get(slot).isEmpty()) {
        missing.add(labels.get(slot));
      }
    }
    return missing.isEmpty()
        ? new Styled(flags.with(style.fill(language, given)), Optional.of(style), Optional.empty())
        : refused(
            style,
            flags,
            new Message.StyleMissing(name, String.join(", ", missing), how(style, language)));
  }

  private static Styled refused(Style style, RequestWords.Flags flags, Message why) {
    return new Styled(flags, Optional.of(style), Optional.of(why));
  }

  Message unknown(String written, Language language) {
    String asked = PictureSettings.shortened(written);
    return styles
        .nearest(written)
        .<Message>map(meant -> new Message.StyleUnknownMeant(asked, how(meant, language)))
        .orElseGet(() ->
            new Message.StyleUnknown(
                asked,
                styles.all().stream()
                    .map(style -> style.in(language).name())
                    .collect(Collectors.joining(", "))));
  }

  /** What to write for a style: {@code /style Product the product | the light}. */
  static String how(Style style, Language language) {
    return "/style " + style.in(language).name() + " " + String.join(" | ", style.labels(language));
  }

  /** What is sent of a style, with the labels in the place of words. */
  static String sample(Style style, Language language) {
    return style.fill(
        language,
        IntStream.range(0, style.slots().size())
            .mapToObj(slot -> "[" + style.labels(language).get(slot) + "]")
            .toList());
  }
}
