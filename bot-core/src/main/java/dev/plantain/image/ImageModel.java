package dev.plantain.image;

import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import java.util.Optional;

/** A provider of pictures: the port that every wire implements. */
public interface ImageModel {

  /**
   * Makes a picture. Called by the render step on a thread of its own; blocks until the answer is
   * stored or the time limit of the model and size is over. Every outcome is a value: nothing is
   * thrown for what a provider may answer.
   *
   * <p>Each call may cost money. It is never repeated in here, but for a request that the provider
   * refused for its form before doing any work.
   *
   * @throws InterruptedException the thread was interrupted, and the call was ended; it may have
   *     been billed
   */
  ImageResult generate(ImageRequest request) throws InterruptedException;

  /**
   * As {@link #generate}, and says what it cost. A model that asks others asks several, perhaps;
   * one that does not answers for another only where that one is gone.
   *
   * @throws InterruptedException as there
   */
  default Rendering render(ImageRequest request) throws InterruptedException {
    ImageResult result = generate(request);
    Optional<String> answeredBy =
        switch (result) {
          case ImageResult.Made made -> Optional.of(made.answeredBy());
          case ImageResult.Spoke spoke -> Optional.of(spoke.answeredBy());
          case ImageResult.Refused _, ImageResult.Failed _, ImageResult.Waits _ -> Optional.empty();
        };
    return new Rendering(
        result,
        Costs.of(request.model().id(), Optional.empty(), request, result).stream().toList(),
        answeredBy.filter(other -> !other.equals(request.model().id())).isPresent());
  }

  /**
   * Deletes a file that this model put at a provider. Called by the step that forgets what members
   * uploaded; blocks on the network for some seconds, costs nothing, and may be repeated.
   *
   * @return why it may still be there; empty where it is gone, whoever deleted it
   * @throws InterruptedException the thread was interrupted; it may be there or not
   */
  default Optional<Failed> delete(RemoteFile file) throws InterruptedException {
    return Optional.of(
        new Failed(
            Problem.UNREACHABLE,
            Optional.empty(),
            "There is no endpoint " + file.line() + " any more to delete " + file.name()));
  }
}
