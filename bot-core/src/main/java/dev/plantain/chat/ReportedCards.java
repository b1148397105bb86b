package dev.plantain.chat;

import dev.plantain.command.ReportedResults;
import dev.plantain.conversation.Roster;
import dev.plantain.conversation.Turn;
import dev.plantain.job.NewJob;
import dev.plantain.moderation.AuditTrail;
import dev.plantain.moderation.Reports;
import dev.plantain.moderation.Reports.Outcome;
import dev.plantain.moderation.Reports.Reported;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The cards of results that members report and moderators hide. */
final class ReportedCards implements ReportedResults {
  private final Stores stores;
  private final Reports reports;
  private final Billing billing;
  private final DeleteUploads uploads;
  private final AuditTrail trail = new AuditTrail();
  private final InstantSource clock;

  ReportedCards(
      Stores stores, Reports reports, Billing billing, DeleteUploads uploads, InstantSource clock) {
    this.stores = stores;
    this.reports = reports;
    this.billing = billing;
    this.uploads = uploads;
    this.clock = clock;
  }

  @Override
  public Optional<Long> find(Reading reading, long chatId, String message) {
    return stores
        .conversations()
        .turnOf(reading, chatId, message)
        .flatMap(turn -> stores.cards().ofResult(reading, turn))
        .filter(card -> hasPicture(reading, card))
        .map(CardEntry::id);
  }

  private boolean hasPicture(Reading reading, CardEntry card) {
    return card.resultTurnId()
        .flatMap(turn -> stores.conversations().find(reading, turn))
        .map(Turn::images)
        .filter(images -> !images.isEmpty())
        .isPresent();
  }

  @Override
  public boolean isThere(Reading reading, long chatId, long result) {
    return stores
        .cards()
        .find(reading, result)
        .filter(card -> card.chatId() == chatId && hasPicture(reading, card))
        .isPresent();
  }

  @Override
  public Outcome report(Tx tx, Doer doer, long result, String reason) {
    long community = community(tx, result);
    Instant now = clock.instant();
    Outcome outcome = reports.report(tx, community, result, doer.memberId(), reason, now);
    if (outcome == Outcome.TAKEN) {
      note(tx, community, doer, "report", ("#" + result + " " + reason).strip());
      hideByRule(tx, community, doer, result, now);
      show(tx, community, result);
    }
    return outcome;
  }

  private long community(Reading reading, long result) {
    CardEntry card = stores.cards().find(reading, result).orElseThrow();
    return stores.roster().chat(reading, card.chatId()).communityId().orElseThrow();
  }

  /** What a moderator decided stays so, however many report it then. */
  private void hideByRule(Tx tx, long community, Doer doer, long result, Instant now) {
    Reported reported = reports.find(tx, result).orElseThrow();
    int members = reports.of(tx, reported, now).size();
    boolean due =
        !reported.hidden()
            && reported.decidedBy().isEmpty()
            && reports.rule(tx, community).filter(rule -> members >= rule).isPresent();
    if (due) {
      hide(tx, community, result, Optional.empty());
      note(tx, community, doer, "report", "(#" + result + " hidden, reports: " + members + ")");
    }
  }

  @Override
  public boolean decide(Tx tx, Doer doer, long result, boolean hidden) {
    long community = community(tx, result);
    Optional<Reported> before = reports.find(tx, result);
    boolean same =
        before.map(Reported::hidden).orElse(false) == hidden
            && before.flatMap(Reported::decidedBy).isPresent();
    if (same) {
      return false;
    }
    if (hidden) {
      hide(tx, community, result, Optional.of(doer.memberId()));
    } else {
      reports.hide(tx, community, result, false, Optional.of(doer.memberId()));
    }
    String words = "#" + result + " (" + called(tx, result) + ")";
    note(tx, community, doer, "hide", hidden ? words : "off " + words);
    show(tx, community, result);
    return true;
  }

  /** What nobody is shown is not left at a provider either. */
  private void hide(Tx tx, long community, long result, Optional<Long> moderator) {
    reports.hide(tx, community, result, true, moderator);
    stores
        .cards()
        .find(tx, result)
        .flatMap(CardEntry::resultTurnId)
        .ifPresent(turn -> uploads.deleteOfTurn(tx, turn));
  }

  @Override
  public boolean refund(Tx tx, Doer doer, long result) {
    CardEntry card = stores.cards().find(tx, result).orElseThrow();
    boolean refunded = billing.refund(tx, card, doer.memberId());
    if (refunded) {
      String words = "#" + result + " (" + called(tx, result) + ")";
      note(tx, community(tx, result), doer, "refund", words);
    }
    return refunded;
  }

  /** Whose picture it is. */
  private String called(Reading reading, long result) {
    CardEntry card = stores.cards().find(reading, result).orElseThrow();
    Roster.Member asker = stores.roster().member(reading, card.memberId());
    return "@" + asker.handle().orElse(asker.name());
  }

  private void note(Tx tx, long community, Doer doer, String command, String words) {
    trail.note(tx, community, doer.chatId(), doer.memberId(), command, words, clock.instant());
  }

  /** Covers what was posted of a result while it was being hidden. */
  void posted(Tx tx, CardEntry card) {
    if (reports.isHidden(tx, card.id())) {
      long community = community(tx, card.id());
      reports.hide(tx, community, card.id(), true, Optional.empty());
      reports.covered(tx, card.id(), false);
      show(tx, community, card.id());
    }
  }

  /** Shows everywhere what has become of a result, once for each change. */
  private void show(Tx tx, long community, long result) {
    long changes = reports.find(tx, result).orElseThrow().changes();
    Instant now = clock.instant();
    stores
        .jobs()
        .accept(
            tx,
            new NewJob(
                "reported:" + result + ":" + changes,
                ShowReported.KIND,
                "reported:" + result,
                "reports:" + community,
                Long.toString(result),
                now),
            now);
  }
}
