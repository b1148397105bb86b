package dev.plantain.moderation;

import dev.plantain.moderation.Bans.Ban;

/** Whether moderators let something happen, and if they do not, which of their rules says so. */
public sealed interface Verdict {
  record Open() implements Verdict {}

  /** Some rule is against it. */
  sealed interface Closed extends Verdict {
    /** The rule is about people, and does not hold for those who make the rules. */
    default boolean sparesModerators() {
      return false;
    }
  }

  record Banned(Ban ban) implements Closed {
    @Override
    public boolean sparesModerators() {
      return true;
    }
  }

  /** The member, or a role of theirs, is denied, or others alone are let in. */
  record PersonDenied() implements Closed {
    @Override
    public boolean sparesModerators() {
      return true;
    }
  }

  /** They ask too often; a ban is to follow. */
  record Spam(SpamRule rule) implements Closed {
    @Override
    public boolean sparesModerators() {
      return true;
    }
  }

  record CommandDenied(String command) implements Closed {
    @Override
    public boolean sparesModerators() {
      return true;
    }
  }

  record ChatDenied() implements Closed {}

  record ModelDenied(String modelId) implements Closed {}

  record SizeDenied(String size) implements Closed {}

  /**
   * A forbidden word was said.
   *
   * @param word for those who make the rules, never for whoever said it
   */
  record WordsDenied(String word) implements Closed {}
}
