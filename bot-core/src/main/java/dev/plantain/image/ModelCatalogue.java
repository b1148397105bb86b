package dev.plantain.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The image models that are known, as {@code models.yaml} lists them. */
public final class ModelCatalogue {
  private static final String PACKAGED = "models.yaml";

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private final List<ModelSpec> models;
  private final ModelSpec standard;
  private final ModelFile.Limits unlisted;
  private final Map<String, ModelSpec> byName = new HashMap<>();
  private final Map<String, LocalDate> retiredAliases = new HashMap<>();

  private ModelCatalogue(ModelFile file) {
    models = file.models().stream().map(entry -> entry.spec(file.pixelTables())).toList();
    unlisted = file.unlisted();
    for (int index = 0; index < models.size(); index++) {
      name(models.get(index), models.get(index).id());
      for (ModelFile.Alias alias : file.models().get(index).aliases()) {
        name(models.get(index), alias.id());
        alias.retired().ifPresent(date -> retiredAliases.put(alias.id(), date));
      }
    }
    for (ModelSpec model : models) {
      model.successor().ifPresent(id -> mustBeListed(id, "the successor of " + model.id()));
    }
    standard = mustBeListed(file.standard(), "the default");
  }

  /** The one that comes with the program. */
  public static ModelCatalogue packaged() {
    return Packaged.CATALOGUE;
  }

  /** Read once, at its first use. */
  private static final class Packaged {
    static final ModelCatalogue CATALOGUE = load();

    private static ModelCatalogue load() {
      try (InputStream yaml =
          Objects.requireNonNull(ModelCatalogue.class.getResourceAsStream(PACKAGED), PACKAGED)) {
        return read(yaml);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Reads an operator's own file, which stands in for the packaged one as a whole.
   *
   * @throws IOException the stream broke
   * @throws IllegalArgumentException the file is no catalogue; the message says where and why
   */
  public static ModelCatalogue read(InputStream yaml) throws IOException {
    try {
      return new ModelCatalogue(YAML.readValue(yaml, ModelFile.class));
    } catch (JsonProcessingException e) {
      var where = e.getLocation();
      throw new IllegalArgumentException(
          "The list of models cannot be read"
              + (where == null ? "" : " at line " + where.getLineNr())
              + ": "
              + e.getOriginalMessage(),
          e);
    }
  }

  /** The model that is used where nobody chose. */
  public ModelSpec standard() {
    return standard;
  }

  /** In the order of the file. */
  public List<ModelSpec> models() {
    return models;
  }

  /** Finds a model by its id or by one of its older ids, in any case. */
  public Optional<ModelSpec> find(String idOrAlias) {
    return Optional.ofNullable(byName.get(key(idOrAlias)));
  }

  /**
   * The model that an operator's setting names. An id that is not listed is used as named, as
   * gateways have ids of their own: with the limits that every living model keeps.
   */
  public ModelSpec named(String idOrAlias) {
    return find(idOrAlias).orElseGet(() -> unlisted.spec(idOrAlias.strip()));
  }

  /** What an operator who names this model should know, a sentence each; often nothing. */
  public List<String> warnings(String idOrAlias, LocalDate today) {
    Optional<ModelSpec> found = find(idOrAlias);
    if (found.isEmpty()) {
      return List.of(
          "The model %s is not listed. It is used as named, with cautious limits; listed are %s."
              .formatted(
                  idOrAlias.strip(),
                  String.join(", ", models.stream().map(ModelSpec::id).toList())));
    }
    ModelSpec model = found.get();
    List<String> warnings = new ArrayList<>();
    if (!key(idOrAlias).equals(key(model.id()))) {
      String alias = idOrAlias.strip();
      LocalDate retired = retiredAliases.get(key(idOrAlias));
      warnings.add(
          retired != null && !today.isBefore(retired)
              ? "The model %s was switched off on %s; %s is used instead."
                  .formatted(alias, retired, model.id())
              : "The model %s is called %s; that id is used.".formatted(alias, model.id()));
    }
    model.retires().ifPresent(date -> warnings.add(retirement(model, date, today)));
    return List.copyOf(warnings);
  }

  private static String retirement(ModelSpec model, LocalDate date, LocalDate today) {
    String then =
        model.successor().map(id -> "; " + id + " takes over then").orElse(", without a successor");
    return model.retired(today)
        ? "The model %s was to be switched off on %s. Some gateways serve it on, so it is asked as named%s."
            .formatted(
                model.id(),
                date,
                model.successor().map(id -> ", and " + id + " if it is gone").orElse(""))
        : "The model %s will be switched off on %s%s.".formatted(model.id(), date, then);
  }

  private void name(ModelSpec model, String name) {
    if (byName.put(key(name), model) != null) {
      throw new IllegalArgumentException("The list of models has two by the name of " + name + ".");
    }
  }

  private ModelSpec mustBeListed(String id, String role) {
    return find(id)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "The list of models does not hold " + id + ", which it names as " + role + "."));
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
