package dev.plantain.command;

import dev.plantain.moderation.AuditTrail;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers moderators, and notes what they did in the transaction that did it. */
final class Deeds {
  private static final int BUTTONS_IN_ROW = 2;

  /** More rows than these are not shown everywhere. */
  static final int MOST_BUTTONS = 4 * BUTTONS_IN_ROW;

  private final AuditTrail trail;
  private final Messages messages;
  private final InstantSource clock;

  Deeds(AuditTrail trail, Messages messages, InstantSource clock) {
    this.trail = trail;
    this.messages = messages;
    this.clock = clock;
  }

  static long community(CommandCall call) {
    return call.chat().communityId().orElseThrow();
  }

  void note(Tx tx, CommandCall call, String command, String words) {
    note(tx, community(call), call, command, words);
  }

  /** As {@link #note(Tx, CommandCall, String, String)}, of another community than the call's. */
  void note(Tx tx, long communityId, CommandCall call, String command, String words) {
    trail.note(
        tx, communityId, call.chat().id(), call.member().id(), command, words, clock.instant());
  }

  String text(CommandCall call, Message message) {
    return messages.text(message, call.language());
  }

  Answer say(CommandCall call, Message message) {
    return say(call, text(call, message));
  }

  /** One sentence that is there already. */
  Answer say(CommandCall call, String text) {
    return new Answer.Say(Card.of(text), text, tx -> {});
  }

  /**
   * Our words, then what people wrote, line by line, and buttons. A list that has become empty
   * replaces the one whose last button was pressed.
   *
   * @param note what whoever pressed a button is told
   */
  Answer list(
      CommandCall call, List<Message> told, List<String> lines, List<Button> buttons, String note) {
    List<Paragraph> words = new ArrayList<>();
    told.forEach(message -> words.add(new Paragraph.Told(text(call, message))));
    if (!lines.isEmpty()) {
      words.add(new Paragraph.Quoted(String.join("\n", lines)));
    }
    return new Answer.Say(new Card(words, Optional.empty(), rows(buttons)), note, tx -> {}, true);
  }

  private static List<List<Button>> rows(List<Button> buttons) {
    List<List<Button>> rows = new ArrayList<>();
    for (int i = 0; i < buttons.size(); i += BUTTONS_IN_ROW) {
      rows.add(buttons.subList(i, Math.min(buttons.size(), i + BUTTONS_IN_ROW)));
    }
    return rows;
  }
}
