package dev.plantain.platform;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wrote and attached.
 *
 * @param words without the mention or the command that addressed us
 * @param album what the pieces of one album have in common, if this is such a piece
 * @param mentions others who are named in the words, as far as the platform tells who they are
 * @param awaited they are shown that an answer is coming, so that one must come however often
 */
public record Said(
    MessageRef message,
    String words,
    List<Attachment> attachments,
    Optional<Quoted> replyTo,
    Optional<String> album,
    List<Mention> mentions,
    boolean awaited) {

  /**
   * @param mentions null in what was stored when nobody asked for them
   */
  public Said(
      MessageRef message,
      String words,
      List<Attachment> attachments,
      Optional<Quoted> replyTo,
      Optional<String> album,
      @Nullable List<Mention> mentions,
      boolean awaited) {
    this.message = message;
    this.words = words;
    this.attachments = List.copyOf(attachments);
    this.replyTo = replyTo;
    this.album = album;
    this.mentions = mentions == null ? List.of() : List.copyOf(mentions);
    this.awaited = awaited;
  }

  public Said(
      MessageRef message,
      String words,
      List<Attachment> attachments,
      Optional<Quoted> replyTo,
      Optional<String> album,
      List<Mention> mentions) {
    this(message, words, attachments, replyTo, album, mentions, false);
  }

  /** Words that name nobody. */
  public Said(
      MessageRef message,
      String words,
      List<Attachment> attachments,
      Optional<Quoted> replyTo,
      Optional<String> album) {
    this(message, words, attachments, replyTo, album, List.of(), false);
  }

  /** The same where an answer is shown to be coming. */
  public Said awaiting() {
    return new Said(message, words, attachments, replyTo, album, mentions, true);
  }

  /** The same with other words. */
  public Said with(String otherWords) {
    return new Said(message, otherWords, attachments, replyTo, album, mentions, awaited);
  }

  /**
   * The message that was replied to.
   *
   * @param ours whether we posted it
   * @param author who wrote it, where the platform tells
   */
  public record Quoted(
      MessageRef message, boolean ours, List<Attachment> attachments, Optional<Sender> author) {

    public Quoted {
      attachments = List.copyOf(attachments);
    }

    public Quoted(MessageRef message, boolean ours, List<Attachment> attachments) {
      this(message, ours, attachments, Optional.empty());
    }
  }
}
