package dev.plantain.chat;

import dev.plantain.chat.Postbox.Letter;
import dev.plantain.command.Answer;
import dev.plantain.command.Command;
import dev.plantain.command.CommandCall;
import dev.plantain.command.Commands;
import dev.plantain.conversation.Moves;
import dev.plantain.conversation.Roster;
import dev.plantain.job.Ending;
import dev.plantain.job.Job;
import dev.plantain.job.JobHandler;
import dev.plantain.moderation.Verdict;
import dev.plantain.platform.Attachment;
import dev.plantain.platform.Card;
import dev.plantain.platform.ChatPlatform;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.Place;
import dev.plantain.platform.Said;
import dev.plantain.platform.Sender;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The first step of every job: looks at the event that was accepted and does, or begins, what it
 * asks for.
 */
final class Reception implements JobHandler {
  static final String KIND = "admit";

  private final Database database;
  private final Platforms platforms;
  private final Roster roster;
  private final Moves moves;
  private final Commands commands;
  private final Gate gate;
  private final AdmitRequest requests;
  private final AdmitImprovement improvements;
  private final AdmitBatch manyRequests;
  private final ChangeRequest changes;
  private final Presses presses;
  private final Cancellation cancellation;
  private final Postbox postbox;
  private final Messages messages;
  private final InstantSource clock;
  private final EventCodec codec = new EventCodec();

  Reception(
      Database database,
      Platforms platforms,
      Roster roster,
      Commands commands,
      Gate gate,
      AdmitRequest requests,
      AdmitImprovement improvements,
      AdmitBatch manyRequests,
      ChangeRequest changes,
      Presses presses,
      Cancellation cancellation,
      Postbox postbox,
      Messages messages,
      InstantSource clock) {
    this.database = database;
    this.platforms = platforms;
    this.roster = roster;
    this.moves = new Moves(roster);
    this.commands = commands;
    this.gate = gate;
    this.requests = requests;
    this.improvements = improvements;
    this.manyRequests = manyRequests;
    this.changes = changes;
    this.presses = presses;
    this.cancellation = cancellation;
    this.postbox = postbox;
    this.messages = messages;
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
    return switch (codec.read(job.payload())) {
      case IncomingEvent.Message message ->
          requests.admit(job, message.place(), message.sender(), message.said(), false);
      case IncomingEvent.Command command -> command(job, command);
      case IncomingEvent.Withheld withheld -> pointToTheMenu(job, withheld);
      case IncomingEvent.Edited edited -> changes.change(edited);
      case IncomingEvent.Button button -> presses.press(job, button);
      case IncomingEvent.Joined joined -> greet(job, joined);
      case IncomingEvent.Moved moved -> new Ending.Done(tx -> move(tx, moved));
      case IncomingEvent.Left left -> new Ending.Done(tx -> leave(tx, left));
      case IncomingEvent.Unreadable unreadable -> Ending.done();
    };
  }

  private void move(Tx tx, IncomingEvent.Moved moved) {
    moves.move(tx, moved.from(), moved.to());
    moved.community().ifPresent(community -> moves.move(tx, community.from(), community.to()));
  }

  /** Where nobody can be shown anything any more, nothing waits. */
  private void leave(Tx tx, IncomingEvent.Left left) {
    roster.chats(tx, left.place().community()).forEach(chat -> cancellation.leave(tx, chat.id()));
  }

