package dev.plantain.chat;

import java.time.Instant;
import java.util.Optional;

/**
 * What the database holds of a card: what was asked for, and how far the job that it shows has
 * come.
 *
 * @param turnId the member's turn
 * @param resultTurnId the model's
 * @param lane in which the job runs once it is admitted
 * @param follows the turn continues from an answer that was still to come when it was accepted
 * @param requestMessage the message that asked, to which the card replies
 * @param copies how many pictures the request asks for: each further one has a card of its own
 * @param ending what the card says at last, in the place of a picture or below it
 * @param heldUntil how long it waits for a moderator; empty where it does not, or not any more
 * @param retryAt when the model is asked again, where it had no room
 */
record CardEntry(
    long id,
    long jobId,
    long chatId,
    long memberId,
    long turnId,
    Optional<Long> resultTurnId,
    String lane,
    boolean follows,
    Optional<String> requestMessage,
    JobState state,
    String model,
    Optional<String> ratio,
    Optional<String> size,
    int copies,
    String language,
    Optional<String> ending,
    Instant acceptedAt,
    Optional<Instant> renderingAt,
    Optional<Instant> heldUntil,
    Optional<Instant> retryAt) {

  /** The card as it was when it was posted. */
  CardEntry whenAccepted() {
    return new CardEntry(
        id,
        jobId,
        chatId,
        memberId,
        turnId,
        resultTurnId,
        lane,
        follows,
        requestMessage,
        JobState.ACCEPTED,
        model,
        ratio,
        size,
        copies,
        language,
        ending,
        acceptedAt,
        Optional.empty(),
        heldUntil,
        Optional.empty());
  }

  /** In which its job runs until it is let pass: nobody else's has to wait with it. */
  String waitingLane() {
    return "held:" + id;
  }

  /** In which its job runs now. */
  String currentLane() {
    return heldUntil.isPresent() ? waitingLane() : lane;
  }

  /** Under this key the card is posted, once. */
  String postingKey() {
    return "card:" + id;
  }
}
