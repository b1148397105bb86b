package dev.plantain.chat;

import dev.plantain.conversation.Roster;
import dev.plantain.job.JobStore;
import dev.plantain.platform.Card;
import dev.plantain.platform.ChatPlatform;
import dev.plantain.platform.MessageRef;
import dev.plantain.storage.Database;
import dev.plantain.storage.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows on the cards how far their jobs have come, as seldom as the platform wants it, and only
 * where there is something new to show. What it forgets with the process, it shows once more.
 */
final class Progress implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Progress.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Platforms show the sign of work for five seconds. */
  private static final Duration WORKING_SIGN = Duration.ofMillis(4500);

  private final Database database;
  private final Platforms platforms;
  private final Roster roster;
  private final CardStore cards;
  private final JobStore jobs;
  private final Postbox postbox;
  private final CardLocks locks;
  private final Replies replies;
  private final InstantSource clock;
  private final Map<Long, Shown> shown = new ConcurrentHashMap<>();
  private final Map<Long, Instant> signs = new HashMap<>();
  private final Thread thread;

  Progress(
      Database database,
      Platforms platforms,
      Roster roster,
      CardStore cards,
      JobStore jobs,
      Postbox postbox,
      CardLocks locks,
      Replies replies,
      InstantSource clock) {
    this.database = database;
    this.platforms = platforms;
    this.roster = roster;
    this.cards = cards;
    this.jobs = jobs;
    this.postbox = postbox;
    this.locks = locks;
    this.replies = replies;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("progress").unstarted(this::keepLooking);
  }

  void start() {
    thread.start();
  }

  private record Shown(Card card, Instant at) {}

  private record Open(CardEntry card, Roster.Chat chat, Optional<String> message, int ahead) {}

  private void keepLooking() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        look();
      }
    } catch (InterruptedException e) {
      log.debug("Progress is not shown any more");
    }
  }

  /**
   * Shows what is new. Blocks on the network only as long as it takes to hand the work to threads
   * of its own.
   */
  void look() {
    try {
      List<Open> open = database.read(this::open);
      Set<Long> ids = open.stream().map(one -> one.card().id()).collect(Collectors.toSet());
      shown.keySet().retainAll(ids);
      signs.keySet().retainAll(open.stream().map(one -> one.chat().id()).toList());
      open.forEach(this::show);
    } catch (RuntimeException e) {
      // It is looked at again soon, and a failure that lasts is told where it matters.
      log.debug("Progress could not be looked at", e);
    }
  }

  private List<Open> open(Reading reading) {
    return cards.open(reading).stream()
        .map(card ->
            new Open(
                card,
                roster.chat(reading, card.chatId()),
                postbox.posted(reading, card.postingKey()),
                jobs.ahead(reading, card.jobId()).orElse(0)))
        .filter(one -> platforms.serves(one.chat().ref().platform()))
        .toList();
  }

  private void show(Open open) {
    if (open.message().isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    CardEntry card = open.card();
    ChatPlatform platform = platforms.of(open.chat().ref());
    if (card.state() == JobState.RENDERING && signDue(open.chat().id(), now)) {
      signs.put(open.chat().id(), now);
      Thread.startVirtualThread(() -> showWorking(platform, open.chat()));
    }
    Card next = replies.progress(card, open.ahead(), now);
    Shown last =
        shown.computeIfAbsent(
            card.id(),
            id -> new Shown(replies.progress(card.whenAccepted(), 0, now), card.acceptedAt()));
    boolean due = !last.at().plus(platform.capabilities().progressInterval()).isAfter(now);
    if (due && !next.equals(last.card())) {
      shown.put(card.id(), new Shown(next, now));
      Thread.startVirtualThread(() -> edit(platform, open, next));
    }
  }

  private boolean signDue(long chat, Instant now) {
    Instant last = signs.get(chat);
    return last == null || !last.plus(WORKING_SIGN).isAfter(now);
  }

  private static void showWorking(ChatPlatform platform, Roster.Chat chat) {
    try {
      platform.showWorking(chat.ref());
    } catch (RuntimeException e) {
      log.debug("The sign of work was not shown: {}", e.getMessage());
    }
  }

  private void edit(ChatPlatform platform, Open open, Card next) {
    locks.ifFree(
        open.card().id(),
        () -> {
          boolean still =
              database
                  .read(reading -> cards.find(reading, open.card().id()))
                  .filter(card -> card.state() == open.card().state())
                  .isPresent();
          if (still) {
            editNow(platform, open, next);
          }
        });
  }

  private void editNow(ChatPlatform platform, Open open, Card next) {
    try {
      platform.edit(new MessageRef(open.chat().ref(), open.message().orElseThrow()), next);
    } catch (RuntimeException e) {
      // The result matters, its progress does not.
      log.debug("The progress of card {} was not shown: {}", open.card().id(), e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
