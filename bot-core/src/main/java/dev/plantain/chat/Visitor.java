package dev.plantain.chat;

import dev.plantain.conversation.Roster;
import dev.plantain.platform.Place;
import dev.plantain.platform.Sender;
import dev.plantain.storage.Tx;
import dev.plantain.text.Language;
import dev.plantain.text.Messages;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Who did something, where, and in which language we answer. */
record Visitor(Roster.Chat chat, Roster.Member member, Language language) {

  /** Notes that they were here. Their own language counts more than their chat's. */
  static Visitor meet(
      Tx tx, Roster roster, Messages messages, Place place, Sender sender, Instant now) {
    Roster.Chat chat =
        sender
            .language()
            .map(heard -> roster.meet(tx, place, heard))
            .orElseGet(() -> roster.meet(tx, place));
    Roster.Member member = roster.meet(tx, sender, chat.communityId().orElseThrow(), now);
    Language language =
        messages.choose(
            Stream.of(member.language(), chat.language()).flatMap(Optional::stream).toList());
    return new Visitor(chat, member, language);
  }
}
