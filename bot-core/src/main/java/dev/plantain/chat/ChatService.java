package dev.plantain.chat;

import dev.plantain.command.Commands;
import dev.plantain.job.JobStore;
import dev.plantain.job.NewJob;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.EventSink;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.PlatformId;
import dev.plantain.platform.Said;
import dev.plantain.platform.Sender;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Takes in what happens on the platforms: what concerns us becomes a job before the platform hears
 * that it was received, and anything else is neither stored nor sent anywhere.
 */
public final class ChatService implements EventSink {
  private static final Duration UNREADABLE_KEPT = Duration.ofDays(7);

  /** How long after its last turn a chat is looked at again after an absence of ours. */
  private static final Duration ALIVE = Duration.ofDays(7);

  /** Nobody waits longer for an answer, and to come with it then would startle them. */
  private static final Duration STILL_ANSWERED = Duration.ofHours(6);

  private final Database database;
  private final JobStore jobs;
  private final Commands commands;
  private final Albums albums;
  private final Listening listening;
  private final InstantSource clock;
  private final Runnable wake;
  private final EventCodec codec = new EventCodec();

  ChatService(
      Database database,
      JobStore jobs,
      Commands commands,
      Albums albums,
      Listening listening,
      InstantSource clock,
      Runnable wake) {
    this.database = database;
    this.jobs = jobs;
    this.commands = commands;
    this.albums = albums;
    this.listening = listening;
    this.clock = clock;
    this.wake = wake;
  }

  @Override
  public void accept(List<IncomingEvent> events) {
    List<IncomingEvent> ours = events.stream().filter(this::concernsUs).toList();
    if (ours.isEmpty()) {
      return;
    }
    database.update(tx -> {
      ours.forEach(event -> accept(tx, event, clock.instant()));
      tx.afterCommit(wake);
    });
  }

  /** When the bot listens: rule 1 of a conversation. */
  private boolean concernsUs(IncomingEvent event) {
    return switch (event) {
      case IncomingEvent.Message message ->
          message.place().direct()
              || message.addressed()
              // The caption that addresses us may be on another piece: the whole album decides.
              || message.said().album().isPresent()
              || listening.hears(message);
      case IncomingEvent.Command command ->
          command.explicit()
              || command.place().direct()
              || commands.find(command.name()).isPresent();
      case IncomingEvent.Withheld withheld -> true;
      case IncomingEvent.Edited edited -> true;
      case IncomingEvent.Button button -> true;
      case IncomingEvent.Joined joined -> true;
      case IncomingEvent.Left left -> true;
      case IncomingEvent.Moved moved -> true;
      case IncomingEvent.Unreadable unreadable -> true;
    };
  }

  @Override
  public LastSeen lastSeen(PlatformId platform) {
    Instant now = clock.instant();
    List<MessageRef> messages =
        database.read(reading ->
            reading.list(
                """
                select chat.ref as chat, turn_message.message as message
                from chat
                join turn_message on turn_message.chat_id = chat.id
                where chat.platform = ? and chat.last_turn_at > ?
                  and turn_message.turn_id =
                    (select max(turn.id) from turn where chat_id = chat.id and author = 'member')
                order by chat.id
                """,
                row -> new MessageRef(new ChatRef(platform, row.text("chat")), row.text("message")),
                platform.value(),
                now.minus(ALIVE)));
    return new LastSeen(messages, now.minus(STILL_ANSWERED));
  }

  private void accept(Tx tx, IncomingEvent event, Instant now) {
    switch (event) {
      case IncomingEvent.Message message ->
          acceptSaid(tx, event, message.place(), message.said(), now);
      case IncomingEvent.Command command ->
          acceptSaid(tx, event, command.place(), command.said(), now);
      case IncomingEvent.Edited edited -> {
        if (isRequest(tx, edited) || isWaiting(tx, edited)) {
          admit(tx, event, chatLane(edited.place()), now);
        }
      }
      case IncomingEvent.Withheld withheld -> admit(tx, event, chatLane(withheld.place()), now);
      // A press must not wait for what else is going on in the chat.
      case IncomingEvent.Button button -> admit(tx, event, "press:" + button.key(), now);
      case IncomingEvent.Joined joined -> admit(tx, event, chatLane(joined.place()), now);
      case IncomingEvent.Left left -> admit(tx, event, chatLane(left.place()), now);
      case IncomingEvent.Moved moved -> admit(tx, event, "move:" + moved.key(), now);
      case IncomingEvent.Unreadable unreadable -> keep(tx, unreadable, now);
    }
  }

