package dev.plantain.image.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of an answer, read field by field while it comes: one object, several in an array, or
 * the events of a stream. Whoever reads must take or pass over the value of every field.
 */
public final class AnswerJson {
  private static final JsonMapper JSON =
      new JsonMapper(
          JsonFactory.builder()
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(64)
                      .maxStringLength(1024 * 1024)
                      .maxNameLength(1024)
                      .maxNumberLength(100)
                      .build())
              .build());

  /** Nothing that could fill the memory when it is written out. */
  private static final Pattern AMOUNT = Pattern.compile("\\d{1,9}(\\.\\d{1,40})?([eE]-\\d{1,2})?");

  private final JsonParser json;
  private final LongStrings strings;

  private AnswerJson(JsonParser json, LongStrings strings) {
    this.json = json;
    this.strings = strings;
  }

  /** Makes something of a document, whose long strings are files already. */
  public interface Reading<T> {
    /**
     * Reads it to its end.
     *
     * @throws GarbledAnswer it is none that can be used
     * @throws IOException the connection broke
     * @throws java.io.UncheckedIOException a file could not be kept, or anything else that is our
     *     own fault
     */
    T read(AnswerJson json) throws IOException;
  }

  /** Takes the value of a field, whole. */
  public interface Field {
    void take(String name) throws IOException;
  }

  /** Takes an element of an array, whole. */
  public interface Element {
    void take() throws IOException;
  }

  /** Reads to the end of the answer. */
  static <T> T read(LongStrings strings, Reading<T> reading) throws IOException {
    try (JsonParser parser = JSON.createParser(strings)) {
      return reading.read(new AnswerJson(parser, strings));
    } catch (JsonProcessingException e) {
      throw new GarbledAnswer("it is no JSON, or ends too early (" + e.getOriginalMessage() + ")");
    }
  }

  /**
   * Hands out the fields of every object of the answer: mostly there is but one.
   *
   * @throws GarbledAnswer it is none, or ends too early
   */
  public void answers(Field field) throws IOException {
    JsonToken first = json.nextToken();
    if (first != JsonToken.START_OBJECT && first != JsonToken.START_ARRAY) {
      throw new GarbledAnswer("it is no JSON object");
    }
    while (first != null) {
      if (first == JsonToken.START_ARRAY) {
        elements(() -> object(field));
      } else {
        object(field);
      }
      mustGoOn();
      if (!strings.streamed()) {
        return;
      }
      strings.eventEnds();
      first = json.nextToken();
    }
  }

  /** Hands out the fields of an object; passes over anything else. */
  public void object(Field field) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      pass();
      return;
    }
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      field.take(name);
    }
    mustGoOn();
  }

  /** Hands out the elements of an array; passes over anything else. */
  public void elements(Element element) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      pass();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      mustGoOn();
      element.take();
    }
  }

  public boolean isArray() {
    return json.currentToken() == JsonToken.START_ARRAY;
  }

  public boolean isObject() {
    return json.currentToken() == JsonToken.START_OBJECT;
  }

  /** Whether the value is {@code true}; takes it, whatever it is. */
  public boolean truth() throws IOException {
    boolean truth = json.currentToken() == JsonToken.VALUE_TRUE;
    pass();
    return truth;
  }

  /** A string, or what was there before where it is none. */
  public @Nullable String text(@Nullable String otherwise) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    pass();
    return otherwise;
  }

  /** A number of things; zero where it is none. */
  public long count() throws IOException {
    JsonToken token = json.currentToken();
    long count = token != null && token.isNumeric() ? Math.max(0, json.getValueAsLong()) : 0;
    pass();
    return count;
  }

  /** An amount of money; empty where the value is none. */
  public Optional<BigDecimal> amount() throws IOException {
    JsonToken token = json.currentToken();
    boolean written = token == JsonToken.VALUE_STRING || (token != null && token.isNumeric());
    String text = written ? json.getText().strip() : "";
    pass();
    return AMOUNT.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }

  /** The value of {@code error}, or what was there before where it says that there is none. */
  public @Nullable JsonNode error(@Nullable JsonNode otherwise) throws IOException {
    JsonNode told = tree();
    boolean none =
        told.isNull()
            || (told.isContainerNode() && told.isEmpty())
            || (told.isTextual() && told.asText().isBlank());
    return none ? otherwise : told;
  }

  /** Any value; not for long ones. */
  public JsonNode tree() throws IOException {
    return JSON.readTree(json);
  }

  /** One of the strings that went to files; empty where the value is no string. */
  public Optional<LongString> longString() throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      pass();
      return Optional.empty();
    }
    // A name that is written with escapes is none that was looked for: its value is still there.
    String number = json.getText();
    if (!number.matches("\\d{1,4}") || Integer.parseInt(number) >= strings.found().size()) {
      throw new GarbledAnswer("it has escapes in the names of its fields");
    }
    return Optional.of(strings.found().get(Integer.parseInt(number)));
  }

  /** One of the strings that went to files, where it is of this kind. */
  public <T extends LongString> Optional<T> longString(Class<T> kind) throws IOException {
    return longString().filter(kind::isInstance).map(kind::cast);
  }

  /** Passes over the value. */
  public void pass() throws IOException {
    json.skipChildren();
  }

  private void mustGoOn() throws GarbledAnswer {
    if (json.currentToken() == null) {
      throw new GarbledAnswer("it ends too early");
    }
  }
}
