package dev.plantain.text;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says messages in the languages that have a bundle. */
public final class Messages {
  private final SequencedMap<Language, Bundle> bundles;

  private Messages(SequencedMap<Language, Bundle> bundles) {
    this.bundles = bundles;
  }

  /**
   * With all bundles of the product: a new file {@code messages_<code>.properties} is found by
   * itself. Blocks on the disk; called once.
   *
   * @throws IllegalStateException when a bundle is mistaken, or the English one is missing
   */
  public static Messages load() {
    return of(
        Arrays.stream(Locale.getISOLanguages())
            .map(code -> Bundle.find(new Language(code)))
            .flatMap(Optional::stream)
            .toList());
  }

  static Messages of(Collection<Bundle> bundles) {
    Messages messages =
        new Messages(
            bundles.stream()
                .collect(
                    Collectors.toMap(
                        Bundle::language,
                        Function.identity(),
                        (one, _) -> one,
                        () -> new TreeMap<>(Comparator.comparing(Language::code)))));
    if (!messages.bundles.containsKey(Language.ENGLISH)) {
      throw new IllegalStateException("there is no bundle for the language en");
    }
    messages.bundles.keySet().forEach(PluralForm::of);
    return messages;
  }

  /** All languages that have a bundle, by their codes. */
  public Collection<Language> languages() {
    return List.copyOf(bundles.sequencedKeySet());
  }

  /**
   * The first language that is spoken here, of BCP 47 tags in the order of preference (the
   * member's, then the chat's); English when none is. {@code zh-TW} is {@code zh}, nonsense is
   * passed over.
   */
  public Language choose(Collection<String> tags) {
    return tags.stream().flatMap(tag -> find(tag).stream()).findFirst().orElse(Language.ENGLISH);
  }

  /** The language of a BCP 47 tag, when it is spoken here. */
  public Optional<Language> find(String tag) {
    String code = Locale.forLanguageTag(tag.strip().replace('_', '-')).getLanguage();
    return bundles.keySet().stream().filter(language -> language.code().equals(code)).findFirst();
  }

  /**
   * The message in a language; in English when the language lacks it.
   *
   * @throws IllegalStateException when English lacks it too, or a placeholder has no value
   */
  public String text(Message message, Language language) {
    MessageKind kind = MessageKind.of(message.getClass());
    Map<String, Object> values = kind.values(message);
    Language spoken = template(kind, values, language).isPresent() ? language : Language.ENGLISH;
    Template template =
        template(kind, values, spoken)
            .orElseThrow(() ->
                new IllegalStateException(
                    "the text "
                        + key(kind, values, spoken)
                        + " is missing in the language "
                        + spoken));
    return template.fill(name -> shown(kind, name, values, spoken));
  }

  private Optional<Template> template(
      MessageKind kind, Map<String, Object> values, Language language) {
    return Optional.ofNullable(bundles.get(language))
        .flatMap(
            bundle -> Optional.ofNullable(bundle.templates().get(key(kind, values, language))));
  }

  private static String key(MessageKind kind, Map<String, Object> values, Language language) {
    return kind.isCounted()
        ? kind.key() + "." + PluralForm.of(language, MessageKind.count(values)).suffix()
        : kind.key();
  }

  private String shown(
      MessageKind kind, String name, Map<String, Object> values, Language language) {
    Object value =
        Optional.ofNullable(values.get(name))
            .orElseThrow(() ->
                new IllegalStateException(
                    "the text "
                        + kind.key()
                        + " of the language "
                        + language
                        + " has a placeholder without a value: "
                        + name));
    return switch (value) {
      case String text -> text;
      case Duration duration -> inWords(duration, language);
      case Instant instant -> Quantities.date(instant, language);
      case Number bytes when name.endsWith("Bytes") ->
          Quantities.bytes(bytes.longValue(), language);
      case Number number -> Quantities.number(number.longValue(), language);
      default -> value.toString();
    };
  }

  /** A span of time in one unit, rounded up: {@code about 40 seconds}, {@code 2 minutes}. */
  public String inWords(Duration duration, Language language) {
    Quantities.Rounded span = Quantities.inWords(duration);
    String amount = text(span.amount(), language);
    return span.isExact() ? amount : text(new Message.About(amount), language);
  }
}
