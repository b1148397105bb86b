package dev.plantain.image.endpoint;

import dev.plantain.config.Secret;
import dev.plantain.image.ImageRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A place where image models are reached, and on what terms.
 *
 * @param name what the operator calls it
 * @param baseUrl may carry a path, and may name the version ({@code …/v1beta}) or leave it out
 * @param keys tried in turn; empty where an account stands for them
 * @param theirNames what a model is called there, by our id, where that differs
 * @param connectTimeout how long a connection may take
 * @param timeLimit how long an answer may take, in place of the models' own limits
 * @param limits what it lets through, each key for itself
 * @param load how much a request may carry
 * @param priceMicroDollars what it takes for each answered request, where that is agreed
 * @param pictureHosts from where pictures may be fetched to which an answer only links, beside the
 *     endpoint's own host
 * @param uploads which pictures are put there as files
 */
public record Endpoint(
    String name,
    Wire wire,
    URI baseUrl,
    Authentication authentication,
    List<Secret> keys,
    Map<String, String> theirNames,
    Duration connectTimeout,
    Optional<Duration> timeLimit,
    Limits limits,
    Load load,
    Optional<Long> priceMicroDollars,
    Set<String> pictureHosts,
    Uploads uploads) {

  public static final URI GOOGLE = URI.create("https://generativelanguage.googleapis.com");
  private static final Duration USUAL_CONNECT_TIMEOUT = Duration.ofSeconds(10);

  public Endpoint {
    keys = List.copyOf(keys);
    theirNames = Map.copyOf(theirNames);
    pictureHosts = Set.copyOf(pictureHosts);
    String scheme = String.valueOf(baseUrl.getScheme());
    if (baseUrl.getHost() == null || !scheme.matches("(?i)https?")) {
      throw new IllegalArgumentException(
          "The address of " + name + " must look like https://host or https://host/path.");
    }
    // The HTTP library would show the key in its complaint about a header that it cannot send.
    for (Secret key : keys) {
      if (!key.reveal().matches("[\\x21-\\x7e]+")) {
        throw new IllegalArgumentException(
            "A key of "
                + name
                + " is empty or holds a space, line break or letter that no key has: copy it again.");
      }
    }
  }

  /** With nothing but what it cannot do without. */
  public Endpoint(
      String name, Wire wire, URI baseUrl, Authentication authentication, List<Secret> keys) {
    this(
        name,
        wire,
        baseUrl,
        authentication,
        keys,
        Map.of(),
        USUAL_CONNECT_TIMEOUT,
        Optional.empty(),
        Limits.NONE,
        Load.ANY,
        Optional.empty(),
        Set.of(),
        Uploads.NONE);
  }

  /** Google itself. */
  public static Endpoint google(Secret key) {
    return new Endpoint(
        "google", new Wire.Gemini(), GOOGLE, Authentication.GOOGLE_KEY, List.of(key));
  }

  /** The same with other uploads. */
  public Endpoint with(Uploads others) {
    return new Endpoint(
        name,
        wire,
        baseUrl,
        authentication,
        keys,
        theirNames,
        connectTimeout,
        timeLimit,
        limits,
        load,
        priceMicroDollars,
        pictureHosts,
        others);
  }

  /**
   * What the way over one of its keys is called: the endpoint's name and the number of the key;
   * nothing secret.
   *
   * @param key empty where an account stands for it
   */
  public String line(Optional<Secret> key) {
    return key.map(known -> name + "/" + (keys.indexOf(known) + 1)).orElse(name);
  }

  /**
   * The request with as much of its conversation as the endpoint takes; empty where it does not
   * even take the newest picture.
   */
  Optional<ImageRequest> fitted(ImageRequest request) {
    Load usual = Load.usual(wire);
    // What is too large becomes files where there are files.
    Optional<Long> most =
        uploads.when() == Uploads.When.NEVER
            ? load.maxRequestBytes().or(usual::maxRequestBytes)
            : Optional.empty();
    return request.within(most, load.maxPictureBytes().or(usual::maxPictureBytes));
  }

  /** What the endpoint calls this model. */
  public String theirName(String model) {
    return theirNames.getOrDefault(model, model);
  }
}
