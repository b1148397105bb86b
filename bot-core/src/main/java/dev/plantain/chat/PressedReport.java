package dev.plantain.chat;

import dev.plantain.command.ReportedResults.Doer;
import dev.plantain.command.WaitingRequests;
import dev.plantain.conversation.Roster;
import dev.plantain.job.Ending;
import dev.plantain.moderation.AuditTrail;
import dev.plantain.moderation.Bans.Ban;
import dev.plantain.moderation.ModerationRules;
import dev.plantain.platform.Place;
import dev.plantain.platform.PlatformException;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Presses of those who govern a community on the card of a result that was reported. */
final class PressedReport {
  static final String HIDE = "hideit";
  static final String KEEP = "keepit";
  static final String BAN = "banday";

  private static final Duration DAY = Duration.ofDays(1);

  private final Stores stores;
  private final Platforms platforms;
  private final ReportedCards reported;
  private final ModerationRules rules;
  private final WaitingRequests waiting;
  private final AuditTrail trail = new AuditTrail();
  private final PressAnswers answers;
  private final InstantSource clock;

  PressedReport(
      Stores stores,
      Platforms platforms,
      ReportedCards reported,
      ModerationRules rules,
      WaitingRequests waiting,
      PressAnswers answers,
      InstantSource clock) {
    this.stores = stores;
    this.platforms = platforms;
    this.reported = reported;
    this.rules = rules;
    this.waiting = waiting;
    this.answers = answers;
    this.clock = clock;
  }

  boolean concerns(String action) {
    return List.of(HIDE, KEEP, BAN).contains(action);
  }

  /** The card of the result, and where it stands. */
  private record Known(CardEntry card, Place place, long communityId, Roster.Member asker) {}

  /**
   * @param number that of the result
   */
  Ending press(Press press, String action, String number) {
    Optional<Known> known = number.matches("\\d{1,18}") ? known(number) : Optional.empty();
    if (known.isEmpty() || !governs(press, known.get().place())) {
      return answers.tell(press, new Message.ModeratorsDecideThis());
    }
    if (action.equals(BAN)) {
      return ban(press, known.get());
    }
    boolean hidden = action.equals(HIDE);
    Doer doer = new Doer(press.chat().id(), press.member().id());
    stores.database().update(tx -> reported.decide(tx, doer, known.get().card().id(), hidden));
    return answers.note(
        press, hidden ? new Message.AlertPictureHidden() : new Message.AlertPictureKept());
  }

  private Optional<Known> known(String number) {
    return stores
        .database()
        .read(reading ->
            rules
                .reports()
                .find(reading, Long.parseLong(number))
                .flatMap(of -> stores.cards().find(reading, of.cardId()))
                .map(card ->
                    new Known(
                        card,
                        stores.roster().place(reading, card.chatId()),
                        stores.roster().chat(reading, card.chatId()).communityId().orElseThrow(),
                        stores.roster().member(reading, card.memberId()))));
  }

  /** A chat that we have left has nobody any more who could tell us. */
  private boolean governs(Press press, Place place) {
    try {
      return place.chat().platform().equals(press.chat().ref().platform())
          && platforms.of(place.chat()).isModerator(place, press.event().sender().member());
    } catch (PlatformException.Rejected e) {
      return false;
    }
  }

  private Ending ban(Press press, Known known) {
    Roster.Member asker = known.asker();
    if (platforms.of(known.place().chat()).isModerator(known.place(), asker.ref())) {
      return answers.tell(press, new Message.BanModerator(asker.name()));
    }
    stores.database().update(tx -> ban(tx, press, known));
    return answers.note(press, new Message.MemberBannedFor(asker.name(), DAY));
  }

  /** A longer ban stays, and so does one of this very press. */
  private void ban(Tx tx, Press press, Known known) {
    long community = known.communityId();
    Roster.Member asker = known.asker();
    Instant now = clock.instant();
    boolean longer =
        rules
            .bans()
            .find(tx, community, asker.id(), now)
            .filter(ban ->
                ban.until().filter(until -> until.isBefore(now.plus(DAY.minusHours(1)))).isEmpty())
            .isPresent();
    if (!longer) {
      rules.bans().ban(tx, community, new Ban(asker.id(), Optional.of(now.plus(DAY)), ""));
      waiting.cancel(tx, community, asker.id(), press.member().name());
      String words = "@" + asker.handle().orElse(asker.name()) + " 1d";
      trail.note(tx, community, press.chat().id(), press.member().id(), "ban", words, now);
    }
  }
}
