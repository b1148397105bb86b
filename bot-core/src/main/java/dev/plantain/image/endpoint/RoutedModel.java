package dev.plantain.image.endpoint;

import dev.plantain.config.Secret;
import dev.plantain.image.Attempt;
import dev.plantain.image.Costs;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageResult.Waits;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.RemoteFile;
import dev.plantain.image.Rendering;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All models of a deployment: takes each request to the first endpoint and key that can serve it,
 * and on to the next where one cannot.
 */
public final class RoutedModel implements ImageModel {
  /** So long a request waits for room rather than go to another model. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Map<String, Way> ways = new HashMap<>();
  private final Map<String, Line> linesByName = new HashMap<>();
  private final boolean mayPayTwice;
  private final InstantSource clock;

  /** A model with its lines, and who stands in for it. */
  private record Way(ModelSpec model, List<Line> lines, Optional<String> fallback) {}

  /** Makes the model that sends requests to an endpoint. */
  public interface Opening {
    /**
     * Opens it for one key.
     *
     * @param key empty where an account stands for it
     */
    ImageModel open(Endpoint endpoint, Optional<Secret> key);
  }

  /**
   * Nothing is sent yet.
   *
   * @param mayPayTwice whether a request of which nobody knows if it was billed is sent to the next
   */
  public RoutedModel(
      List<Route> routes,
      Opening opening,
      DayCounts days,
      boolean mayPayTwice,
      InstantSource clock) {
    this.mayPayTwice = mayPayTwice;
    this.clock = clock;
    Map<Endpoint, List<Line>> lines = new HashMap<>();
    for (Route route : routes) {
      ways.put(
          route.model().id(),
          new Way(
              route.model(),
              route.endpoints().stream()
                  .flatMap(endpoint ->
                      lines.computeIfAbsent(endpoint, of -> lines(of, opening, days)).stream())
                  .toList(),
              route.fallback().map(ModelSpec::id)));
    }
    lines.values().forEach(all -> all.forEach(line -> linesByName.put(line.name(), line)));
  }

  private static List<Line> lines(Endpoint endpoint, Opening opening, DayCounts days) {
    List<Optional<Secret>> keys = endpoint.keys().stream().map(Optional::of).toList();
    return (keys.isEmpty() ? List.of(Optional.<Secret>empty()) : keys)
        .stream()
            .map(key -> new Line(endpoint.line(key), endpoint, opening.open(endpoint, key), days))
            .toList();
  }

