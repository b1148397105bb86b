package dev.plantain.chat;

import dev.plantain.conversation.Part;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.RemoteFile;
import dev.plantain.image.Rendering;
import dev.plantain.image.Usage;
import dev.plantain.media.Blob;
import dev.plantain.media.BlobDraft;
import dev.plantain.media.BlobId;
import dev.plantain.media.MediaStore;
import dev.plantain.media.MediaType;
import dev.plantain.media.Pictures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A model that paints a small picture for every request, unless a test tells it what to do. */
final class FakeModel implements ImageModel {

  /** What happens in one call. */
  interface Script {
    ImageResult play(ImageRequest request) throws InterruptedException;
  }

  private final MediaStore media;
  private final List<ImageRequest> requests = new ArrayList<>();
  private final List<RemoteFile> deletions = new ArrayList<>();
  private boolean deletesNothing;
  private volatile boolean standsIn;
  private volatile @Nullable Other other;

  private record Other(ImageModel model, ModelSpec spec) {}

  private final Queue<Script> scripts = new ArrayDeque<>();
  private FakePlatform.Wire wire =
      new FakePlatform.Wire() {
        @Override
        public void asked(String call) {}

        @Override
        public void done(String call) {}
      };

  FakeModel(MediaStore media) {
    this.media = media;
  }

  synchronized void wire(FakePlatform.Wire newWire) {
    wire = newWire;
  }

  synchronized void answers(ImageResult result) {
    scripts.add(request -> result);
  }

  synchronized void plays(Script script) {
    scripts.add(script);
  }

  synchronized List<ImageRequest> requests() {
    return List.copyOf(requests);
  }

  /** Another is asked from now on, for this model. */
  synchronized void asks(ImageModel model, ModelSpec spec) {
    other = new Other(model, spec);
  }

  /** What another model answers from now on, it answers because ours had no room. */
  synchronized void standsIn() {
    standsIn = true;
  }

  @Override
  public Rendering render(ImageRequest request) throws InterruptedException {
    Optional<Other> asked = Optional.ofNullable(other);
    if (asked.isPresent()) {
      return asked
          .get()
          .model()
          .render(
              new ImageRequest(
                  asked.get().spec(), request.contents(), Optional.empty(), Optional.empty()));
    }
    Rendering rendering = ImageModel.super.render(request);
    return standsIn ? new Rendering(rendering.result(), rendering.attempts(), false) : rendering;
  }

  /** From now on nothing can be deleted, or it can again. */
  synchronized void deletesNothing(boolean nothing) {
    deletesNothing = nothing;
  }

  /** What it was to delete, oldest first. */
  synchronized List<RemoteFile> deletions() {
    return List.copyOf(deletions);
  }

  @Override
  public Optional<ImageResult.Failed> delete(RemoteFile file) throws InterruptedException {
    synchronized (this) {
      deletions.add(file);
      if (deletesNothing) {
        return Optional.of(
            new ImageResult.Failed(ImageResult.Problem.UNREACHABLE, Optional.empty(), "down"));
      }
    }
    Optional<Other> asked = Optional.ofNullable(other);
    return asked.isPresent() ? asked.get().model().delete(file) : Optional.empty();
  }

  @Override
  public ImageResult generate(ImageRequest request) throws InterruptedException {
    Optional<Script> script;
    synchronized (this) {
      wire.asked("model");
      requests.add(request);
      script = Optional.ofNullable(scripts.poll());
    }
    ImageResult result = script.isPresent() ? script.get().play(request) : paint(request);
    wire.done("model");
    return result;
  }

  ImageResult.Made paint(ImageRequest request) {
    return made(request, picture(requests.size()));
  }

  ImageResult.Made made(ImageRequest request, Part... parts) {
    return new ImageResult.Made(List.of(parts), request.model().id(), Usage.NONE);
  }

  /** A signed picture; the same number gives the same one. */
  Part.Image picture(long number) {
    byte[] bytes = Pictures.png(32, 18, number);
    Blob blob = new Blob(keep(bytes), MediaType.PNG, bytes.length, 32, 18);
    return new Part.Image(blob, Optional.of(token(number)));
  }

  Part.Token token(long number) {
    return new Part.Token(keep(new byte[] {1, (byte) number}), 1000 + number);
  }

  private BlobId keep(byte[] bytes) {
    try (BlobDraft draft = media.begin()) {
      draft.write(bytes, 0, bytes.length);
      return draft.keep();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
