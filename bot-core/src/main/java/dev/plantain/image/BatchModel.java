package dev.plantain.image;

import dev.plantain.image.ImageResult.Failed;
import java.util.Map;
import java.util.Optional;

/** A provider that makes many pictures at once for half the price, minutes or hours later. */
public interface BatchModel {
  /** How many requests a parcel may hold: their answers come in one document. */
  int MOST_REQUESTS = 20;

  /** What is taken of the usual price, of two parts. */
  static long price(long usualMicroDollars) {
    return (usualMicroDollars + 1) / 2;
  }

  /** No provider takes batches. */
  static BatchModel none() {
    return new BatchModel() {
      @Override
      public boolean serves(ModelSpec model) {
        return false;
      }

      @Override
      public Sent send(String label, Map<String, ImageRequest> requests, Trying trying) {
        throw new IllegalStateException("nobody takes batches");
      }

      @Override
      public Look look(Parcel parcel, Map<String, ImageRequest> requests, Taker taker) {
        return new Look.Gone("nobody takes batches any more", true);
      }

      @Override
      public void cancel(Parcel parcel) {}
    };
  }

  /** Whether anybody takes batches for this model. Blocks on nothing. */
  boolean serves(ModelSpec model);

  /**
   * Sends requests of one model, of which each key is given back with its answer. A parcel of the
   * same label that arrived earlier, although nobody heard of it, is found and taken for this one,
   * so that nothing is paid twice. Blocks on the network.
   *
   * @param label different for all parcels that were ever sent; nothing secret
   */
  Sent send(String label, Map<String, ImageRequest> requests, Trying trying)
      throws InterruptedException;

  /**
   * Looks how far a parcel has come; once it is done, hands all answers over, each as soon as it is
   * stored. May be called again for answers that were lost. Blocks on the network.
   *
   * @param requests what was asked for, by key; their contents do not matter any more
   */
  Look look(Parcel parcel, Map<String, ImageRequest> requests, Taker taker)
      throws InterruptedException;

  /** Asks the provider to make no more of it; what is made already comes and is paid. Blocks. */
  void cancel(Parcel parcel) throws InterruptedException;

  /**
   * Requests on their way.
   *
   * @param line the endpoint and key to which they were sent
   * @param name what the provider calls them
   */
  record Parcel(String line, String name) {}

  /** Remembers, over the end of a process, where a parcel may have arrived. */
  interface Trying {
    /** The endpoint and key to which it was posted, as far as anybody knows. */
    Optional<String> line();

    /** It is about to be posted there. */
    void at(String line);

    /** It is not there, for certain. */
    void refused();
  }

  /** Takes an answer, with what it cost. */
  interface Taker {
    void take(String key, Rendering rendering);
  }

  /** What came of sending. */
  sealed interface Sent {
    record Accepted(Parcel parcel) implements Sent {}

    /**
     * It was not taken, as far as anybody knows.
     *
     * @param mayHaveArrived the same label finds out later
     */
    record NotAccepted(Failed failed, boolean mayHaveArrived) implements Sent {}
  }

  /** How far a parcel has come. */
  sealed interface Look {
    record Working() implements Look {}

    /** All answers were handed over; a request without one was not made, and is not paid. */
    record Done() implements Look {}

    /** The provider could not be asked now. */
    record Unknown(Failed failed) implements Look {}

    /**
     * Nothing will ever come of it.
     *
     * @param perhapsPaid whether it may have been made all the same
     */
    record Gone(String detail, boolean perhapsPaid) implements Look {}
  }
}
