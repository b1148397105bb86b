package dev.plantain.chat;

import dev.plantain.chat.Postbox.Letter;
import dev.plantain.conversation.Roster;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.PlatformException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts the card of a request as soon as it is admitted. */
final class CardPoster {
  private static final Logger log = LoggerFactory.getLogger(CardPoster.class);

  private final Stores stores;
  private final Postbox postbox;
  private final CardLocks locks;
  private final Replies replies;
  private final InstantSource clock;

  CardPoster(
      Stores stores, Postbox postbox, CardLocks locks, Replies replies, InstantSource clock) {
    this.stores = stores;
    this.postbox = postbox;
    this.locks = locks;
    this.replies = replies;
    this.clock = clock;
  }

  /**
   * Blocks on the network. A card that cannot be posted now does not hold up the picture: the
   * delivery posts it.
   */
  void post(Roster.Chat chat, CardEntry card) throws InterruptedException {
    Letter letter =
        new Letter(
            card.postingKey(),
            chat,
            card.requestMessage(),
            replies.progress(card, 0, clock.instant()),
            false);
    try {
      // Somebody may cancel it before the platform has told us that it is there.
      MessageRef message = locks.locked(card.id(), () -> postbox.post(letter));
      stores
          .database()
          .update(tx -> stores.conversations().link(tx, chat.id(), message.value(), card.turnId()));
    } catch (PlatformException.Unavailable e) {
      log.info("The card of job {} could not be posted yet: {}", card.jobId(), e.getMessage());
    }
  }
}
