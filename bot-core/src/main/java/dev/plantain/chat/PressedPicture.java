package dev.plantain.chat;

import dev.plantain.chat.Postbox.Letter;
import dev.plantain.conversation.Part;
import dev.plantain.conversation.Turn;
import dev.plantain.job.Ending;
import dev.plantain.media.Blob;
import dev.plantain.platform.Card;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.PlatformException;
import dev.plantain.settings.Setting;
import dev.plantain.settings.SettingsStore;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.util.List;
import java.util.Optional;

/** Presses that are about the pictures of a result. */
final class PressedPicture {
  private final Stores stores;
  private final SettingsStore settings;
  private final Postbox postbox;
  private final Replies replies;
  private final Messages messages;
  private final PressAnswers answers;
  private final ReportedCards reported;

  PressedPicture(
      Stores stores,
      SettingsStore settings,
      Postbox postbox,
      Replies replies,
      Messages messages,
      PressAnswers answers,
      ReportedCards reported) {
    this.stores = stores;
    this.settings = settings;
    this.postbox = postbox;
    this.replies = replies;
    this.messages = messages;
    this.answers = answers;
    this.reported = reported;
  }

  Ending original(Press press, CardEntry card) {
    List<Blob> images = images(card);
    if (images.isEmpty()) {
      return answers.tell(press, new Message.AlertOutdated());
    }
    answers.note(press, new Message.AlertOriginal());
    try {
      postPicture(press, card, images.getLast(), true, "original:" + press.job().id());
    } catch (PlatformException.Rejected rejected) {
      if (rejected.reason() != PlatformException.Reason.TOO_LARGE) {
        throw rejected;
      }
      return answers.tell(press, new Message.AlertOriginalTooLarge(images.getLast().bytes()));
    }
    return Ending.done();
  }

  Ending more(Press press, CardEntry card) {
    List<Blob> images = images(card);
    if (images.size() < 2) {
      return answers.tell(press, new Message.AlertOutdated());
    }
    answers.note(press, new Message.AlertOriginal());
    for (int i = 0; i < images.size() - 1; i++) {
      postPicture(press, card, images.get(i), false, "more:" + press.job().id() + ":" + i);
    }
    return Ending.done();
  }

  private void postPicture(Press press, CardEntry card, Blob blob, boolean untouched, String key) {
    Turn asked =
        stores
            .database()
            .read(reading -> stores.conversations().find(reading, card.turnId()))
            .orElseThrow();
    Card picture =
        new Card(
            List.of(),
            Optional.of(replies.picture(card, asked, blob, untouched, isSpoiler(card))),
            List.of());
    MessageRef message =
        postbox.post(new Letter(key, press.chat(), press.event().message().value(), picture));
    long result = card.resultTurnId().orElseThrow();
    stores
        .database()
        .update(tx -> {
          stores.conversations().link(tx, press.chat().id(), message.value(), result);
          reported.posted(tx, card);
        });
  }

  private List<Blob> images(CardEntry card) {
    return stores
        .database()
        .read(reading ->
            card.resultTurnId()
                .flatMap(turn -> stores.conversations().find(reading, turn))
                .map(turn -> turn.images().stream().map(Part.Image::blob).toList())
                .orElse(List.of()));
  }

  /**
   * Opens the reply field of the member who asked, about the result or, where there is none, about
   * what was asked; others are told how they can.
   */
  Ending change(Press press, CardEntry card) {
    boolean made = card.resultTurnId().isPresent();
    Message how = made ? new Message.AlertReplyToChange() : new Message.AlertReplyToRephrase();
    if (card.memberId() != press.member().id() || card.state().open()) {
      return answers.tell(press, how);
    }
    answers.note(press, how);
    Message question = made ? new Message.ChangeWhat() : new Message.QuestionRephrase();
    MessageRef message =
        postbox.post(
            new Letter(
                "change:" + press.job().id(),
                press.chat(),
                card.requestMessage(),
                Card.of(messages.text(question, press.language())),
                true));
    return new Ending.Done(tx ->
        stores
            .conversations()
            .link(
                tx, press.chat().id(), message.value(), card.resultTurnId().orElse(card.turnId())));
  }

  private boolean isSpoiler(CardEntry card) {
    return stores
        .database()
        .read(reading -> settings.isOn(reading, card.chatId(), Setting.SPOILER));
  }
}
