package dev.plantain.app;

import dev.plantain.config.Secret;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.endpoint.BatchLine;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Route;
import dev.plantain.image.endpoint.Uploads;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.GeminiBatches;
import dev.plantain.image.gemini.GeminiModel;
import dev.plantain.image.gemini.GeminiWords;
import dev.plantain.image.gemini.GoogleAccount;
import dev.plantain.image.gemini.KnownUploads;
import dev.plantain.image.imagen.ImagenModel;
import dev.plantain.image.openai.OpenAiChatModel;
import dev.plantain.image.openai.OpenAiChatWords;
import dev.plantain.image.openai.OpenAiImagesModel;
import dev.plantain.image.wire.Credential;
import dev.plantain.media.MediaStore;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The ways to the models that an operator has set: the endpoints, and each model's row of them. */
final class Ways {
  /** More than the pictures have that a model looks at, as far as platforms take them. */
  private static final long ROOMY = 1_000_000_000;

  private final OperatorSettings settings;
  private final ModelCatalogue catalogue = ModelCatalogue.packaged();
  private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();

  /**
   * Looks at the settings, and reaches nobody.
   *
   * @throws OperatorException they contradict each other
   */
  Ways(OperatorSettings settings) {
    this.settings = settings;
    settings
        .gemini()
        .apiKey()
        .ifPresent(
            key -> endpoints.put(OperatorSettings.Gemini.NAME, settings.gemini().endpoint(key)));
    settings
        .endpoints()
        .forEach((name, described) -> {
          if (endpoints.put(name, described.endpoint(name)) != null) {
            throw new OperatorException(
                "endpoints."
                    + name
                    + ": GEMINI_API_KEY makes one of that name. Choose another name.");
          }
        });
    settings.routes().values().stream()
        .flatMap(route -> route.endpoints().stream())
        .filter(named -> !endpoints.containsKey(named))
        .findFirst()
        .ifPresent(unknown -> {
          throw new OperatorException(
              "routes: there is no endpoint "
                  + unknown
                  + ". There are: "
                  + String.join(", ", endpoints.keySet())
                  + ".");
        });
  }

  /** In the order in which they are tried where no route says otherwise. */
  List<Endpoint> endpoints() {
    return List.copyOf(endpoints.values());
  }

  /** Whether any endpoint serves this model. */
  boolean serves(ModelSpec model) {
    return !of(model).isEmpty();
  }

  /** The routes of all models that anybody serves, retired ones too: gateways serve them on. */
  List<Route> routes() {
    Set<ModelSpec> models = new LinkedHashSet<>(catalogue.models());
    models.add(catalogue.named(settings.gemini().model()));
    settings.gemini().models().stream().map(catalogue::named).forEach(models::add);
    settings.routes().keySet().stream().map(this::named).forEach(models::add);
    settings.routes().values().stream()
        .flatMap(route -> route.fallback().stream())
        .map(catalogue::named)
        .forEach(models::add);
    return models.stream()
        .filter(this::serves)
        .map(model ->
            new Route(
                model,
                of(model),
                route(model).flatMap(RouteSettings::fallback).map(catalogue::named)))
        .toList();
  }

  /**
   * The same model, which takes larger requests where everybody who may be asked in its place takes
   * pictures as files: they are not in the request then.
   */
  ModelSpec roomy(ModelSpec model) {
    Set<ModelSpec> asked = new LinkedHashSet<>();
    gather(model, asked);
    boolean files =
        asked.stream()
            .flatMap(one -> of(one).stream())
            .allMatch(endpoint -> endpoint.uploads().when() != Uploads.When.NEVER);
    return files ? model.withRequestBytes(Math.max(ROOMY, model.maxRequestBytes())) : model;
  }

  /** A model with those that stand in for it and come after it. */
  private void gather(ModelSpec model, Set<ModelSpec> asked) {
    if (asked.add(model)) {
      Stream.of(route(model).flatMap(RouteSettings::fallback), model.successor())
          .flatMap(Optional::stream)
          .map(catalogue::named)
          .forEach(other -> gather(other, asked));
    }
  }

  /** What the first endpoint of each route takes for a picture, where that is agreed. */
  Map<String, Long> agreedPrices() {
    Map<String, Long> agreed = new HashMap<>();
    for (Route route : routes()) {
      route
          .endpoints()
          .getFirst()
          .priceMicroDollars()
          .ifPresent(price -> agreed.put(route.model().id(), price));
    }
    return agreed;
  }

  private List<Endpoint> of(ModelSpec model) {
    List<String> named = route(model).map(RouteSettings::endpoints).orElse(List.of());
    List<Endpoint> serving = new ArrayList<>();
    for (String name : named.isEmpty() ? endpoints.keySet() : named) {
      Optional<EndpointSettings> described = Optional.ofNullable(settings.endpoints().get(name));
      boolean serves =
          described
              .map(endpoint -> endpoint.serves(model.id()))
              .orElse(!model.id().startsWith("imagen"));
      if (serves) {
        Optional.ofNullable(endpoints.get(name)).ifPresent(serving::add);
      }
    }
    return serving;
  }

