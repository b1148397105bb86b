package dev.plantain.chat;

import dev.plantain.conversation.Roster;
import dev.plantain.job.Job;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.text.Language;

/** The press of a button, with whoever pressed. */
record Press(Job job, IncomingEvent.Button event, Visitor visitor) {
  Roster.Chat chat() {
    return visitor.chat();
  }

  Roster.Member member() {
    return visitor.member();
  }

  Language language() {
    return visitor.language();
  }
}
