package dev.plantain.command;

import dev.plantain.conversation.Roster;
import dev.plantain.quota.Spender;
import dev.plantain.storage.Reading;

/** Members as those who spend something in a chat. */
public final class Spenders {
  private Spenders() {}

  /** With the roles that they had when they were last seen there. */
  public static Spender of(Reading reading, Roster roster, Roster.Chat chat, long memberId) {
    long community = chat.communityId().orElseThrow();
    return new Spender(
        memberId,
        chat.id(),
        community,
        chat.ref().platform().value(),
        roster.roles(reading, memberId, community));
  }
}
