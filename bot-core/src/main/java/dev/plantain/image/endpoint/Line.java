package dev.plantain.image.endpoint;

import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.RemoteFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One key of one endpoint: what is sent over it, and what it is known to refuse now. */
final class Line {
  private static final Logger log = LoggerFactory.getLogger(Line.class);

  /** How long a refusal without a time is heeded: Google counts by the minute. */
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(30);

  /** After this a model that was gone is asked for again, as gateways come and go. */
  private static final Duration FORGETS_GONE = Duration.ofHours(1);

  private final String name;
  private final Endpoint endpoint;
  private final ImageModel model;
  private final Limiter limiter;
  private final Breaker breaker = new Breaker();
  private final Map<String, Closed> closed = new ConcurrentHashMap<>();

  /** A model that this key does not serve before an instant. */
  private record Closed(Instant until, Failed failure) {}

  /**
   * @param name of the endpoint and the number of its key; nothing secret
   */
  Line(String name, Endpoint endpoint, ImageModel model, DayCounts days) {
    this.name = name;
    this.endpoint = endpoint;
    this.model = model;
    this.limiter = new Limiter(name, endpoint.limits(), days);
  }

  String name() {
    return name;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Whether a request may go over this line. */
  sealed interface Answer {
    /** It may, and is counted: it must be sent now. */
    record Go() implements Answer {}

    /** It would fail like that. */
    record Fails(Failed failure) implements Answer {}

    /** There is no room before that instant. */
    record Waits(Instant until) implements Answer {}
  }

  /** Asks for room, and takes it where there is any. */
  Answer ask(String modelId, long tokens, Instant now) {
    Closed door = closed.get(modelId);
    if (door != null && now.isBefore(door.until)) {
      return new Answer.Fails(failing(door.failure, door.until, now));
    }
    if (breaker.ask(now) instanceof Breaker.Answer.Broken(Failed failure, Instant probeAt)) {
      return new Answer.Fails(failing(failure, probeAt, now));
    }
    return switch (limiter.ask(now, tokens)) {
      case Limiter.Answer.Go() -> new Answer.Go();
      case Limiter.Answer.NotBefore(Instant until, boolean untilTomorrow) ->
          untilTomorrow
              ? new Answer.Fails(
                  new Failed(
                      Problem.DAY_EXHAUSTED,
                      Optional.of(Duration.between(now, until)),
                      name + " has sent all that it may in a day"))
              : new Answer.Waits(until);
    };
  }

  private static Failed failing(Failed failure, Instant until, Instant now) {
    return new Failed(
        failure.problem(), Optional.of(Duration.between(now, until)), failure.detail());
  }

  /** Sends a request for which there is room, and learns from how it ends. Blocks. */
  ImageResult send(ImageRequest request) throws InterruptedException {
    try {
      return model.generate(request);
    } finally {
      limiter.ended();
    }
  }

  /** As {@link ImageModel#delete}; whether the line is broken or full does not matter for it. */
  Optional<Failed> delete(RemoteFile file) throws InterruptedException {
    return model.delete(file);
  }

  /** Learns from how a request ended. */
  void learn(String modelId, ImageResult result, Instant now) {
    if (result instanceof Failed failed) {
      learn(modelId, failed, now);
    } else {
      answered();
    }
  }

  /** Whatever an answer says, it came: the endpoint and the key work. */
  private void answered() {
    if (breaker.works() == Breaker.Change.MENDED) {
      log.info("{} works again", name);
    }
  }

  private void learn(String modelId, Failed failed, Instant now) {
    switch (failed.problem()) {
      case MODEL_GONE, NOT_INCLUDED -> {
        log.warn("{} does not serve {}: {}", name, modelId, failed.detail());
        close(modelId, failed, now.plus(FORGETS_GONE));
        answered();
      }
      case DAY_EXHAUSTED -> {
        log.warn("{} has nothing left for {} today: {}", name, modelId, failed.detail());
        close(modelId, failed, Limiter.tomorrow(now));
        answered();
      }
      case RATE_LIMITED -> {
        close(modelId, failed, now.plus(failed.retryAfter().orElse(USUAL_PAUSE)));
        answered();
      }
      case KEY_REJECTED, LOCATION_REJECTED, OVERLOADED, UNREACHABLE, TIMED_OUT, GARBLED -> {
        if (breaker.failed(failed, now) == Breaker.Change.BROKE) {
          log.error(
              "{} does not work and is left out, but tried again from time to time: {}",
              name,
              failed.detail());
        }
      }
      case PICTURE_REJECTED, REQUEST_REJECTED, NO_PICTURE -> answered();
    }
  }

  private void close(String modelId, Failed failed, Instant until) {
    closed.put(modelId, new Closed(until, failed));
  }
}
