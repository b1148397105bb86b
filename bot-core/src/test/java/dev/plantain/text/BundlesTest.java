package dev.plantain.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the bundles of the product against the records of {@link Message}. */
class BundlesTest {
  private static final Messages MESSAGES = Messages.load();
  private static final Map<Language, Map<String, Template>> BUNDLES =
      MESSAGES.languages().stream()
          .collect(
              Collectors.toMap(
                  language -> language,
                  language -> Bundle.find(language).orElseThrow().templates()));
  private static final Set<Class<?>> VALUES =
      Set.of(String.class, int.class, long.class, Duration.class, Instant.class);

  /** A word, a name or a command as a member may write it. */
  private static final String SAMPLE = "nano-banana";

  @Test
  void theLanguagesOfTheFoundingDocumentsAreSpoken() {
    assertThat(MESSAGES.languages()).extracting(Language::code).contains("da", "en", "zh");
  }

  @Test
  void everyMessageHasATextInEveryLanguage() {
    List<String> missing = new ArrayList<>();
    for (Language language : MESSAGES.languages()) {
      kinds()
          .flatMap(kind -> keys(kind, language))
          .filter(key -> !bundle(language).containsKey(key))
          .forEach(key -> missing.add(key + " is missing in " + language));
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyTextBelongsToAMessage() {
    List<String> unused = new ArrayList<>();
    for (Language language : MESSAGES.languages()) {
      Set<String> used = kinds().flatMap(kind -> keys(kind, language)).collect(Collectors.toSet());
      bundle(language).keySet().stream()
          .filter(key -> !used.contains(key))
          .forEach(key -> unused.add(key + " in " + language + " has no record in Message"));
    }
    assertThat(unused).isEmpty();
  }

  @Test
  void everyTextHasThePlaceholdersOfItsMessageAndNoOthers() {
    List<String> wrong = new ArrayList<>();
    for (Language language : MESSAGES.languages()) {
      kinds()
          .forEach(kind ->
              keys(kind, language)
                  .filter(bundle(language)::containsKey)
                  .flatMap(key -> differences(kind, key, language))
                  .forEach(wrong::add));
    }
    assertThat(wrong).isEmpty();
  }

  /** Only the number itself may be left out, and only where one form holds for one number. */
  private static Stream<String> differences(MessageKind kind, String key, Language language) {
    Set<String> actual = bundle(language).getOrDefault(key, Template.parse("")).placeholders();
    Set<String> expected =
        kind.components().stream()
            .map(RecordComponent::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    if (key.endsWith(".one") && !actual.contains("count")) {
      expected.remove("count");
    }
    return actual.equals(expected)
        ? Stream.empty()
        : Stream.of(
            key + " in " + language + " has " + new TreeSet<>(actual) + ", not " + expected);
  }

  @Test
  void everyTextFitsWhereItIsShown() {
    List<String> tooLong = new ArrayList<>();
    for (Language language : MESSAGES.languages()) {
      kinds()
          .forEach(kind ->
              keys(kind, language)
                  .filter(bundle(language)::containsKey)
                  .filter(key -> sample(kind, key, language).length() > limit(key))
                  .forEach(key ->
                      tooLong.add(
                          key
                              + " in "
                              + language
                              + " is longer than "
                              + limit(key)
                              + ": "
                              + sample(kind, key, language))));
    }
    assertThat(tooLong).isEmpty();
  }

  /**
   * Alerts: 200 characters in answerCallbackQuery (Telegram Bot API). Commands: 256 in BotCommand
   * there, 100 in Discord's application commands, whose names have 32. Texts: 4,096 there, with
   * room for what is around.
   */
  private static int limit(String key) {
    return switch (key.substring(0, Math.max(key.indexOf('-'), 0))) {
      case "button" -> 30;
      case "name" -> 32;
      case "question", "window" -> 45;
      case "command" -> 100;
      case "alert" -> 200;
      default -> 3_000;
    };
  }

  private static String sample(MessageKind kind, String key, Language language) {
    Map<String, RecordComponent> components =
        kind.components().stream()
            .collect(Collectors.toMap(RecordComponent::getName, component -> component));
    return bundle(language)
        .getOrDefault(key, Template.parse(""))
        .fill(name ->
            components.containsKey(name) && components.get(name).getType() == int.class
                ? "100"
                : SAMPLE);
  }

  @Test
  void everyMessageCanBeSaid() throws ReflectiveOperationException {
    for (Class<?> type : MessageKind.all(Message.class).toList()) {
      Message message = sampleOf(type);
      for (Language language : MESSAGES.languages()) {
        assertThat(MESSAGES.text(message, language)).as("%s in %s", type, language).isNotBlank();
      }
    }
  }

  @Test
  void theValuesOfMessagesAreOfKindsThatCanBeSaid() {
    List<String> unknown =
        kinds()
            .flatMap(kind -> kind.components().stream())
            .filter(component -> !VALUES.contains(component.getType()))
            .map(RecordComponent::toString)
            .toList();
    assertThat(unknown).as("only %s can be said", VALUES).isEmpty();
  }

  private static Message sampleOf(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values =
        Arrays.stream(components).map(component -> sampleValue(component.getType())).toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    return (Message) type.getDeclaredConstructor(types).newInstance(values);
  }

  private static Object sampleValue(Class<?> type) {
    if (type == int.class) {
      return 3;
    } else if (type == long.class) {
      return 20_000_000L;
    } else if (type == Duration.class) {
      return Duration.ofSeconds(42);
    } else if (type == Instant.class) {
      return Instant.parse("2026-11-21T09:00:00Z");
    }
    return SAMPLE;
  }

  private static Stream<MessageKind> kinds() {
    return MessageKind.all(Message.class).map(MessageKind::of);
  }

  private static Stream<String> keys(MessageKind kind, Language language) {
    return kind.isCounted()
        ? PluralForm.of(language).stream().map(form -> kind.key() + "." + form.suffix())
        : Stream.of(kind.key());
  }

  private static Map<String, Template> bundle(Language language) {
    return BUNDLES.getOrDefault(language, Map.of());
  }
}
