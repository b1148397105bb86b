package dev.plantain.app;

import dev.plantain.config.About;
import dev.plantain.config.Between;
import dev.plantain.config.ByteCount;
import dev.plantain.config.Default;
import dev.plantain.config.Secret;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Limits;
import dev.plantain.image.endpoint.Uploads;
import dev.plantain.image.endpoint.Wire;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A way to the models, as the operator describes it. */
public record EndpointSettings(
    @About("What it speaks.") @Default("gemini") Speech wire,
    @About("Its address, with any path before the version; without, the maker's own.")
        Optional<URI> baseUrl,
    @About("How it wants its key; without, as the maker wants it.")
        Optional<Authentication> authentication,
    @About("Its keys, tried in turn. A file holds one on each line.") @Default("")
        List<Secret> keys,
    @About("The models it serves, each as our-id or our-id=their-id; empty for all, by our ids.")
        @Default("")
        List<String> models,
    @About("How long a connection may take.")
        @Default("10 s")
        @Between(least = "1 s", most = "2 min")
        Duration connectTimeout,
    @About("How long an answer may take; without, as long as the model's list entry says.")
        @Between(least = "1 s", most = "60 min")
        Optional<Duration> timeLimit,
    @About("How many requests a key lets through in a minute.")
        @Between(least = "1", most = "1000000")
        Optional<Integer> requestsPerMinute,
    @About("How many requests a key lets through in a day, which ends at midnight in California.")
        @Between(least = "1", most = "100000000")
        Optional<Integer> requestsPerDay,
    @About("How many tokens a key lets through in a minute.")
        @Between(least = "1000", most = "2000000000")
        Optional<Integer> tokensPerMinute,
    @About("How many requests a key lets through at the same time.")
        @Between(least = "1", most = "1000")
        Optional<Integer> concurrency,
    @About("US dollars for each answered request, such as 0.05, where it has a price of its own.")
        Optional<String> pricePerRequest,
    @About("Whether it takes batches for half the price; without, only Google's own address does.")
        Optional<Boolean> batches,
    @About("Hosts besides its own from which pictures are fetched that it only links to.")
        @Default("")
        List<String> pictureHosts,
    @About(
            "When a picture is put there as a file: never, reused (from its second use on) or always;"
                + " without, reused at Google and never elsewhere.")
        Optional<Uploads.When> uploads,
    @About("The largest request, with its pictures; where there are files, larger ones use them.")
        @Default("100 MB")
        @Between(least = "1 MB", most = "2 GB")
        ByteCount largestRequest,
    @About("The project at Vertex AI; without one, keys are for its express mode.")
        Optional<String> project,
    @About("The location at Vertex AI.") @Default("global") String location,
    @About("The file of a service account for Vertex AI; without, what the machine has by itself.")
        Optional<Path> credentials) {

  /** The wires, as an operator names them. */
  public enum Speech {
    GEMINI,
    OPENAI_CHAT,
    OPENAI_CHAT_STREAMED,
    OPENAI_IMAGES,
    OPENROUTER,
    OPENROUTER_STREAMED,
    OPENROUTER_IMAGES,
    VERTEX,
    IMAGEN
  }

  private static final URI OPENROUTER = URI.create("https://openrouter.ai/api");

  /**
   * The endpoint of this name.
   *
   * @throws OperatorException it cannot work like that
   */
  Endpoint endpoint(String name) {
    Wire spoken = spoken();
    if (keys.isEmpty() && needsKey(spoken)) {
      throw new OperatorException(
          "endpoints.%s: it has no keys. Set ENDPOINTS_%s_KEYS, or ..._KEYS_FILE."
              .formatted(name, name.toUpperCase(Locale.ROOT).replace('-', '_')));
    }
    try {
      return new Endpoint(
          name,
          spoken,
          address(name, spoken),
          authentication.orElseGet(() -> usual(spoken)),
          keys,
          theirNames(),
          connectTimeout,
          timeLimit,
          new Limits(requestsPerMinute, requestsPerDay, tokensPerMinute, concurrency),
          pricePerRequest.map(written ->
              OperatorSettings.microDollars("endpoints." + name + ".price-per-request", written)),
          Set.copyOf(pictureHosts),
          uploads(name, spoken));
    } catch (IllegalArgumentException e) {
      throw new OperatorException("endpoints." + name + ": " + e.getMessage());
    }
  }

  /** Whether it takes many requests at once for half the price: gemini.md, section 6. */
  boolean takesBatches(Endpoint endpoint) {
    return batches.orElseGet(() -> isGoogle(endpoint));
  }

  /** Whether an endpoint is Google itself. */
  static boolean isGoogle(Endpoint endpoint) {
    return endpoint.wire() instanceof Wire.Gemini
        && Endpoint.GOOGLE.getHost().equals(endpoint.baseUrl().getHost());
  }

  /** Files are a thing of the Gemini API alone: gemini.md, section 5. */
  private Uploads uploads(String name, Wire spoken) {
    boolean possible = spoken instanceof Wire.Gemini;
    if (!possible && uploads.filter(when -> when != Uploads.When.NEVER).isPresent()) {
      throw new OperatorException(
          "endpoints."
              + name
              + ".uploads: only the wire gemini knows files. Leave it out, or say never.");
    }
    Uploads.When when =
        possible ? uploads.orElseGet(() -> usual(address(name, spoken))) : Uploads.When.NEVER;
    return new Uploads(when, largestRequest.bytes());
  }

  /** Gateways seldom have files. */
  static Uploads.When usual(URI address) {
    return Endpoint.GOOGLE.getHost().equalsIgnoreCase(address.getHost())
        ? Uploads.When.REUSED
        : Uploads.When.NEVER;
  }

  private Wire spoken() {
    return switch (wire) {
      case GEMINI -> new Wire.Gemini();
      case OPENAI_CHAT -> new Wire.OpenAiChat(false);
      case OPENAI_CHAT_STREAMED -> new Wire.OpenAiChat(true);
      case OPENAI_IMAGES -> new Wire.OpenAiImages();
      case OPENROUTER -> new Wire.OpenRouterChat(false);
      case OPENROUTER_STREAMED -> new Wire.OpenRouterChat(true);
      case OPENROUTER_IMAGES -> new Wire.OpenRouterImages();
      case VERTEX -> new Wire.Vertex(project, location, credentials);
      case IMAGEN -> new Wire.Imagen();
    };
  }

  private URI address(String name, Wire spoken) {
    return baseUrl.orElseGet(() ->
        switch (spoken) {
          case Wire.Gemini(), Wire.Imagen() -> Endpoint.GOOGLE;
          case Wire.OpenAiImages() -> Endpoint.GOOGLE.resolve("/v1beta/openai");
          case Wire.OpenRouterChat(_), Wire.OpenRouterImages() -> OPENROUTER;
          case Wire.Vertex vertex -> vertex.usualAddress();
          case Wire.OpenAiChat(_) ->
              throw new OperatorException(
                  "endpoints." + name + ": a gateway has no usual address. Set its base-url.");
        });
  }

  private static Authentication usual(Wire spoken) {
    return switch (spoken) {
      case Wire.Gemini(), Wire.Imagen(), Wire.Vertex _ -> Authentication.GOOGLE_KEY;
      case Wire.OpenAiChat(_),
          Wire.OpenAiImages(),
          Wire.OpenRouterChat(_),
          Wire.OpenRouterImages() ->
          Authentication.BEARER;
    };
  }

  private static boolean needsKey(Wire spoken) {
    return !(spoken instanceof Wire.Vertex vertex && vertex.project().isPresent());
  }

  /** Whether this model is served there. */
  boolean serves(String model) {
    return models.isEmpty()
        ? model.startsWith("imagen") == (wire == Speech.IMAGEN)
        : models.stream().anyMatch(named -> named.split("=", 2)[0].strip().equals(model));
  }

  private Map<String, String> theirNames() {
    Map<String, String> names = new HashMap<>();
    for (String named : models) {
      String[] both = named.split("=", 2);
      if (both.length == 2) {
        names.put(both[0].strip(), both[1].strip());
      }
    }
    return names;
  }
}
