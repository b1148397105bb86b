package dev.plantain.command;

import dev.plantain.moderation.Reports.Outcome;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.util.Optional;

/** The results of a chat, which members can report, and moderators hide or refund. */
public interface ReportedResults {

  /** Who does something, and where. */
  record Doer(long chatId, long memberId) {}

  /** The number of the result that a message of a chat shows, if it has pictures. */
  Optional<Long> find(Reading reading, long chatId, String message);

  /** Whether a result of that number was posted in a chat. */
  boolean isThere(Reading reading, long chatId, long result);

  /** Takes a member's report, and hides the result where a rule says so. */
  Outcome report(Tx tx, Doer doer, long result, String reason);

  /**
   * Hides a result, or shows it again, as a moderator wants.
   *
   * @return false where that was so already
   */
  boolean decide(Tx tx, Doer doer, long result, boolean hidden);

  /**
   * Gives back what a result cost to whoever asked for it, as a moderator wants.
   *
   * @return false where it was not charged, or is given back already
   */
  boolean refund(Tx tx, Doer doer, long result);
}
