package dev.plantain.chat;

import dev.plantain.conversation.ConversationStore;
import dev.plantain.conversation.Roster;
import dev.plantain.conversation.Turn;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.platform.Card;
import dev.plantain.platform.ChatPlatform;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformException.Reason;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
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
  private final Platforms platforms;
  private final Roster roster;
  private final ConversationStore conversations;
  private final CardStore cards;
  private final Postbox postbox;
  private final CardLocks locks;
  private final Replies replies;
  private final InstantSource clock;

  DeliverResult(
      Database database,
      Platforms platforms,
      Roster roster,
      ConversationStore conversations,
      CardStore cards,
      Postbox postbox,
      CardLocks locks,
      Replies replies,
      InstantSource clock) {
    this.database = database;
    this.platforms = platforms;
    this.roster = roster;
    this.conversations = conversations;
    this.cards = cards;
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

  /** What is to be shown, read in one view. */
  private record Result(
      CardEntry card,
      Roster.Chat chat,
      Turn asked,
      Optional<Turn> answer,
      Optional<String> posted) {}

  @Override
  public Ending run(Job job) throws InterruptedException {
    Result result = database.read(reading -> result(reading, job));
    ChatPlatform platform = platforms.of(result.chat().ref());
    List<Card> pages =
        replies.result(result.card(), result.asked(), result.answer(), platform.capabilities());
    String message =
        locks.locked(result.card().id(), () -> show(platform, result, pages.getFirst()));
    for (int page = 1; page < pages.size(); page++) {
      String key = result.card().postingKey() + ":page:" + page;
      postbox.post(key, result.chat(), Optional.of(message), pages.get(page), false);
    }
    return new Ending.Done(tx -> delivered(tx, result, message));
  }

  private Result result(dev.plantain.storage.Reading reading, Job job) {
    CardEntry card = cards.ofJob(reading, job.id()).orElseThrow();
    return new Result(
        card,
        roster.chat(reading, card.chatId()),
        conversations.find(reading, card.turnId()).orElseThrow(),
        card.resultTurnId().flatMap(turn -> conversations.find(reading, turn)),
        postbox.posted(reading, card.postingKey()));
  }

  private String show(ChatPlatform platform, Result result, Card card) {
    if (result.posted().isPresent()) {
      try {
        platform.edit(new MessageRef(result.chat().ref(), result.posted().get()), card);
        return result.posted().get();
      } catch (PlatformException.Rejected e) {
        if (e.reason() != Reason.MESSAGE_GONE) {
          throw e;
        }
        // Somebody removed the card, but the result was asked for all the same.
        postbox.forget(result.card().postingKey());
      }
    }
    return postbox
        .post(
            result.card().postingKey(), result.chat(), result.card().requestMessage(), card, false)
        .value();
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
   * The chat is closed to us, or stays out of reach: the result is kept, and nobody can be told.
   */
  @Override
  public Ending giveUp(Job job, Exception failure) {
    log.warn("The result of job {} could not be shown: {}", job.id(), failure.getMessage());
    return Ending.done();
  }
}
