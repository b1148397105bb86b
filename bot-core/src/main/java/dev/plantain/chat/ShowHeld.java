package dev.plantain.chat;

import dev.plantain.chat.HeldRequests.Held;
import dev.plantain.chat.Postbox.Letter;
import dev.plantain.conversation.Roster;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.moderation.DutyChats;
import dev.plantain.moderation.DutyChats.Duty;
import dev.plantain.platform.PlatformException;
import dev.plantain.storage.Reading;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the moderators' card of a request that waits show how it stands, in the moderators' chat
 * or, where there is none or it is closed to us, in the chat of the request.
 */
final class ShowHeld implements JobHandler {
  static final String KIND = "show-held";

  private static final Logger log = LoggerFactory.getLogger(ShowHeld.class);

  private final Stores stores;
  private final HeldRequests held;
  private final DutyChats duties;
  private final Platforms platforms;
  private final Postbox postbox;
  private final HeldCards cards;

  /** Chats that were told of in the log. */
  private final Set<Long> closed = ConcurrentHashMap.newKeySet();

  ShowHeld(
      Stores stores,
      HeldRequests held,
      DutyChats duties,
      Platforms platforms,
      Postbox postbox,
      HeldCards cards) {
    this.stores = stores;
    this.held = held;
    this.duties = duties;
    this.platforms = platforms;
    this.postbox = postbox;
    this.cards = cards;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int concurrency() {
    return 4;
  }

  /** What is shown, and where; read in one view. */
  private record Shown(Held held, CardEntry card, Roster.Chat chat, boolean posted) {}

  @Override
  public Ending run(Job job) {
    Shown shown = stores.database().read(reading -> shown(reading, job));
    if (shown.held().outcome().isPresent() && !shown.posted()) {
      return Ending.done();
    }
    try {
      show(shown);
    } catch (PlatformException.Rejected e) {
      if (shown.chat().id() == shown.card().chatId()) {
        throw e;
      }
      return fallBack(job, shown, e);
    }
    return new Ending.Done(tx -> held.stands(tx, shown.held().cardId(), shown.chat().id()));
  }

  private Shown shown(Reading reading, Job job) {
    Held of = held.find(reading, Long.parseLong(job.payload())).orElseThrow();
    CardEntry card = stores.cards().find(reading, of.cardId()).orElseThrow();
    long chat =
        of.chatId()
            .or(() -> duties.find(reading, of.communityId(), Duty.APPROVAL))
            .orElse(card.chatId());
    boolean posted = postbox.posted(reading, of.postingKey(chat)).isPresent();
    return new Shown(of, card, stores.roster().chat(reading, chat), posted);
  }

  private void show(Shown shown) {
    Roster.Chat chat = shown.chat();
    postbox.show(
        new Letter(
            shown.held().postingKey(chat.id()),
            chat,
            stores
                .database()
                .read(reading ->
                    cards.card(
                        reading,
                        shown.held(),
                        shown.card(),
                        chat,
                        platforms.of(chat.ref()).capabilities()))));
  }

  private Ending fallBack(Job job, Shown shown, Exception why) {
    if (closed.add(shown.chat().id())) {
      log.warn(
          "The moderators' chat {} cannot be written to, so that requests which wait for approval"
              + " are shown where they were made: {}",
          shown.chat().ref().value(),
          why.getMessage());
    }
    return new Ending.Next(
        KIND,
        job.lane(),
        job.payload(),
        tx -> held.stands(tx, shown.held().cardId(), shown.card().chatId()));
  }

  @Override
  public Optional<Duration> delayAfter(Exception failure, Job job) {
    return Failures.delay(failure, job, 8);
  }

  /** Where nobody can be asked, the request ends when its time is over. */
  @Override
  public Ending giveUp(Job job, Exception failure) {
    Shown shown = stores.database().read(reading -> shown(reading, job));
    if (shown.chat().id() != shown.card().chatId()) {
      return fallBack(job, shown, failure);
    }
    log.warn(
        "Moderators could not be shown request {}: {}", shown.card().id(), failure.getMessage());
    return Ending.done();
  }
}
