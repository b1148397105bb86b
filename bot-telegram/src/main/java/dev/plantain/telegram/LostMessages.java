package dev.plantain.telegram;

import dev.plantain.platform.Card;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformException.Reason;
import dev.plantain.telegram.TelegramRefs.Address;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageReplyMarkup;

/**
 * Finds a message of ours whose sending ended without an answer.
 *
 * <p>The Bot API has no way to read a chat and no key that makes sending repeatable. But an edit
 * that would change nothing is refused with words of its own: the message that already carries
 * exactly the buttons of this card is the one we look for. It stands close behind the message that
 * it replies to.
 */
final class LostMessages {

  /** How far we look: what a lively group writes while a request runs out of time. */
  private static final int NEAR = 12;

  private static final int REMEMBERED = 1_000;

  private final BotApi api;

  /** What we know to have posted is not lost, even before the core has noted it. */
  private final Set<MessageRef> arrived =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<MessageRef, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  LostMessages(BotApi api) {
    this.api = api;
  }

  void hasArrived(MessageRef message) {
    arrived.add(message);
  }

  /**
   * Looks behind a message for one that shows the buttons of the card; empty when there is none, or
   * when the card has no buttons to know it by.
   *
   * @param known what it certainly is not
   */
  Optional<MessageRef> find(Address chat, int repliedTo, Card card, Predicate<MessageRef> known) {
    for (int id = repliedTo + 1; id <= repliedTo + NEAR; id++) {
      MessageRef candidate = chat.message(id);
      Optional<EditMessageReplyMarkup> probe = CardRenderer.editButtons(chat, id, card);
      if (probe.isPresent()
          && !known.test(candidate)
          && !arrived.contains(candidate)
          && shows(probe.get())) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private boolean shows(EditMessageReplyMarkup probe) {
    try {
      api.call(probe);
    } catch (NotModified itIs) {
      return true;
    } catch (PlatformException.Rejected notOursOrNotThere) {
      if (notOursOrNotThere.reason() == Reason.CHAT_CLOSED) {
        throw notOursOrNotThere;
      }
      return false;
    }
    // Some other message of ours, which must not keep the buttons of this one.
    probe.setReplyMarkup(null);
    api.call(probe);
    return false;
  }
}
