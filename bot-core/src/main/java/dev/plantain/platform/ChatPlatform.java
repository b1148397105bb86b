package dev.plantain.platform;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * A platform on which people talk: the port that every adapter implements.
 *
 * <p>Every method but {@link #id} and {@link #capabilities} blocks on the network and may be called
 * from many threads at once. An interrupted thread gives up at once. Each throws {@link
 * PlatformException}: {@code Unavailable} when a retry may help, {@code Rejected} when none will.
 */
public interface ChatPlatform extends AutoCloseable {

  PlatformId id();

  Capabilities capabilities();

  /**
   * Announces the commands and begins to hand events to the sink, on a thread of its own. Returns
   * once the platform has accepted our credentials.
   */
  void start(EventSink sink, List<CommandSpec> commands);

  /**
   * Posts a message. When {@link OutgoingMessage#mayHaveArrived} is set, first looks for the
   * message in the chat by whatever means the platform has, and returns it if it is there.
   *
   * <p>If the message replied to is gone, posts without it.
   */
  MessageRef post(OutgoingMessage message);

  /** Makes a message of ours show another card. Showing what it shows already is no error. */
  void edit(MessageRef message, Card card);

  /** Removes a message of ours. Removing what is gone is no error. */
  void delete(MessageRef message);

  /**
   * Answers the press of a button, once, soon. An answer that comes too late is dropped without an
   * error.
   *
   * @param words shown to the presser alone; empty for a silent answer
   * @param alert they must be noticed
   */
  void answer(InteractionRef interaction, String words, boolean alert);

  /** Shows for a few seconds that a picture is in the making. */
  void showWorking(ChatRef chat);

  /**
   * Streams an attachment.
   *
   * @throws PlatformException.Rejected {@code TOO_LARGE} as soon as it exceeds {@code maxBytes},
   *     {@code ATTACHMENT_GONE}
   * @throws IOException {@code to} could not be written; a retry does not help
   */
  void fetch(AttachmentRef attachment, long maxBytes, OutputStream to) throws IOException;

  /**
   * Whether this message, which somebody sent just now, can still be answered hours later. Does not
   * block.
   */
  default boolean answersLater(MessageRef message) {
    return true;
  }

  /** Whether the member governs this chat. Answers may be as old as five minutes. */
  boolean isModerator(Place place, MemberRef member);

  /**
   * Whether messages that neither mention us nor reply to us reach us in this chat. Answers may be
   * as old as five minutes.
   */
  boolean hearsAll(Place place);

  /**
   * Stops handing out events, waiting for an {@code accept} under way, and ends held requests at
   * once.
   */
  @Override
  void close();
}
