package dev.plantain.image.endpoint;

import dev.plantain.config.Secret;
import dev.plantain.image.Attempt;
import dev.plantain.image.BatchModel;
import dev.plantain.image.Costs;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Rendering;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The batches of a deployment: each parcel goes to the first endpoint and key that takes it. */
public final class RoutedBatches implements BatchModel {
  private static final Duration HEEDS_REFUSAL = Duration.ofHours(6);

  private final Map<String, List<String>> linesOfModels = new LinkedHashMap<>();
  private final Map<String, Taking> lines = new LinkedHashMap<>();

  /** Lines that refused a model, and until when that is heeded. */
  private final Map<String, Instant> closed = new ConcurrentHashMap<>();

  private final InstantSource clock;

  private record Taking(Endpoint endpoint, BatchLine line) {}

  /** Opens an endpoint for batches. */
  public interface Opening {
    /** Empty where the endpoint takes none. */
    Optional<BatchLine> open(Endpoint endpoint, Optional<Secret> key);
  }

  /** Nothing is sent yet. */
  public RoutedBatches(List<Route> routes, Opening opening, InstantSource clock) {
    this.clock = clock;
    for (Route route : routes) {
      List<String> names = new ArrayList<>();
      for (Endpoint endpoint : route.endpoints()) {
        names.addAll(open(endpoint, opening));
      }
      linesOfModels.put(route.model().id(), List.copyOf(names));
    }
  }

  private List<String> open(Endpoint endpoint, Opening opening) {
    List<Optional<Secret>> keys =
        endpoint.keys().isEmpty()
            ? List.of(Optional.empty())
            : endpoint.keys().stream().map(Optional::of).toList();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      String name = endpoint.name() + "/" + (i + 1);
      if (!lines.containsKey(name)) {
        opening
            .open(endpoint, keys.get(i))
            .ifPresent(line -> lines.put(name, new Taking(endpoint, line)));
      }
      if (lines.containsKey(name)) {
        names.add(name);
      }
    }
    return names;
  }

  @Override
  public boolean serves(ModelSpec model) {
    return !open(model.id()).isEmpty();
  }

  private List<String> open(String model) {
    Instant now = clock.instant();
    return linesOfModels.getOrDefault(model, List.of()).stream()
        .filter(line -> !now.isBefore(closed.getOrDefault(line + " " + model, Instant.MIN)))
        .toList();
  }

  /** Nobody tells which models take batches: who is refused once does not ask again soon. */
  private void heed(String line, String model, Problem problem) {
    switch (problem) {
      case MODEL_GONE, NOT_INCLUDED, KEY_REJECTED, LOCATION_REJECTED ->
          closed.put(line + " " + model, clock.instant().plus(HEEDS_REFUSAL));
      case OVERLOADED,
          RATE_LIMITED,
          DAY_EXHAUSTED,
          PICTURE_REJECTED,
          REQUEST_REJECTED,
          TIMED_OUT,
          UNREACHABLE,
          GARBLED,
          NO_PICTURE -> {}
    }
  }

  @Override
  public Sent send(String label, Map<String, ImageRequest> requests, Trying trying)
      throws InterruptedException {
    Optional<String> tried = trying.line();
    Optional<Sent> earlier = earlier(label, trying);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    String model = requests.values().iterator().next().model().id();
    Failed last =
        new Failed(Problem.MODEL_GONE, Optional.empty(), "Nobody takes batches for " + model);
    for (String name : startingAfter(tried, linesOfModels.getOrDefault(model, List.of()))) {
      trying.at(name);
      switch (taking(name).orElseThrow().line().post(label, requests)) {
        case BatchLine.Posted.Known(String posted) -> {
          return new Sent.Accepted(new Parcel(name, posted));
        }
        case BatchLine.Posted.Refused(Failed failed) -> {
          trying.refused();
          heed(name, model, failed.problem());
          last = failed;
        }
        case BatchLine.Posted.Unknown(Failed failed) -> {
          return new Sent.NotAccepted(failed, true);
        }
      }
    }
    return new Sent.NotAccepted(last, false);
  }

  /** Who could not take it last time comes last. */
  private static List<String> startingAfter(Optional<String> tried, List<String> names) {
    List<String> ordered = new ArrayList<>(names);
    tried.filter(ordered::remove).ifPresent(ordered::add);
    return ordered;
  }

  /** What has become of it where it may have arrived: nobody else is asked before that is known. */
  private Optional<Sent> earlier(String label, Trying trying) throws InterruptedException {
    if (trying.line().isEmpty()) {
      return Optional.empty();
    }
    String name = trying.line().get();
    Optional<Taking> there = taking(name);
    if (there.isEmpty()) {
      return Optional.of(new Sent.NotAccepted(gone(name), true));
    }
    return switch (there.get().line().find(label)) {
      case BatchLine.Found.There(String found) ->
          Optional.of(new Sent.Accepted(new Parcel(name, found)));
      case BatchLine.Found.Unknown(Failed failed) ->
          Optional.of(new Sent.NotAccepted(failed, true));
      case BatchLine.Found.Nowhere() -> {
        trying.refused();
        yield Optional.empty();
      }
    };
  }

  private static Failed gone(String line) {
    return new Failed(
        Problem.KEY_REJECTED,
        Optional.empty(),
        "There is no " + line + " that takes batches any more");
  }

  private Optional<Taking> taking(String line) {
    return Optional.ofNullable(lines.get(line));
  }

  @Override
  public Look look(Parcel parcel, Map<String, ImageRequest> requests, Taker taker)
      throws InterruptedException {
    Optional<Taking> taking = taking(parcel.line());
    if (taking.isEmpty()) {
      // What was sent there may be billed: the operator may bring it back.
      return new Look.Unknown(gone(parcel.line()));
    }
    Endpoint endpoint = taking.get().endpoint();
    return taking
        .get()
        .line()
        .look(
            parcel.name(),
            requests,
            (key, result) -> {
              ImageRequest request = Optional.ofNullable(requests.get(key)).orElseThrow();
              List<Attempt> attempts =
                  Costs.of(endpoint.name(), endpoint.priceMicroDollars(), request, result).stream()
                      .map(Attempt::batched)
                      .toList();
              taker.take(key, new Rendering(result, attempts, false));
            });
  }

  @Override
  public void cancel(Parcel parcel) throws InterruptedException {
    Optional<Taking> taking = taking(parcel.line());
    if (taking.isPresent()) {
      taking.get().line().cancel(parcel.name());
    }
  }
}
