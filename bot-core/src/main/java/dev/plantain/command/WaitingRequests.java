package dev.plantain.command;

import dev.plantain.storage.Tx;

/** The requests that have not been begun. */
@FunctionalInterface
public interface WaitingRequests {

  /**
   * Ends all that a member has in the chats of a community, uncharged.
   *
   * @param by the name of whoever does it, for the member to read
   */
  void cancel(Tx tx, long communityId, long memberId, String by);
}
