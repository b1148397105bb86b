package dev.plantain.image;

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
}
