package dev.plantain.chat;

import dev.plantain.quota.QuotaDecision;
import dev.plantain.quota.QuotaDecision.Obstacle;
import dev.plantain.quota.Rule;
import dev.plantain.quota.RuleNotation;
import dev.plantain.quota.Scope;
import dev.plantain.quota.Window;
import dev.plantain.text.Language;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Says why a request may not be made now, when it may, and who can help. */
final class Refusal {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final Messages messages;

  Refusal(Messages messages) {
    this.messages = messages;
  }

  String text(QuotaDecision.Refused refused, Instant now, Language language) {
    String what = messages.text(what(refused.obstacle()), language);
    String when = messages.text(when(refused, now), language);
    return what + " " + when + help(refused.obstacle(), language);
  }

  private static Message what(Obstacle obstacle) {
    return switch (obstacle) {
      case Obstacle.NoRoom noRoom -> ruleReached(noRoom.rule());
      case Obstacle.CapReached cap ->
          cap.period() == Window.Period.DAY
              ? new Message.QuotaDayCap()
              : new Message.QuotaMonthCap();
      case Obstacle.Quiet quiet ->
          new Message.QuotaQuiet(quiet.hours().from().toString(), quiet.hours().to().toString());
    };
  }

  private static Message ruleReached(Rule rule) {
    String limit = RuleNotation.write(rule.allowance());
    return switch (rule.scope()) {
      case Scope.Deployment() -> new Message.QuotaOfBot(limit);
      case Scope.Platform(String name) -> new Message.QuotaOfBot(limit);
      case Scope.Community(long id) -> new Message.QuotaOfCommunity(limit);
      case Scope.Chat(long community, long id) -> new Message.QuotaOfChat(limit);
      case Scope.Members(long id) -> new Message.QuotaOfEach(limit);
      case Scope.Role(long id, String role) -> new Message.QuotaOfRole(limit);
      case Scope.Member(long id, long member) -> new Message.QuotaOfMember(limit);
    };
  }

  private static Message when(QuotaDecision.Refused refused, Instant now) {
    Optional<Duration> wait =
        refused
            .returnsAt()
            .map(at -> Duration.between(now, at))
            .map(left -> left.compareTo(SHORTEST) < 0 ? SHORTEST : left);
    return wait.<Message>map(Message.QuotaReturns::new).orElseGet(Message.QuotaStays::new);
  }

  /** Nobody in the chat can do anything about the operator's limits. */
  private String help(Obstacle obstacle, Language language) {
    boolean moderators =
        switch (obstacle) {
          case Obstacle.NoRoom noRoom -> noRoom.rule().scope().community().isPresent();
          case Obstacle.CapReached cap -> false;
          case Obstacle.Quiet quiet -> false;
        };
    return moderators ? " " + messages.text(new Message.QuotaHelp(), language) : "";
  }
}
