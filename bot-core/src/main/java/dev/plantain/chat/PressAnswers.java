package dev.plantain.chat;

import dev.plantain.job.Ending;
import dev.plantain.platform.PlatformException;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What pressers are told. */
final class PressAnswers {
  private static final Logger log = LoggerFactory.getLogger(PressAnswers.class);

  private final Platforms platforms;
  private final Messages messages;

  PressAnswers(Platforms platforms, Messages messages) {
    this.platforms = platforms;
    this.messages = messages;
  }

  /** Something the presser must notice. */
  Ending tell(Press press, Message message) {
    answer(press, messages.text(message, press.language()), true);
    return Ending.done();
  }

  Ending note(Press press, Message message) {
    answer(press, messages.text(message, press.language()), false);
    return Ending.done();
  }

  void answer(Press press, String words, boolean alert) {
    try {
      platforms.of(press.chat().ref()).answer(press.event().interaction(), words, alert);
    } catch (PlatformException e) {
      // What was pressed for matters, the words about it do not.
      log.debug("A press was not answered: {}", e.getMessage());
    }
  }
}
