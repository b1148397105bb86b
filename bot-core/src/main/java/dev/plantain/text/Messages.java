package dev.plantain.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bundles: puts messages into the words of a language. */
public final class Messages {
  static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-zA-Z]+)}");

  private final Map<Language, Properties> bundles = new EnumMap<>(Language.class);

  public Messages() {
    for (Language language : Language.values()) {
      bundles.put(language, load(language));
    }
  }

  static Properties load(Language language) {
    String name = "messages_" + language.tag() + ".properties";
    try (InputStream bytes = Messages.class.getResourceAsStream(name)) {
      if (bytes == null) {
        throw new IllegalStateException("the bundle " + name + " is missing");
      }
      Properties bundle = new Properties();
      try (Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8)) {
        bundle.load(text);
      }
      return bundle;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The member's language, else the chat's, else English. */
  public Language choose(Optional<String> member, Optional<String> chat) {
    return member
        .flatMap(Language::of)
        .or(() -> chat.flatMap(Language::of))
        .orElse(Language.ENGLISH);
  }

  /** The language of a tag that {@link Language#tag} gave. */
  public Language language(String tag) {
    return Language.of(tag).orElse(Language.ENGLISH);
  }

  public String text(Message message, Language language) {
    Map<String, Object> arguments = arguments(message);
    String template = template(key(message.getClass()), arguments.get("count"), language);
    // Values are put in once and never looked at again, so that nobody's words can pose as a
    // placeholder.
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(match -> {
          Object value = arguments.get(match.group(1));
          if (value == null) {
            throw new IllegalStateException(message + " has no " + match.group(1));
          }
          return Matcher.quoteReplacement(format(value, language));
        });
  }

  private String template(String key, @Nullable Object count, Language language) {
    String form =
        count instanceof Number number ? key + "." + language.pluralForm(number.longValue()) : key;
    String template = bundles.getOrDefault(language, new Properties()).getProperty(form);
    if (template == null) {
      throw new IllegalStateException("the bundle of " + language + " has no " + form);
    }
    return template;
  }

  /** {@code CardQueued} is {@code card-queued}. */
  static String key(Class<? extends Message> type) {
    return type.getSimpleName().replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> arguments(Message message) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    try {
      for (RecordComponent component : message.getClass().getRecordComponents()) {
        arguments.put(component.getName(), component.getAccessor().invoke(message));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
    return arguments;
  }

  private static String format(Object value, Language language) {
    return switch (value) {
      case Integer number -> number(number, language);
      case Long number -> number(number, language);
      case Duration duration -> duration(duration, language);
      default -> value.toString();
    };
  }

  private static String number(long number, Language language) {
    return NumberFormat.getIntegerInstance(language.locale()).format(number);
  }

  /** As people say it: seconds up to two minutes, then minutes. */
  private static String duration(Duration duration, Language language) {
    boolean inSeconds = duration.toSeconds() < 120;
    long number = inSeconds ? duration.toSeconds() : duration.toMinutes();
    String unit =
        switch (language) {
          case ENGLISH, DANISH -> inSeconds ? " s" : " min";
          case CHINESE -> inSeconds ? " 秒" : " 分钟";
        };
    return number + unit;
  }
}
