package dev.plantain.chat;

import dev.plantain.chat.Postbox.Letter;
import dev.plantain.chat.Results.Result;
import dev.plantain.conversation.ConversationStore;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.platform.Card;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformException.Reason;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the card into the result. It edits what was posted, so that delivering twice looks like
 * once.
 */
final class DeliverResult implements JobHandler {
  static final String KIND = "deliver";

  private static final Logger log = LoggerFactory.getLogger(DeliverResult.class);

  private final Database database;
  private final Billing billing;
  private final ConversationStore conversations;
  private final CardStore cards;
  private final Results results;
  private final Postbox postbox;
  private final CardLocks locks;
  private final Replies replies;
  private final InstantSource clock;

  DeliverResult(
      Stores stores,
      Billing billing,
      Results results,
      Postbox postbox,
      CardLocks locks,
      Replies replies,
      InstantSource clock) {
    this.database = stores.database();
    this.billing = billing;
    this.conversations = stores.conversations();
    this.cards = stores.cards();
    this.results = results;
    this.postbox = postbox;
    this.locks = locks;
    this.replies = replies;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int concurrency() {
    return 8;
  }

  @Override
  public Ending run(Job job) throws InterruptedException {
    Result result =
        database.read(reading -> results.of(reading, cards.ofJob(reading, job.id()).orElseThrow()));
    CardEntry card = result.card();
    List<Card> pages = results.pages(result);
    MessageRef message =
        locks.locked(
            card.id(),
            () ->
                postbox.show(
                    new Letter(
                        card.postingKey(),
                        result.chat(),
                        card.requestMessage(),
                        pages.getFirst(),
                        false)));
    for (int page = 1; page < pages.size(); page++) {
      String key = card.postingKey() + ":page:" + page;
      postbox.post(new Letter(key, result.chat(), message.value(), pages.get(page)));
    }
    return new Ending.Done(tx -> delivered(tx, result, message.value()));
  }

  private void delivered(Tx tx, Result result, String message) {
    CardEntry card = result.card();
    conversations.link(tx, card.chatId(), message, card.resultTurnId().orElse(card.turnId()));
    if (card.state() == JobState.RENDERED) {
      cards.delivered(tx, card.id(), clock.instant());
    }
  }

  @Override
  public Optional<Duration> delayAfter(Exception failure, Job job) {
    return Failures.delay(failure, job, 12);
  }

  /**
   * A result that cannot be shown is told in words. Where the chat is closed to us or stays out of
   * reach, it is kept and nobody can be told.
   */
  @Override
  public Ending giveUp(Job job, Exception failure) {
    log.warn("The result of job {} could not be shown: {}", job.id(), failure.getMessage());
    CardEntry card = database.read(reading -> cards.ofJob(reading, job.id())).orElseThrow();
    boolean canBeTold =
        !(failure instanceof PlatformException.Unavailable)
            && !(failure instanceof PlatformException.Rejected rejected
                && rejected.reason() == Reason.CHAT_CLOSED);
    if (card.state() != JobState.RENDERED || !canBeTold) {
      return new Ending.Done(tx -> billing.refund(tx, card));
    }
    String words = replies.text(card, new Message.SomethingBroke());
    return new Ending.Next(
        KIND,
        job.lane(),
        "",
        tx -> {
          billing.refund(tx, card);
          cards.end(tx, card, JobState.FAILED, words, clock.instant());
        });
  }
}
