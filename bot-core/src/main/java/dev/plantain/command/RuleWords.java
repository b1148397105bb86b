package dev.plantain.command;

import dev.plantain.chart.Gauges;
import dev.plantain.conversation.Roster;
import dev.plantain.quota.AmountNotation;
import dev.plantain.quota.Measure;
import dev.plantain.quota.Purse;
import dev.plantain.quota.Rule;
import dev.plantain.quota.RuleNotation;
import dev.plantain.quota.Scope;
import dev.plantain.quota.Standing;
import dev.plantain.quota.Standings;
import dev.plantain.storage.Reading;
import dev.plantain.text.Language;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules, and what is left of them, as people read them. */
final class RuleWords {
  private static final int BAR = 10;

  private final Roster roster;
  private final Messages messages;

  RuleWords(Roster roster, Messages messages) {
    this.roster = roster;
    this.messages = messages;
  }

  /** {@code Each member: 20/day}. */
  String line(Reading reading, CommandCall call, Rule rule) {
    return whose(reading, call, rule.scope()) + ": " + RuleNotation.write(rule.allowance());
  }

  /** For whom a rule holds. */
  String whose(Reading reading, CommandCall call, Scope scope) {
    Message words =
        switch (scope) {
          case Scope.Deployment() -> new Message.ScopeBot();
          case Scope.Platform(String name) -> new Message.ScopeBot();
          case Scope.Community(long id) -> new Message.ScopeCommunity();
          case Scope.Chat(long community, long id) ->
              id == call.chat().id() ? new Message.ScopeChat() : new Message.ScopeOtherChat();
          case Scope.Members(long id) -> new Message.ScopeMembers();
          case Scope.Role(long id, String role) ->
              new Message.ScopeRole(roster.roleName(reading, id, role).orElse(role));
          case Scope.Member(long id, long member) ->
              new Message.ScopeMember(roster.member(reading, member).name());
        };
    return messages.text(words, call.language());
  }

  /**
   * What is left of everything that bounds somebody.
   *
   * @param all also what another rule replaces
   */
  List<String> standings(
      Reading reading, CommandCall call, Standings standings, boolean all, Instant now) {
    Language language = call.language();
    List<String> lines = new ArrayList<>();
    standings.rules().stream()
        .filter(standing -> all || standing.counts())
        .forEach(standing -> lines.add(line(reading, call, standing, now)));
    if (lines.isEmpty()) {
      lines.add(messages.text(new Message.QuotaNone(), language));
    }
    credits(Purse.OWN, standings, language).ifPresent(lines::add);
    credits(Purse.POOL, standings, language).ifPresent(lines::add);
    standings
        .quietUntil()
        .map(until ->
            messages.text(new Message.QuotaQuietNow(Duration.between(now, until)), language))
        .ifPresent(lines::add);
    return lines;
  }

  /** The same as bars, as many as there is room for: of exemptions there are none. */
  List<Gauges.Gauge> gauges(Reading reading, CommandCall call, Standings standings) {
    return standings.rules().stream()
        .filter(Standing::counts)
        .filter(standing -> standing.limit().isPresent())
        .limit(Gauges.MOST)
        .map(standing ->
            new Gauges.Gauge(
                line(reading, call, standing.rule()),
                left(standing, call.language()),
                part(standing.left().orElse(0L), standing.limit().orElse(0L))))
        .toList();
  }

  private static double part(long left, long limit) {
    return limit == 0 ? 0 : Math.min(1, (double) left / limit);
  }

  private String left(Standing standing, Language language) {
    Measure measure = standing.rule().allowance().measure();
    return messages.text(
        new Message.QuotaLeft(
            AmountNotation.write(measure, standing.left().orElse(0L)),
            AmountNotation.write(measure, standing.limit().orElse(0L))),
        language);
  }

  private String line(Reading reading, CommandCall call, Standing standing, Instant now) {
    Language language = call.language();
    StringBuilder line = new StringBuilder(line(reading, call, standing.rule()));
    if (!standing.counts()) {
      String other = line(reading, call, standing.replacedBy().orElseThrow());
      return line.append(" (")
          .append(messages.text(new Message.QuotaReplaced(other), language))
          .append(')')
          .toString();
    }
    standing
        .limit()
        .ifPresent(limit -> {
          long left = standing.left().orElse(0L);
          line.append('\n').append(bar(left, limit)).append(' ').append(left(standing, language));
          standing
              .returnsAt()
              .map(at -> messages.text(new Message.QuotaBack(between(now, at)), language))
              .ifPresent(back -> line.append(" · ").append(back));
        });
    return line.toString();
  }

  private Optional<String> credits(Purse purse, Standings standings, Language language) {
    var cost = purse == Purse.OWN ? standings.own() : standings.pool();
    List<String> amounts = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      if (cost.of(measure) > 0) {
        amounts.add(AmountNotation.write(measure, cost.of(measure)));
      }
    }
    String amount = String.join(" + ", amounts);
    return amounts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            messages.text(
                purse == Purse.OWN
                    ? new Message.CreditsOwn(amount)
                    : new Message.CreditsPool(amount),
                language));
  }

  private static Duration between(Instant now, Instant at) {
    Duration left = Duration.between(now, at);
    return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
  }

  private static String bar(long left, long limit) {
    int full = limit == 0 ? 0 : (int) Math.ceilDiv(left * BAR, limit);
    return "▰".repeat(full) + "▱".repeat(BAR - full);
  }
}
