package dev.plantain.chat;

import dev.plantain.chat.ImprovementStore.Entry;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.Card.Tone;
import dev.plantain.text.Language;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the card of better words shows. */
final class ImprovementCards {
  static final String MAKE = "makeit";
  static final String OWN = "mywords";
  static final String DROP = "dropit";

  private final Messages messages;

  ImprovementCards(Messages messages) {
    this.messages = messages;
  }

  /** As long as nothing was chosen. */
  Card open(Entry entry) {
    return switch (entry.state()) {
      case ASKING -> card(entry, new Message.ImproveAsked(), Optional.empty());
      case OFFERED ->
          card(entry, new Message.ImproveOffered(), entry.improved().map(entry::withFlags));
      case FAILED -> card(entry, new Message.ImproveFailed(), Optional.empty());
      case REFUSED -> card(entry, new Message.ImproveRefused(), Optional.empty());
      case TAKEN, DROPPED -> dropped(entry);
    };
  }

  /** A picture is being made by these words. */
  Card taken(Entry entry, String words) {
    return quoting(entry, new Message.ImproveTaken(), Optional.of(words), List.of());
  }

  Card dropped(Entry entry) {
    return quoting(entry, new Message.ImproveDropped(), Optional.empty(), List.of());
  }

  private Card card(Entry entry, Message told, Optional<String> quoted) {
    List<Button> row = new ArrayList<>();
    if (entry.state() == ImprovementStore.State.OFFERED) {
      row.add(button(entry, new Message.ButtonMakeIt(), MAKE, Tone.PRIMARY));
    }
    if (entry.state() != ImprovementStore.State.ASKING) {
      row.add(button(entry, new Message.ButtonMyWords(), OWN, Tone.PLAIN));
    }
    row.add(button(entry, new Message.ButtonCancel(), DROP, Tone.DANGER));
    return quoting(entry, told, quoted, List.of(row));
  }

  private Card quoting(
      Entry entry, Message told, Optional<String> quoted, List<List<Button>> rows) {
    List<Paragraph> words = new ArrayList<>();
    words.add(new Paragraph.Told(text(entry, told)));
    quoted.ifPresent(said -> words.add(new Paragraph.Quoted(said)));
    return new Card(words, Optional.empty(), rows);
  }

  private Button button(Entry entry, Message label, String action, Tone tone) {
    return new Button(text(entry, label), action + ":" + entry.id(), tone);
  }

  private String text(Entry entry, Message message) {
    return messages.text(message, new Language(entry.language()));
  }
}
