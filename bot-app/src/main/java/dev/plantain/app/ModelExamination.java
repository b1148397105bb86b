package dev.plantain.app;

import dev.plantain.config.Secret;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Route;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.GeminiModels;
import dev.plantain.image.wire.Credential;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What {@code doctor} looks at to see whether pictures can be made; it costs nothing. */
final class ModelExamination {
  private static final String GEMINI_KEY = "Gemini key";

  private final OperatorSettings settings;

  ModelExamination(OperatorSettings settings) {
    this.settings = settings;
  }

  /** Blocks on the network. */
  List<Finding> findings() {
    Ways ways;
    try {
      ways = new Ways(settings);
    } catch (OperatorException e) {
      return List.of(
          new Finding.Fault(
              "models", String.valueOf(e.getMessage()), "Nothing starts until then."));
    }
    if (ways.endpoints().isEmpty()) {
      return List.of(
          new Finding.Notice(
              GEMINI_KEY,
              "There is none: pictures are made by simple filters, without any AI.",
              "Get one at aistudio.google.com and set GEMINI_API_KEY."));
    }
    List<Finding> findings = new ArrayList<>();
    ways.endpoints().forEach(endpoint -> findings.addAll(findings(endpoint, ways.routes())));
    findings.addAll(offered(ways));
    return findings;
  }

  private List<Finding> findings(Endpoint endpoint, List<Route> routes) {
    if (!(endpoint.wire() instanceof Wire.Gemini)) {
      return List.of(
          new Finding.Notice(
              about(endpoint, 1),
              "It has no list of models that could be asked for without cost.",
              "See whether it works with `plantain doctor --live`, which buys one picture."));
    }
    List<Finding> findings = new ArrayList<>();
    for (int key = 0; key < endpoint.keys().size(); key++) {
      findings.addAll(key(endpoint, routes, key + 1, endpoint.keys().get(key)));
    }
    return findings;
  }

  private List<Finding> key(Endpoint endpoint, List<Route> routes, int number, Secret key) {
    Credential credential = new Credential.Key(endpoint.authentication(), key);
    return switch (new GeminiModels(endpoint, credential).list()) {
      case GeminiModels.Listing.Listed(Set<String> ids) -> {
        List<Finding> findings = new ArrayList<>();
        findings.add(
            new Finding.Fine(about(endpoint, number), "accepted by " + endpoint.baseUrl()));
        if (number == 1) {
          findings.addAll(missing(endpoint, routes, ids));
        }
        yield findings;
      }
      case GeminiModels.Listing.Unlisted(ImageResult.Failed failure) ->
          List.of(unlisted(endpoint, number, failure));
    };
  }

  private static String about(Endpoint endpoint, int number) {
    return endpoint.name().equals(OperatorSettings.Gemini.NAME)
        ? GEMINI_KEY
        : "endpoint " + endpoint.name() + (endpoint.keys().size() > 1 ? "/" + number : "");
  }

  private static Finding unlisted(Endpoint endpoint, int number, ImageResult.Failed failure) {
    return switch (failure.problem()) {
      case MODEL_GONE, REQUEST_REJECTED, GARBLED ->
          new Finding.Notice(
              about(endpoint, number),
              "The address does not list its models, as some gateways: " + failure.detail() + ".",
              "See whether it works with `plantain doctor --live`, which buys one picture.");
      case KEY_REJECTED,
          NOT_INCLUDED,
          LOCATION_REJECTED,
          DAY_EXHAUSTED,
          RATE_LIMITED,
          OVERLOADED,
          PICTURE_REJECTED,
          TIMED_OUT,
          UNREACHABLE,
          NO_PICTURE ->
          new Finding.Fault(
              about(endpoint, number), failure.detail() + ".", "Check its key and its address.");
    };
  }

  /** What is asked there as the first choice and not served. */
  private List<Finding> missing(Endpoint endpoint, List<Route> routes, Set<String> served) {
    return chosen()
        .filter(model ->
            routes.stream()
                .anyMatch(route ->
                    route.model().id().equals(model.id())
                        && route.endpoints().getFirst().equals(endpoint)))
        .filter(model -> !served.contains(endpoint.theirName(model.id())))
        .<Finding>map(model ->
            new Finding.Fault(
                "model " + model.id(),
                "It is not served at " + endpoint.name() + ".",
                "Name one that is, such as "
                    + ModelCatalogue.packaged().standard().id()
                    + ", or another endpoint for it."))
        .toList();
  }

  private List<Finding> offered(Ways ways) {
    ModelCatalogue catalogue = ModelCatalogue.packaged();
    LocalDate today = LocalDate.ofInstant(Main.CLOCK.instant(), ZoneOffset.UTC);
    List<Finding> findings = new ArrayList<>();
    names()
        .forEach(named -> {
          ModelSpec model = catalogue.named(named);
          String about = "model " + model.id();
          Optional<Route> route =
              ways.routes().stream()
                  .filter(each -> each.model().id().equals(model.id()))
                  .findFirst();
          List<String> warnings = catalogue.warnings(named, today);
          if (route.isEmpty()) {
            findings.add(
                new Finding.Fault(
                    about, "No endpoint serves it.", "Add it to the models of an endpoint."));
          } else if (warnings.isEmpty()) {
            findings.add(new Finding.Fine(about, row(route.get()) + ", no retirement date known"));
          } else {
            findings.add(
                new Finding.Notice(about, row(route.get()) + ".", String.join(" ", warnings)));
          }
        });
    return findings;
  }

  private static String row(Route route) {
    return "asked at "
        + String.join(", then ", route.endpoints().stream().map(Endpoint::name).toList())
        + route.fallback().map(model -> ", else " + model.id()).orElse("");
  }

  private Stream<String> names() {
    return Stream.concat(Stream.of(settings.gemini().model()), settings.gemini().models().stream())
        .distinct();
  }

  private Stream<ModelSpec> chosen() {
    return names().map(ModelCatalogue.packaged()::named).distinct();
  }
}
