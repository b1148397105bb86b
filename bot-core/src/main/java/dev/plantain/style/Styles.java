package dev.plantain.style;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.plantain.config.Names;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The styles that are known, as {@code styles.yaml} lists them. */
public final class Styles {
  private static final String PACKAGED = "styles.yaml";

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private final List<Style> all;
  private final Map<String, Style> byName = new LinkedHashMap<>();

  private Styles(List<Style> styles) {
    all = List.copyOf(styles);
    for (Style style : all) {
      if (byName.containsKey(style.id())) {
        throw twice(style.id());
      }
      name(style.id(), style);
      style.texts().values().forEach(text -> name(text.name(), style));
    }
  }

  /** Those that come with the program. */
  public static Styles packaged() {
    return Packaged.STYLES;
  }

  /** Read once, at its first use. */
  private static final class Packaged {
    static final Styles STYLES = load();

    private static Styles load() {
      try (InputStream yaml =
          Objects.requireNonNull(Styles.class.getResourceAsStream(PACKAGED), PACKAGED)) {
        return read(yaml);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Those that come with the program, and those of a file of the operator's: what has the id of a
   * packaged style takes its place, all others follow. Blocks on the disk.
   *
   * @throws IllegalArgumentException the file cannot be read, or is no list of styles; the message
   *     says what is wrong with it
   */
  public static Styles with(Path file) {
    try (InputStream yaml = Files.newInputStream(file)) {
      return packaged().and(read(yaml));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("There is no file " + file + ".", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private Styles and(Styles own) {
    Map<String, Style> byId = new LinkedHashMap<>();
    all.forEach(style -> byId.put(style.id(), style));
    own.all.forEach(style -> byId.put(style.id(), style));
    return new Styles(List.copyOf(byId.values()));
  }

  /**
   * Reads a file of styles.
   *
   * @throws IOException the stream broke
   * @throws IllegalArgumentException the file is no list of styles; the message says where and why
   */
  static Styles read(InputStream yaml) throws IOException {
    try {
      return new Styles(
          YAML.readValue(yaml, StyleFile.class).styles().stream()
              .map(StyleFile.Entry::style)
              .toList());
    } catch (JsonProcessingException e) {
      var where = e.getLocation();
      throw new IllegalArgumentException(
          "The list of styles cannot be read"
              + (where == null ? "" : " at line " + where.getLineNr())
              + ": "
              + e.getOriginalMessage(),
          e);
    }
  }

  /** In the order of the file. */
  public List<Style> all() {
    return all;
  }

  /** Finds a style by its id or by its name in any language, in any case. */
  public Optional<Style> find(String written) {
    return Optional.ofNullable(byName.get(key(written)));
  }

  /**
   * Words that begin with a style.
   *
   * @param rest what follows
   */
  public record Named(Style style, String rest) {}

  /** What words begin with, if that is a style; the longest name counts. */
  public Optional<Named> begins(String words) {
    String written = words.strip();
    return byName.entrySet().stream()
        .filter(entry -> written.regionMatches(true, 0, entry.getKey(), 0, entry.getKey().length()))
        .filter(entry ->
            written.length() == entry.getKey().length()
                || Character.isWhitespace(written.charAt(entry.getKey().length())))
        .max(Comparator.comparingInt(entry -> entry.getKey().length()))
        .map(entry ->
            new Named(entry.getValue(), written.substring(entry.getKey().length()).strip()));
  }

  /** The style that somebody may have meant, if one is called anything like it. */
  public Optional<Style> nearest(String written) {
    record Candidate(Style style, int distance) {}
    String wanted = key(written);
    return byName.entrySet().stream()
        .map(entry -> new Candidate(entry.getValue(), Names.distance(wanted, entry.getKey())))
        .filter(candidate -> candidate.distance() <= (wanted.length() + 1) / 3)
        .min(Comparator.comparingInt(Candidate::distance))
        .map(Candidate::style);
  }

  private void name(String name, Style style) {
    Style other = byName.putIfAbsent(key(name), style);
    if (other != null && !other.id().equals(style.id())) {
      throw twice(name);
    }
  }

  private static IllegalArgumentException twice(String name) {
    return new IllegalArgumentException("The list of styles has two by the name of " + name + ".");
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
