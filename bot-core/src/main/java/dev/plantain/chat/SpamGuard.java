package dev.plantain.chat;

import dev.plantain.chat.Holding.Asker;
import dev.plantain.command.SpamNotation;
import dev.plantain.conversation.Roster;
import dev.plantain.moderation.AuditTrail;
import dev.plantain.moderation.Bans.Ban;
import dev.plantain.moderation.ModerationRules;
import dev.plantain.moderation.SpamRule;
import dev.plantain.moderation.SpamRules.Asking;
import dev.plantain.moderation.Verdict;
import dev.plantain.platform.Card;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Shuts out for a while whoever asks for more than their community's rules against spam let. */
final class SpamGuard {
  private final ModerationRules rules;
  private final AuditTrail trail = new AuditTrail();
  private final Messages messages;
  private final InstantSource clock;

  SpamGuard(ModerationRules rules, Messages messages, InstantSource clock) {
    this.rules = rules;
    this.messages = messages;
    this.clock = clock;
  }

  static Asking asking(Visitor visitor, String words, String about) {
    return new Asking(community(visitor), visitor.member().id(), words, about);
  }

  /** Whether a request is one too many; for those who make the rules none is. */
  Optional<Verdict.Spam> against(Reading reading, Asking asking, Asker asker) {
    return asker == Asker.MODERATOR
        ? Optional.empty()
        : rules.spam().against(reading, asking, clock.instant()).map(Verdict.Spam::new);
  }

  /** Counts a request that was let in, or that a limit refused. */
  void note(Tx tx, Asking asking, boolean refused) {
    rules.spam().note(tx, asking, refused, clock.instant());
  }

  /** What is said once; the rows shut the visitor out, and tell moderators why. */
  Gate.Reply reply(Visitor visitor, SpamRule rule) {
    Message told =
        switch (rule.kind()) {
          case FLOODS, REPEATS, REFUSALS -> new Message.SpamTold(rule.pause());
          case NEWCOMERS -> new Message.SpamToldNewcomer(rule.pause());
        };
    Card card = Card.of(messages.text(told, visitor.language()));
    return new Gate.Reply(Optional.of(card), tx -> shutOut(tx, visitor, rule));
  }

  private void shutOut(Tx tx, Visitor visitor, SpamRule rule) {
    long community = community(visitor);
    Roster.Member member = visitor.member();
    Instant now = clock.instant();
    if (rules.bans().find(tx, community, member.id(), now).isPresent()) {
      return;
    }
    String reason =
        messages.text(new Message.SpamReason(SpamNotation.write(rule)), visitor.language());
    Ban ban = new Ban(member.id(), Optional.of(now.plus(rule.pause())), reason);
    rules.bans().ban(tx, community, ban);
    rules.bans().told(tx, community, member.id(), now);
    rules.spam().forget(tx, community, member.id());
    String called = "@" + member.handle().orElse(member.name());
    trail.note(
        tx,
        community,
        visitor.chat().id(),
        AuditTrail.BY_ITSELF,
        "ban",
        called + " " + SpamNotation.pause(rule) + " " + reason,
        now);
  }

  private static long community(Visitor visitor) {
    return visitor.chat().communityId().orElseThrow();
  }
}