  @Override
  public ImageResult generate(ImageRequest request) throws InterruptedException {
    return render(request).result();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Moves on to the next endpoint where one is overloaded, out of reach, exhausted or does not
   * know the model; to the model's successor where nobody knows it any more; to its fallback where
   * nobody can serve it within a minute. Never after a call that may have been billed, unless the
   * operator allows to pay twice.
   */
  @Override
  public Rendering render(ImageRequest request) throws InterruptedException {
    Journey journey = new Journey(request);
    Set<String> seen = new HashSet<>();
    Optional<Way> way = way(request.model().id());
    while (way.isPresent() && seen.add(way.get().model.id())) {
      Optional<ImageResult> answer = journey.along(way.get());
      if (answer.isPresent()) {
        return journey.ended(answer.get());
      }
      way = journey.next(way.get());
    }
    return journey.ended(journey.trouble());
  }

  @Override
  public Optional<Failed> delete(RemoteFile file) throws InterruptedException {
    Optional<Line> line = Optional.ofNullable(linesByName.get(file.line()));
    return line.isPresent() ? line.get().delete(file) : ImageModel.super.delete(file);
  }

  private Optional<Way> way(String model) {
    return Optional.ofNullable(ways.get(model));
  }

  /** One request on its way from line to line. */
  private final class Journey {
    private final ImageRequest request;
    private final long tokens;
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Failed> failures = new ArrayList<>();
    private final List<Instant> rooms = new ArrayList<>();
    private boolean asked;
    private boolean gone;
    private boolean replaced;

    Journey(ImageRequest request) {
      this.request = request;
      this.tokens = request.likelyUsage().totalTokens();
    }

    /** The answer of the first line that gives one; empty where none does. */
    Optional<ImageResult> along(Way way) throws InterruptedException {
      ImageRequest theirs = request.forModel(way.model);
      gone = true;
      for (Line line : way.lines) {
        Optional<ImageRequest> fitted = line.endpoint().fitted(theirs);
        if (fitted.isEmpty()) {
          fails(tooLarge(line.endpoint()));
          continue;
        }
        switch (line.ask(way.model.id(), tokens, clock.instant())) {
          case Line.Answer.Go() -> {
            ImageResult result = send(line, fitted.get());
            if (!(result instanceof Failed failed) || isFinal(failed.problem())) {
              return Optional.of(result);
            }
            asked = true;
            fails(failed);
          }
          case Line.Answer.Fails(Failed failed) -> fails(failed);
          case Line.Answer.Waits(Instant until) -> {
            rooms.add(until);
            gone = false;
          }
        }
      }
      return Optional.empty();
    }

    private static Failed tooLarge(Endpoint endpoint) {
      return new Failed(
          Problem.REQUEST_REJECTED,
          Optional.empty(),
          "The picture is larger than what " + endpoint.name() + " takes, and was not sent there");
    }

    private ImageResult send(Line line, ImageRequest theirs) throws InterruptedException {
      ImageResult result = line.send(theirs);
      line.learn(theirs.model().id(), result, clock.instant());
      Endpoint endpoint = line.endpoint();
      Costs.of(endpoint.name(), endpoint.priceMicroDollars(), theirs, result)
          .ifPresent(attempts::add);
      return result;
    }

    private void fails(Failed failed) {
      failures.add(failed);
      gone &= failed.problem() == Problem.MODEL_GONE;
    }

    /** Who stands in for a model that nobody serves now. */
    Optional<Way> next(Way way) {
      if (gone) {
        replaced = true;
        return way.model.successor().flatMap(RoutedModel.this::way);
      }
      Instant patient = clock.instant().plus(PATIENCE);
      return rooms.stream().anyMatch(room -> !room.isAfter(patient))
          ? Optional.empty()
          : way.fallback.flatMap(RoutedModel.this::way);
    }

    /** Why nobody served it: what passes first counts more than what does not pass. */
    ImageResult trouble() {
      Optional<Failed> passing =
          failures.stream()
              .filter(failed -> failed.problem().passing())
              .min(Comparator.comparing(failed -> failed.retryAfter().orElse(Duration.ZERO)));
      Optional<Instant> room = rooms.stream().min(Comparator.naturalOrder());
      if (!asked && (room.isPresent() || passing.isPresent())) {
        Instant now = clock.instant();
        Optional<Instant> passes = passing.flatMap(Failed::retryAfter).map(now::plus);
        Instant until =
            room.filter(at -> passes.isEmpty() || at.isBefore(passes.get()))
                .or(() -> passes)
                .orElse(now);
        return new Waits(until, passing.map(Failed::problem).orElse(Problem.RATE_LIMITED));
      }
      return passing
          .or(() -> failures.stream().findFirst())
          .orElseGet(() ->
              new Failed(
                  Problem.MODEL_GONE,
                  Optional.empty(),
                  "No endpoint serves " + request.model().id()));
    }

    Rendering ended(ImageResult result) {
      return new Rendering(result, attempts, replaced);
    }
  }

  private boolean isFinal(Problem problem) {
    return switch (problem) {
      case PICTURE_REJECTED, NO_PICTURE -> true;
      case TIMED_OUT, GARBLED -> !mayPayTwice;
      case OVERLOADED,
          RATE_LIMITED,
          DAY_EXHAUSTED,
          NOT_INCLUDED,
          KEY_REJECTED,
          LOCATION_REJECTED,
          MODEL_GONE,
          REQUEST_REJECTED,
          UNREACHABLE ->
          false;
    };
  }
}
