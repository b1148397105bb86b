package dev.plantain.image.endpoint;

import dev.plantain.image.BatchModel.Look;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Failed;
import java.util.Map;

/** One key of one endpoint that takes batches. */
public interface BatchLine {

  /** Posts a batch, once. Blocks on the network. */
  Posted post(String label, Map<String, ImageRequest> requests) throws InterruptedException;

  /** Looks for a batch of which nobody heard whether it arrived. Blocks on the network. */
  Found find(String label) throws InterruptedException;

  /** As {@link dev.plantain.image.BatchModel#look}. */
  Look look(String name, Map<String, ImageRequest> requests, Results results)
      throws InterruptedException;

  /** Asks for no more of it. Blocks on the network. */
  void cancel(String name) throws InterruptedException;

  /** Takes how one of the requests ended. */
  interface Results {
    void take(String key, ImageResult result);
  }

  /** What came of posting. */
  sealed interface Posted {
    record Known(String name) implements Posted {}

    /** The endpoint answered that it does not take it. */
    record Refused(Failed failed) implements Posted {}

    /** It may have arrived. */
    record Unknown(Failed failed) implements Posted {}
  }

  /** What came of looking for a batch. */
  sealed interface Found {
    record There(String name) implements Found {}

    record Nowhere() implements Found {}

    record Unknown(Failed failed) implements Found {}
  }
}
