package dev.plantain.command;

import dev.plantain.command.Targets.Found;
import dev.plantain.command.Targets.Target;
import dev.plantain.conversation.Roster;
import dev.plantain.moderation.Bans;
import dev.plantain.moderation.Bans.Ban;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Tone;
import dev.plantain.storage.Database;
import dev.plantain.text.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets a member in again; called bare it lists those who are shut out. */
final class UnbanCommand extends ModeratorCommand {
  private static final Pattern NUMBERED = Pattern.compile("member:(\\d{1,18})");
  private static final String WHO = "who";
  private static final int MOST_LISTED = 30;

  private final Database database;
  private final Roster roster;
  private final Targets targets;
  private final Bans bans;
  private final InstantSource clock;

  UnbanCommand(Database database, Roster roster, Bans bans, Deeds deeds, InstantSource clock) {
    super(deeds);
    this.database = database;
    this.roster = roster;
    this.targets = new Targets(roster);
    this.bans = bans;
    this.clock = clock;
  }

  static String button(long memberId) {
    return "run:unban:member:" + memberId;
  }

  @Override
  public String name() {
    return "unban";
  }

  @Override
  public Message localName() {
    return new Message.NameUnban();
  }

  @Override
  public Message description() {
    return new Message.DescribeUnban();
  }

  @Override
  public List<Field> fields() {
    return List.of(Field.who(WHO, new Message.NameWho(), new Message.FieldWho()));
  }

  @Override
  public String asWords(String words, Map<String, String> options) {
    return (words + " " + options.getOrDefault(WHO, "")).strip();
  }

  @Override
  Answer govern(CommandCall call) {
    Matcher pressed = NUMBERED.matcher(call.arguments().strip());
    if (pressed.matches()) {
      return listed(call, Long.parseLong(pressed.group(1)));
    }
    Found found = database.write(tx -> targets.find(tx, call));
    if (found.unknown().isPresent()) {
      return deeds.say(
          call, new Message.MemberUnknown(PictureSettings.shortened(found.unknown().get())));
    }
    if (found.target().isEmpty()) {
      return list(call, deeds.text(call, new Message.UnbanWhom()));
    }
    return switch (found.target().get()) {
      case Target.Role role -> deeds.say(call, new Message.BanRole(role.name()));
      case Target.Member member -> deeds.say(call, lift(call, member.member()));
    };
  }

  /** One of those in the list: a number that is forged names nobody. */
  private Answer listed(CommandCall call, long memberId) {
    long community = Deeds.community(call);
    Optional<Roster.Member> member =
        database.read(reading ->
            bans.find(reading, community, memberId, clock.instant())
                .map(ban -> roster.member(reading, ban.memberId())));
    return member.isPresent()
        ? list(call, deeds.text(call, lift(call, member.get())))
        : list(call, deeds.text(call, new Message.BanIsOver()));
  }

  private Message lift(CommandCall call, Roster.Member member) {
    boolean lifted =
        database.write(tx -> {
          boolean held = bans.lift(tx, Deeds.community(call), member.id(), clock.instant());
          if (held) {
            deeds.note(tx, call, name(), BanCommand.called(member));
          }
          return held;
        });
    return lifted
        ? new Message.MemberUnbanned(member.name())
        : new Message.MemberNotBanned(member.name());
  }

  /** Somebody who is shut out. */
  private record Listed(Ban ban, String name) {}

  private Answer list(CommandCall call, String note) {
    Instant now = clock.instant();
    List<Listed> banned =
        database.read(reading ->
            bans.all(reading, Deeds.community(call), now).stream()
                .map(ban -> new Listed(ban, roster.member(reading, ban.memberId()).name()))
                .toList());
    if (banned.isEmpty()) {
      return deeds.list(call, List.of(new Message.NobodyIsBanned()), List.of(), List.of(), note);
    }
    List<String> lines =
        banned.stream().limit(MOST_LISTED).map(each -> line(call, each, now)).toList();
    List<Button> buttons =
        banned.stream()
            .limit(Deeds.MOST_BUTTONS)
            .map(each ->
                new Button(
                    "🔓 " + PictureSettings.shortened(each.name()),
                    button(each.ban().memberId()),
                    Tone.PLAIN))
            .toList();
    return deeds.list(
        call, List.of(new Message.BannedMembers(banned.size())), lines, buttons, note);
  }

  private String line(CommandCall call, Listed each, Instant now) {
    Message howLong =
        each.ban()
            .until()
            .<Message>map(until -> new Message.BannedFor(each.name(), Duration.between(now, until)))
            .orElseGet(() -> new Message.BannedForGood(each.name()));
    String reason = each.ban().reason();
    return deeds.text(call, howLong) + (reason.isEmpty() ? "" : ": " + reason);
  }
}
