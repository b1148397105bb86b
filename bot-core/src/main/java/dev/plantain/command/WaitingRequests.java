package dev.plantain.command;

import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;

/** The requests that have not been begun. */
public interface WaitingRequests {

  /**
   * Ends all that a member has in the chats of a community, uncharged.
   *
   * @param by the name of whoever does it, for the member to read
   */
  void cancel(Tx tx, long communityId, long memberId, String by);

  /** Ends all of a community, uncharged, that wait for a moderator and are closed by now. */
  void screen(Tx tx, long communityId);

  /** How many of a community wait for a moderator. */
  int count(Reading reading, long communityId);
}