  private Ending command(Job job, IncomingEvent.Command event) throws InterruptedException {
    Visitor visitor = meet(event.place(), event.sender());
    Optional<Command> command = commands.find(event.name());
    if (command.isEmpty()) {
      Card unknown =
          Card.of(messages.text(new Message.CommandUnknown(event.name()), visitor.language()));
      return decline(job, visitor, event, unknown, tx -> {});
    }
    Verdict verdict = gate.command(visitor, event.place(), event.sender(), command.get());
    if (verdict instanceof Verdict.Closed closed) {
      return closed(job, visitor, event, closed);
    }
    Said said = event.said().with(command.get().asWords(event.said().words(), event.options()));
    ChatPlatform platform = platforms.of(event.place().chat());
    CommandCall call =
        new CommandCall(
            event.key(),
            visitor.chat(),
            visitor.member(),
            event.place(),
            said.words(),
            said.mentions(),
            said.replyTo().map(Said.Quoted::message),
            said.replyTo().filter(quoted -> !quoted.ours()).flatMap(Said.Quoted::author),
            pictures(visitor.chat(), said),
            visitor.language(),
            () -> platform.isModerator(event.place(), event.sender().member()),
            member -> platform.isModerator(event.place(), member),
            place -> platforms.of(place.chat()).isModerator(place, event.sender().member()),
            () -> platform.hearsAll(event.place()));
    return switch (command.get().run(call)) {
      case Answer.Known known ->
          said.awaited() ? decline(job, visitor, event, known.card(), tx -> {}) : Ending.done();
      case Answer.Improve _ -> improvements.admit(job, event, visitor, said);
      case Answer.Say say -> post(job, visitor, event, say.card(), say.rows());
      case Answer.Batch() -> manyRequests.admit(job, event.place(), event.sender(), said);
      case Answer.Picture picture ->
          requests.admit(
              job,
              event.place(),
              event.sender(),
              picture.words().map(said::with).orElse(said),
              picture.fresh());
    };
  }

  private Ending closed(
      Job job, Visitor visitor, IncomingEvent.Command event, Verdict.Closed verdict) {
    Gate.Reply reply = gate.reply(visitor, verdict, event.said().awaited());
    return reply.card().isPresent()
        ? decline(job, visitor, event, reply.card().get(), reply.rows())
        : Ending.done();
  }

  private List<Attachment> pictures(Roster.Chat chat, Said said) {
    return Stream.concat(
            said
                .replyTo()
                .filter(quoted -> !database.read(reading -> gate.hides(reading, chat, quoted)))
                .stream()
                .flatMap(quoted -> quoted.attachments().stream()),
            said.attachments().stream())
        .toList();
  }

  private Ending decline(
      Job job, Visitor visitor, IncomingEvent.Command event, Card why, Consumer<Tx> rows) {
    postbox.post(
        Letter.toAskerAlone(
            "answer:" + job.id(), visitor.chat(), event.said().message().value(), why));
    return new Ending.Done(rows);
  }

  private Ending post(
      Job job, Visitor visitor, IncomingEvent.Command event, Card card, Consumer<Tx> rows) {
    postbox.post(
        new Letter("answer:" + job.id(), visitor.chat(), event.said().message().value(), card));
    return new Ending.Done(rows);
  }

  private Ending greet(Job job, IncomingEvent.Joined joined) {
    Visitor visitor = meet(joined.place(), joined.sender());
    Message greeting =
        joined.hearsMentions()
            ? new Message.GreetingWithMentions(joined.ourName())
            : new Message.GreetingByCommand();
    Card card = Card.of(messages.text(greeting, visitor.language()));
    postbox.post(new Letter("greeting:" + job.id(), visitor.chat(), card));
    return Ending.done();
  }

  /** Whoever waits for an answer gets it; otherwise once in a chat, for good: the key says so. */
  private Ending pointToTheMenu(Job job, IncomingEvent.Withheld withheld) {
    Visitor visitor = meet(withheld.place(), withheld.sender());
    Card card = Card.of(messages.text(new Message.ContentWithheld(), visitor.language()));
    String key = withheld.awaited() ? "answer:" + job.id() : "withheld:" + visitor.chat().id();
    postbox.post(new Letter(key, visitor.chat(), withheld.message().value(), card));
    return Ending.done();
  }

  private Visitor meet(Place place, Sender sender) {
    return database.write(tx -> Visitor.meet(tx, roster, messages, place, sender, clock.instant()));
  }

  @Override
  public Optional<Duration> delayAfter(Exception failure, Job job) {
    return Failures.delay(failure, job, 8);
  }

  @Override
  public Ending giveUp(Job job, Exception failure) {
    return requests
        .giveUp(job)
        .orElseGet(() -> new Ending.Done(tx -> improvements.giveUp(tx, job)));
  }
}
