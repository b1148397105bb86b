package dev.plantain.chat;

import dev.plantain.image.BatchModel;
import dev.plantain.image.Costs;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Rendering;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A provider that works on batches when a test lets it, and remembers what it took. */
final class FakeBatches implements BatchModel {
  private final Map<String, Batch> batches = new LinkedHashMap<>();
  private final Set<String> served = new TreeSet<>(List.of(Scene.NANO.id()));
  private int posts;
  private boolean loses;
  private boolean breaks;
  private Optional<Failed> refuses = Optional.empty();
  private Optional<Failed> unsure = Optional.empty();
  private Optional<Look> ends = Optional.empty();
  private FakePlatform.Wire wire =
      new FakePlatform.Wire() {
        @Override
        public void asked(String call) {}

        @Override
        public void done(String call) {}
      };

  /** What it holds of one. */
  private static final class Batch {
    private final String label;
    private final Map<String, ImageRequest> requests;
    private final Map<String, ImageResult> results = new LinkedHashMap<>();
    private boolean done;
    private boolean cancelled;

    Batch(String label, Map<String, ImageRequest> requests) {
      this.label = label;
      this.requests = Map.copyOf(requests);
    }
  }

  /** Makes something of a request. */
  interface Maker {
    ImageResult make(ImageRequest request);
  }

  synchronized void wire(FakePlatform.Wire newWire) {
    wire = newWire;
  }

  synchronized void servesNothing() {
    served.clear();
  }

  /** The next parcel arrives, and nobody hears of it. */
  synchronized void losesItsAnswer() {
    loses = true;
  }

  /** The next parcel is not taken. */
  synchronized void refuses(Problem problem) {
    refuses = Optional.of(new Failed(problem, Optional.empty(), "not now"));
  }

  /** From now on nobody can tell whether a parcel has arrived. */
  synchronized void isUnsure(Problem problem) {
    unsure = Optional.of(new Failed(problem, Optional.empty(), "who knows"));
  }

  /** It takes parcels again. */
  synchronized void isSure() {
    unsure = Optional.empty();
  }

  /** From now on nothing comes of any parcel. */
  synchronized void loses(boolean perhapsPaid) {
    ends = Optional.of(new Look.Gone("lost", perhapsPaid));
  }

  /** From now on nobody can be asked how far a parcel has come. */
  synchronized void isSilent() {
    ends =
        Optional.of(
            new Look.Unknown(new Failed(Problem.UNREACHABLE, Optional.empty(), "no answer")));
  }

  synchronized void alsoServes(ModelSpec model) {
    served.add(model.id());
  }

  /** The next document of answers breaks off behind the first answer. */
  synchronized void breaksOff() {
    breaks = true;
  }

  /** All requests that it took, one map for each parcel. */
  synchronized List<Map<String, ImageRequest>> parcels() {
    return batches.values().stream().map(batch -> batch.requests).toList();
  }

  /** How often something was posted to it. */
  synchronized int posts() {
    return posts;
  }

  synchronized long cancelled() {
    return batches.values().stream().filter(batch -> batch.cancelled).count();
  }

  /** Works on all that it holds. */
  synchronized void works(Maker maker) {
    for (Batch batch : batches.values()) {
      if (batch.cancelled) {
        continue;
      }
      batch.requests.forEach(
          (key, request) -> batch.results.computeIfAbsent(key, of -> maker.make(request)));
      batch.done = true;
    }
  }

  /** Whether it has made anything. */
  synchronized boolean worked() {
    return batches.values().stream().anyMatch(batch -> !batch.results.isEmpty());
  }

  /** Ends with nothing. */
  synchronized void expires() {
    batches.values().forEach(batch -> batch.done = true);
  }

  @Override
  public synchronized boolean serves(ModelSpec model) {
    return served.contains(model.id());
  }

  @Override
  public synchronized Sent send(String label, Map<String, ImageRequest> requests, Trying trying) {
    wire.asked("send batch");
    trying.at("fake/1");
    Sent sent = sent(label, requests, trying);
    wire.done("send batch");
    return sent;
  }

  private Sent sent(String label, Map<String, ImageRequest> requests, Trying trying) {
    for (Map.Entry<String, Batch> there : batches.entrySet()) {
      if (there.getValue().label.equals(label)) {
        return new Sent.Accepted(new Parcel("fake/1", there.getKey()));
      }
    }
    if (unsure.isPresent()) {
      return new Sent.NotAccepted(unsure.get(), true);
    }
    if (refuses.isPresent()) {
      Failed failed = refuses.get();
      refuses = Optional.empty();
      trying.refused();
      return new Sent.NotAccepted(failed, false);
    }
    posts++;
    String name = "batches/" + posts;
    batches.put(name, new Batch(label, requests));
    if (loses) {
      loses = false;
      return new Sent.NotAccepted(
          new Failed(Problem.UNREACHABLE, Optional.empty(), "no answer came"), true);
    }
    return new Sent.Accepted(new Parcel("fake/1", name));
  }

  @Override
  public synchronized Look look(Parcel parcel, Map<String, ImageRequest> asked, Taker taker) {
    Batch batch = Optional.ofNullable(batches.get(parcel.name())).orElseThrow();
    if (ends.isPresent()) {
      return ends.get();
    }
    if (batch.cancelled && !batch.done) {
      return new Look.Done();
    }
    if (!batch.done) {
      return new Look.Working();
    }
    List<Map.Entry<String, ImageResult>> results = new ArrayList<>(batch.results.entrySet());
    for (Map.Entry<String, ImageResult> entry : results) {
      ImageRequest request = Optional.ofNullable(asked.get(entry.getKey())).orElseThrow();
      taker.take(
          entry.getKey(),
          new Rendering(
              entry.getValue(),
              Costs.of("fake", Optional.empty(), request, entry.getValue()).stream()
                  .map(attempt -> attempt.batched())
                  .toList(),
              false));
      if (breaks) {
        breaks = false;
        return new Look.Unknown(new Failed(Problem.UNREACHABLE, Optional.empty(), "broke off"));
      }
    }
    return new Look.Done();
  }

  @Override
  public synchronized void cancel(Parcel parcel) {
    Optional.ofNullable(batches.get(parcel.name())).orElseThrow().cancelled = true;
  }
}
