package dev.plantain.chat;

import dev.plantain.chat.BatchStore.Batch;
import dev.plantain.chat.Postbox.Letter;
import dev.plantain.conversation.Roster;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.Card.Tone;
import dev.plantain.text.Language;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The one message that shows how far a batch is, beside the pictures that come of it. */
final class BatchMessage {
  /** What the button says that cancels a batch, before the number of the batch. */
  static final String CANCEL = "cancel-batch";

  private final Postbox postbox;
  private final Messages messages;
  private final Map<Long, Card> shown = new ConcurrentHashMap<>();

  BatchMessage(Postbox postbox, Messages messages) {
    this.postbox = postbox;
    this.messages = messages;
  }

  /**
   * Shows it where it is not shown already. Blocks on the network.
   *
   * @throws dev.plantain.platform.PlatformException as the platform does
   */
  void show(Roster.Chat chat, Batch batch, int all, int made, int left) {
    Card card = card(batch, all, made, left);
    if (card.equals(shown.get(batch.id()))) {
      return;
    }
    postbox.show(new Letter(batch.postingKey(), chat, batch.requestMessage(), card, false));
    shown.put(batch.id(), card);
  }

  /** Nothing of it changes any more. */
  void over(Batch batch) {
    shown.remove(batch.id());
  }

  private Card card(Batch batch, int all, int made, int left) {
    Language language = messages.choose(List.of(batch.language()));
    List<Message> words = new ArrayList<>();
    int others = all - made - left;
    if (left > 0) {
      words.add(batch.halfPrice() ? new Message.BatchAtHalfPrice(all) : new Message.BatchGoes(all));
      words.add(new Message.BatchProgress(made, others, left));
    } else if (batch.cancelled()) {
      words.add(new Message.BatchCancelled(made, all));
    } else {
      words.add(others == 0 ? new Message.BatchDone(made) : new Message.BatchDoneBut(made, others));
    }
    List<List<Button>> rows =
        left == 0 || batch.cancelled()
            ? List.of()
            : List.of(
                List.of(
                    new Button(
                        messages.text(new Message.ButtonCancel(), language),
                        CANCEL + ":" + batch.id(),
                        Tone.DANGER)));
    return new Card(
        words.stream()
            .<Paragraph>map(word -> new Paragraph.Told(messages.text(word, language)))
            .toList(),
        Optional.empty(),
        rows);
  }
}