  private void acceptSaid(Tx tx, IncomingEvent event, Place place, Said said, Instant now) {
    Optional<String> album = said.album();
    if (album.isPresent()) {
      albums.add(tx, album.get(), event, now);
    } else {
      admit(tx, event, chatLane(place), now);
    }
  }

  private void admit(Tx tx, IncomingEvent event, String lane, Instant now) {
    jobs.accept(
        tx,
        new NewJob(event.key(), Reception.KIND, lane, tenant(event), codec.write(event), now),
        now);
  }

  /** Edits of messages that asked us for nothing are nobody's business. */
  private static boolean isRequest(Tx tx, IncomingEvent.Edited edited) {
    return tx.exists(
        """
        select 1 from turn_message
        join chat on chat.id = turn_message.chat_id
        where chat.platform = ? and chat.ref = ? and turn_message.message = ?
        """,
        edited.message().chat().platform().value(),
        edited.message().chat().value(),
        edited.message().value());
  }

  /** Whether the message was accepted and is still to be looked at. */
  private boolean isWaiting(Tx tx, IncomingEvent.Edited edited) {
    return jobs.payloads(tx, Reception.KIND, chatLane(edited.place())).stream()
        .map(codec::read)
        .flatMap(event -> said(event).stream())
        .anyMatch(said -> said.message().equals(edited.message()));
  }

  private static Optional<Said> said(IncomingEvent event) {
    return switch (event) {
      case IncomingEvent.Message message -> Optional.of(message.said());
      case IncomingEvent.Command command -> Optional.of(command.said());
      case IncomingEvent.Withheld withheld -> Optional.empty();
      case IncomingEvent.Edited edited -> Optional.empty();
      case IncomingEvent.Button button -> Optional.empty();
      case IncomingEvent.Joined joined -> Optional.empty();
      case IncomingEvent.Left left -> Optional.empty();
      case IncomingEvent.Moved moved -> Optional.empty();
      case IncomingEvent.Unreadable unreadable -> Optional.empty();
    };
  }

  /**
   * For a week: long enough to mend the adapter, and no longer, as it may be somebody else's talk.
   */
  private static void keep(Tx tx, IncomingEvent.Unreadable unreadable, Instant now) {
    tx.update("delete from unreadable_event where received_at < ?", now.minus(UNREADABLE_KEPT));
    tx.update(
        """
        insert into unreadable_event (key, platform, raw, received_at) values (?, ?, ?, ?)
        on conflict (key) do nothing
        """,
        unreadable.key(),
        unreadable.platform().value(),
        unreadable.raw(),
        now);
  }

  static String chatLane(Place place) {
    return "chat:" + place.chat().platform() + ":" + place.chat().value();
  }

  /** Whose share of the queue is used: members have one each, and platforms one for themselves. */
  static String tenant(IncomingEvent event) {
    return switch (event) {
      case IncomingEvent.Message message -> tenant(message.sender());
      case IncomingEvent.Command command -> tenant(command.sender());
      case IncomingEvent.Withheld withheld -> tenant(withheld.sender());
      case IncomingEvent.Edited edited -> tenant(edited.sender());
      case IncomingEvent.Button button -> tenant(button.sender());
      case IncomingEvent.Joined joined -> tenant(joined.sender());
      case IncomingEvent.Left left -> left.place().chat().platform().value();
      case IncomingEvent.Moved moved -> moved.from().platform().value();
      case IncomingEvent.Unreadable unreadable -> unreadable.platform().value();
    };
  }

  private static String tenant(Sender sender) {
    return sender.member().platform() + ":" + sender.member().value();
  }
}