  private Optional<RouteSettings> route(ModelSpec model) {
    return settings.routes().entrySet().stream()
        .filter(route -> named(route.getKey()).id().equals(model.id()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The environment has no dots: {@code gemini-nano-banana-2-1} is found all the same. */
  private ModelSpec named(String key) {
    return catalogue
        .find(key)
        .or(() ->
            catalogue.models().stream()
                .filter(model -> model.id().replace('.', '-').equals(key))
                .findFirst())
        .orElseGet(() -> catalogue.named(key));
  }

  /**
   * The way to the text model; empty where there is none.
   *
   * @throws OperatorException nobody can be asked for it
   */
  Optional<Route> toWords() {
    return settings
        .text()
        .model()
        .map(id -> new Route(textModel(id), answering(id), Optional.empty()));
  }

  private List<Endpoint> answering(String id) {
    List<String> named = settings.text().endpoints();
    List<Endpoint> answering = new ArrayList<>();
    for (String name : named.isEmpty() ? List.copyOf(endpoints.keySet()) : named) {
      Endpoint endpoint = endpoints.get(name);
      if (endpoint == null) {
        throw new OperatorException(
            "TEXT_ENDPOINTS: there is no endpoint %s. There are: %s."
                .formatted(name, String.join(", ", endpoints.keySet())));
      }
      if (!named.isEmpty() && !speaks(endpoint.wire())) {
        throw new OperatorException(
            "TEXT_ENDPOINTS: %s makes pictures only. Name one that speaks gemini, vertex, openai-chat"
                    .formatted(name)
                + " or openrouter.");
      }
      boolean serves =
          Optional.ofNullable(settings.endpoints().get(name))
              .map(described -> described.serves(id))
              .orElse(true);
      if (speaks(endpoint.wire()) && (serves || !named.isEmpty())) {
        answering.add(endpoint);
      }
    }
    if (answering.isEmpty()) {
      throw new OperatorException(
          "TEXT_MODEL: no endpoint can be asked for "
              + id
              + ". Set GEMINI_API_KEY, or name endpoints in TEXT_ENDPOINTS.");
    }
    return answering;
  }

  private static boolean speaks(Wire wire) {
    return switch (wire) {
      case Wire.Gemini(), Wire.Vertex _, Wire.OpenAiChat(_), Wire.OpenRouterChat(_) -> true;
      case Wire.OpenAiImages(), Wire.OpenRouterImages(), Wire.Imagen() -> false;
    };
  }

  private ModelSpec textModel(String id) {
    Optional<Long> input = price("TEXT_INPUT_PRICE", settings.text().inputPrice());
    Optional<Long> output = price("TEXT_OUTPUT_PRICE", settings.text().outputPrice());
    Optional<ModelSpec.Prices> prices =
        input.isEmpty() && output.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new ModelSpec.Prices(
                    Map.of(),
                    Optional.of(new ModelSpec.TokenPrices(input.orElse(0L), output.orElse(0L), 0)),
                    LocalDate.EPOCH,
                    "the operator"));
    return ModelSpec.ofWords(id, settings.text().timeLimit(), prices);
  }

  private static Optional<Long> price(String setting, Optional<String> written) {
    return written.map(dollars -> OperatorSettings.microDollars(setting, dollars));
  }

  /** Opens an endpoint for one key, to ask for words. */
  static ImageModel openForWords(Endpoint endpoint, Optional<Secret> key, MediaStore media) {
    Credential credential = credential(endpoint, key);
    return switch (endpoint.wire()) {
      case Wire.Gemini(), Wire.Vertex _ -> new GeminiWords(endpoint, credential, media);
      case Wire.OpenAiChat(_), Wire.OpenRouterChat(_) ->
          new OpenAiChatWords(endpoint, credential, media);
      case Wire.OpenAiImages(), Wire.OpenRouterImages(), Wire.Imagen() ->
          throw new IllegalArgumentException(endpoint.name() + " makes pictures only");
    };
  }

  /**
   * Opens an endpoint for one key.
   *
   * @param known which pictures lie there as files
   */
  static ImageModel open(
      Endpoint endpoint, Optional<Secret> key, MediaStore media, KnownUploads known) {
    Credential credential = credential(endpoint, key);
    return switch (endpoint.wire()) {
      case Wire.Gemini(), Wire.Vertex _ ->
          new GeminiModel(endpoint, credential, endpoint.line(key), media, known, Main.CLOCK);
      case Wire.OpenAiChat(_), Wire.OpenRouterChat(_) ->
          new OpenAiChatModel(endpoint, credential, media);
      case Wire.OpenAiImages(), Wire.OpenRouterImages() ->
          new OpenAiImagesModel(endpoint, credential, media);
      case Wire.Imagen() -> new ImagenModel(endpoint, credential, media);
    };
  }

  /** Opens an endpoint for batches, where it takes them. */
  Optional<BatchLine> openForBatches(Endpoint endpoint, Optional<Secret> key, MediaStore media) {
    boolean takes =
        Optional.ofNullable(settings.endpoints().get(endpoint.name()))
            .map(described -> described.takesBatches(endpoint))
            .orElseGet(() -> EndpointSettings.isGoogle(endpoint));
    return takes && endpoint.wire() instanceof Wire.Gemini
        ? Optional.of(new GeminiBatches(endpoint, credential(endpoint, key), media))
        : Optional.empty();
  }

  static Credential credential(Endpoint endpoint, Optional<Secret> key) {
    return key.<Credential>map(known -> new Credential.Key(endpoint.authentication(), known))
        .orElseGet(() ->
            endpoint.wire() instanceof Wire.Vertex vertex && vertex.credentials().isPresent()
                ? new GoogleAccount(vertex.credentials().get())
                : new GoogleAccount());
  }
}
