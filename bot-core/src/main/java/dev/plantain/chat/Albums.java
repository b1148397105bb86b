package dev.plantain.chat;

import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.job.JobStore;
import dev.plantain.job.NewJob;
import dev.plantain.platform.Attachment;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.Place;
import dev.plantain.platform.Said;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gathers the pieces of albums, which arrive as messages of their own with no sign of which is the
 * last: when nothing has come for a while, the album is taken for whole and becomes one message.
 * Pieces of an album that turns out not to be meant for us are removed.
 */
final class Albums implements JobHandler {
  static final String KIND = "gather";

  /**
   * How long after its last piece an album is taken for whole (Telegram reference, Bot API facts:
   * albums).
   */
  private static final Duration QUIET = Duration.ofMillis(1200);

  private final Database database;
  private final JobStore jobs;
  private final Listening listening;
  private final EventCodec codec = new EventCodec();

  Albums(Database database, JobStore jobs, Listening listening) {
    this.database = database;
    this.jobs = jobs;
    this.listening = listening;
  }

  /**
   * Called within the transaction that accepts the piece. A piece delivered again is passed over.
   */
  void add(Tx tx, String album, IncomingEvent piece, Instant now) {
    int added =
        tx.update(
            """
            insert into album_piece (event_key, album, position, event, received_at)
            values (?, ?, (select count(*) from album_piece where album = ?), ?, ?)
            on conflict (event_key) do nothing
            """,
            piece.key(),
            album,
            album,
            codec.write(piece),
            now);
    Instant whole = now.plus(QUIET);
    if (added == 0 || jobs.postpone(tx, key(album), KIND, whole)) {
      return;
    }
    if (jobs.accept(tx, job(key(album), album, piece, whole), now).isEmpty()) {
      // The album was taken for whole before: what comes late is gathered by itself.
      jobs.accept(tx, job(key(album) + ":" + piece.key(), album, piece, whole), now);
    }
  }

  private static NewJob job(String key, String album, IncomingEvent piece, Instant whole) {
    return new NewJob(key, KIND, key(album), ChatService.tenant(piece), album, whole);
  }

  private static String key(String album) {
    return "album:" + album;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int concurrency() {
    return 4;
  }

  @Override
  public Ending run(Job job) {
    String album = job.payload();
    List<IncomingEvent> pieces =
        database.read(reading ->
            reading.list(
                "select event from album_piece where album = ? and event <> '' order by position",
                row -> codec.read(row.text("event")),
                album));
    Optional<IncomingEvent> whole = join(pieces);
    if (whole.isEmpty()) {
      return new Ending.Done(tx -> forget(tx, job, pieces));
    }
    IncomingEvent event = whole.get();
    return new Ending.Next(
        Reception.KIND, lane(event), codec.write(event), tx -> taken(tx, pieces));
  }

  /** Their keys stay, so that a piece that is delivered again is known. */
  private static void taken(Tx tx, List<IncomingEvent> pieces) {
    pieces.forEach(
        piece -> tx.update("update album_piece set event = '' where event_key = ?", piece.key()));
  }

  /** What was not meant for us leaves no trace. */
  private void forget(Tx tx, Job job, List<IncomingEvent> pieces) {
    pieces.forEach(piece -> tx.update("delete from album_piece where event_key = ?", piece.key()));
    if (!pieces.isEmpty()) {
      jobs.forget(tx, job);
    }
  }

  private static String lane(IncomingEvent event) {
    return switch (event) {
      case IncomingEvent.Message message -> ChatService.chatLane(message.place());
      case IncomingEvent.Command command -> ChatService.chatLane(command.place());
      case IncomingEvent other ->
          throw new IllegalArgumentException("no piece of an album: " + other);
    };
  }

  /** One message out of the pieces; empty when none of them is meant for us. */
  private Optional<IncomingEvent> join(List<IncomingEvent> pieces) {
    Optional<IncomingEvent.Command> command =
        pieces.stream()
            .filter(IncomingEvent.Command.class::isInstance)
            .map(IncomingEvent.Command.class::cast)
            .findFirst();
    if (command.isPresent()) {
      IncomingEvent.Command first = command.get();
      return Optional.of(
          new IncomingEvent.Command(
              first.key(),
              first.place(),
              first.sender(),
              join(first.said(), pieces),
              first.name(),
              first.explicit()));
    }
    List<IncomingEvent.Message> messages =
        pieces.stream()
            .filter(IncomingEvent.Message.class::isInstance)
            .map(IncomingEvent.Message.class::cast)
            .toList();
    if (messages.isEmpty() || !meantForUs(messages)) {
      return Optional.empty();
    }
    IncomingEvent.Message first = speaking(messages);
    return Optional.of(
        new IncomingEvent.Message(
            first.key(), first.place(), first.sender(), join(first.said(), pieces), true));
  }

  private boolean meantForUs(List<IncomingEvent.Message> messages) {
    Place place = messages.getFirst().place();
    return place.direct()
        || messages.stream().anyMatch(IncomingEvent.Message::addressed)
        || messages.stream().anyMatch(listening::hears);
  }

  /** The piece that carries the words, to which the card replies. */
  private static IncomingEvent.Message speaking(List<IncomingEvent.Message> messages) {
    return messages.stream()
        .filter(message -> !message.said().words().isBlank())
        .findFirst()
        .orElse(messages.getFirst());
  }

  private static Said join(Said speaking, List<IncomingEvent> pieces) {
    List<Attachment> attachments = new ArrayList<>();
    Set<String> words = new LinkedHashSet<>();
    words.add(speaking.words());
    pieces.stream()
        .flatMap(Albums::said)
        .forEach(said -> {
          attachments.addAll(said.attachments());
          words.add(said.words());
        });
    words.removeIf(String::isBlank);
    return new Said(
        speaking.message(),
        String.join("\n", words),
        attachments,
        speaking.replyTo(),
        Optional.empty(),
        speaking.mentions());
  }

  private static Stream<Said> said(IncomingEvent piece) {
    return switch (piece) {
      case IncomingEvent.Message message -> Stream.of(message.said());
      case IncomingEvent.Command command -> Stream.of(command.said());
      case IncomingEvent other -> Stream.empty();
    };
  }

  @Override
  public Optional<Duration> delayAfter(Exception failure, Job job) {
    return Failures.delay(failure, job, 12);
  }

  @Override
  public Ending giveUp(Job job, Exception failure) {
    return Ending.done();
  }
}
