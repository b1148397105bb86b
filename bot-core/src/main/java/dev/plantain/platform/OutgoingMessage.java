package dev.plantain.platform;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * A message to be posted.
 *
 * @param key the same for every attempt to post the same message
 * @param asksForReply the platform should open its reply field for the member replied to
 * @param forAskerAlone it concerns nobody but whoever wrote the message replied to. A platform that
 *     can show it to them alone does so, in the place of a public answer that they are shown to be
 *     coming; elsewhere it stands in the chat like any other
 * @param mayHaveArrived an earlier attempt ended without an answer, so that the message may stand
 *     in the chat already
 * @param known whether a message of this chat is already known to be something else than this one
 */
public record OutgoingMessage(
    String key,
    ChatRef chat,
    Optional<MessageRef> replyTo,
    Card card,
    boolean asksForReply,
    boolean forAskerAlone,
    boolean mayHaveArrived,
    Predicate<MessageRef> known) {

  /** A message for everybody. */
  public OutgoingMessage(
      String key,
      ChatRef chat,
      Optional<MessageRef> replyTo,
      Card card,
      boolean asksForReply,
      boolean mayHaveArrived,
      Predicate<MessageRef> known) {
    this(key, chat, replyTo, card, asksForReply, false, mayHaveArrived, known);
  }
}
