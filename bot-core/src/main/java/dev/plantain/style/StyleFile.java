package dev.plantain.style;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.plantain.text.Language;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The shape of {@code styles.yaml}. */
record StyleFile(@JsonProperty(required = true) List<Entry> styles) {
  StyleFile {
    Objects.requireNonNull(styles, "styles");
  }

  /** One style. */
  record Entry(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) Style.Kind kind,
      @JsonProperty(required = true) List<String> slots,
      @JsonProperty(required = true) Map<String, Text> texts) {

    Entry {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(slots, "slots");
      Objects.requireNonNull(texts, "texts");
    }

    Style style() {
      return new Style(
          id,
          kind,
          slots,
          texts.entrySet().stream()
              .collect(
                  Collectors.toMap(
                      text -> new Language(text.getKey()), text -> text.getValue().text())));
    }
  }

  /** It in one language. */
  record Text(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) String description,
      @JsonProperty(required = true) String template,
      @JsonProperty(required = true) Map<String, String> labels) {

    Text {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(description, "description");
      Objects.requireNonNull(template, "template");
      Objects.requireNonNull(labels, "labels");
    }

    Style.Text text() {
      return new Style.Text(name, description, template, labels);
    }
  }
}
