package dev.plantain.command;

import dev.plantain.command.Targets.Found;
import dev.plantain.command.Targets.Target;
import dev.plantain.conversation.Roster;
import dev.plantain.moderation.Bans;
import dev.plantain.moderation.Bans.Ban;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.Card.Tone;
import dev.plantain.platform.CommandSpec.Suggestion;
import dev.plantain.storage.Database;
import dev.plantain.text.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shuts a member out of the community, for a time or for good; what they wait for is cancelled. */
final class BanCommand extends ModeratorCommand {
  /** Characters: whoever is shut out reads it. */
  private static final int LONGEST_REASON = 200;

  private static final String TIME = "time";
  private static final String WHO = "who";

  private final Database database;
  private final Targets targets;
  private final Bans bans;
  private final WaitingRequests waiting;
  private final InstantSource clock;

  BanCommand(
      Database database,
      Roster roster,
      Bans bans,
      WaitingRequests waiting,
      Deeds deeds,
      InstantSource clock) {
    super(deeds);
    this.database = database;
    this.targets = new Targets(roster);
    this.bans = bans;
    this.waiting = waiting;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "ban";
  }

  @Override
  public Message localName() {
    return new Message.NameBan();
  }

  @Override
  public Message description() {
    return new Message.DescribeBan();
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.who(WHO, new Message.NameWho(), new Message.FieldWho()),
        Field.choice(
            TIME,
            new Message.NameTime(),
            new Message.FieldBanTime(),
            (place, sender, given) ->
                Stream.of("1h", "1d", "1w", "4w").map(time -> new Suggestion(time, time)).toList()),
        Field.words(new Message.FieldBanReason(), false));
  }

  @Override
  public String asWords(String words, Map<String, String> options) {
    return Stream.of(options.getOrDefault(TIME, ""), options.getOrDefault(WHO, ""), words)
        .filter(word -> !word.isBlank())
        .collect(Collectors.joining(" "));
  }

  @Override
  Answer govern(CommandCall call) {
    if (call.place().direct()) {
      return deeds.say(call, new Message.BanDirect());
    }
    Found found = database.write(tx -> targets.find(tx, call));
    if (found.unknown().isPresent()) {
      return deeds.say(
          call, new Message.MemberUnknown(PictureSettings.shortened(found.unknown().get())));
    }
    if (found.target().isEmpty()) {
      return deeds.say(call, new Message.BanWhom());
    }
    return switch (found.target().get()) {
      case Target.Role role -> deeds.say(call, new Message.BanRole(role.name()));
      case Target.Member member -> ban(call, member.member(), found.words());
    };
  }

  private Answer ban(CommandCall call, Roster.Member member, String words) {
    if (member.id() == call.member().id()) {
      return deeds.say(call, new Message.BanYourself());
    }
    if (call.governs().test(member.ref())) {
      return deeds.say(call, new Message.BanModerator(member.name()));
    }
    BanTime.Read read = BanTime.first(words);
    int length = read.rest().codePointCount(0, read.rest().length());
    if (length > LONGEST_REASON) {
      return deeds.say(call, new Message.BanReasonTooLong(length, LONGEST_REASON));
    }
    return switch (read.time()) {
      case BanTime.Unreadable unreadable ->
          deeds.say(
              call, new Message.BanTimeUnknown(PictureSettings.shortened(words.split(" ", 2)[0])));
      case BanTime.TooLong tooLong -> deeds.say(call, new Message.BanTimeTooLong(BanTime.LONGEST));
      case BanTime.ForGood forGood -> banned(call, member, Optional.empty(), words, read.rest());
      case BanTime.For(Duration time) ->
          banned(call, member, Optional.of(time), words, read.rest());
    };
  }

  private Answer banned(
      CommandCall call, Roster.Member member, Optional<Duration> time, String words, String why) {
    long community = Deeds.community(call);
    Optional<Instant> until = time.map(span -> clock.instant().plus(span));
    Message done =
        time.<Message>map(span -> new Message.MemberBannedFor(member.name(), span))
            .orElseGet(() -> new Message.MemberBanned(member.name()));
    String text = deeds.text(call, done);
    List<Paragraph> told = new ArrayList<>(List.of(new Paragraph.Told(text)));
    if (!why.isEmpty()) {
      told.add(new Paragraph.Quoted(why));
    }
    Button unban =
        new Button(
            deeds.text(call, new Message.ButtonUnban()),
            UnbanCommand.button(member.id()),
            Tone.PLAIN);
    return new Answer.Say(
        new Card(told, Optional.empty(), List.of(List.of(unban))),
        text,
        tx -> {
          bans.ban(tx, community, new Ban(member.id(), until, why));
          waiting.cancel(tx, community, member.id(), call.member().name());
          deeds.note(tx, call, name(), (called(member) + " " + words).strip());
        });
  }

  /** As they can be named again. */
  static String called(Roster.Member member) {
    return "@" + member.handle().orElse(member.name());
  }
}
