package dev.plantain.platform;

import java.util.List;
import java.util.Optional;

/**
 * What somebody wrote and attached.
 *
 * @param words without the mention or the command that addressed us
 * @param album what the pieces of one album have in common, if this is such a piece
 */
public record Said(
    MessageRef message,
    String words,
    List<Attachment> attachments,
    Optional<Quoted> replyTo,
    Optional<String> album) {

  public Said {
    attachments = List.copyOf(attachments);
  }

  /** The same with other words. */
  public Said with(String otherWords) {
    return new Said(message, otherWords, attachments, replyTo, album);
  }

  /**
   * The message that was replied to.
   *
   * @param ours whether we posted it
   */
  public record Quoted(MessageRef message, boolean ours, List<Attachment> attachments) {
    public Quoted {
      attachments = List.copyOf(attachments);
    }
  }
}
