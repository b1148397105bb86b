package dev.plantain.command;

import dev.plantain.conversation.Roster;
import dev.plantain.moderation.DutyChats;
import dev.plantain.moderation.DutyChats.Duty;
import dev.plantain.moderation.DutyChats.Handover;
import dev.plantain.platform.Place;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * The words of a command by which moderators choose the chat for a duty: {@code here}, {@code here
 * off}, {@code elsewhere} and, in the other group, {@code take} with the code.
 */
final class DutyPlace {
  private final Duty duty;
  private final String command;
  private final Database database;
  private final Roster roster;
  private final DutyChats duties;
  private final Deeds deeds;
  private final InstantSource clock;

  /**
   * @param command the name of the command whose words these are
   */
  DutyPlace(
      Duty duty,
      String command,
      Database database,
      Roster roster,
      DutyChats duties,
      Deeds deeds,
      InstantSource clock) {
    this.duty = duty;
    this.command = command;
    this.database = database;
    this.roster = roster;
    this.duties = duties;
    this.deeds = deeds;
    this.clock = clock;
  }

  /**
   * Does what a moderator's words say, and returns what is to be said of it; empty where they are
   * about something else. May block on the network.
   */
  Optional<String> change(CommandCall call, String words) {
    String written = words.strip().replaceAll("\\s+", " ");
    return switch (written.toLowerCase(Locale.ROOT)) {
      case "here" -> Optional.of(once(call, this::here));
      case "here off" -> Optional.of(once(call, this::off));
      case "elsewhere" -> Optional.of(once(call, this::elsewhere));
      default -> {
        String[] parts = written.split(" ", 2);
        yield parts[0].equalsIgnoreCase("take")
            ? Optional.of(take(call, parts.length < 2 ? "" : parts[1]))
            : Optional.empty();
      }
    };
  }

  private Message here(Tx tx, CommandCall call) {
    duties.set(tx, Deeds.community(call), duty, call.chat().id());
    deeds.note(tx, call, command, "here");
    return new Message.DutyIsHere();
  }

  private Message off(Tx tx, CommandCall call) {
    if (!duties.clear(tx, Deeds.community(call), duty)) {
      return new Message.AccessUnchanged();
    }
    deeds.note(tx, call, command, "here off");
    return new Message.DutyIsNowhere();
  }

  private Message elsewhere(Tx tx, CommandCall call) {
    Handover handover = new Handover(Deeds.community(call), duty, call.chat().id());
    String code = duties.offer(tx, handover, clock.instant());
    return new Message.DutyCode(command, code, DutyChats.CODE_LASTS);
  }

  private String take(CommandCall call, String code) {
    Optional<Place> governed =
        database.read(reading ->
            duties
                .offered(reading, code, duty, clock.instant())
                .map(handover -> roster.place(reading, handover.chatId())));
    if (governed.isPresent() && !governs(call, governed.get())) {
      return deeds.text(call, new Message.DutyNotYours());
    }
    return once(call, (tx, _) -> take(tx, call, code));
  }

  private static boolean governs(CommandCall call, Place place) {
    return place.chat().platform().equals(call.member().ref().platform())
        && call.governsThere().test(place);
  }

  /** What happened stands in the record of the community whose duty it is. */
  private Message take(Tx tx, CommandCall call, String code) {
    Optional<Handover> taken = duties.take(tx, code, duty, call.chat().id(), clock.instant());
    taken.ifPresent(handover -> deeds.note(tx, handover.communityId(), call, command, "(take)"));
    return taken.isPresent() ? new Message.DutyIsHere() : new Message.DutyCodeUnknown(command);
  }

  /** A change of a moderator. */
  private interface Change {
    Message in(Tx tx, CommandCall call);
  }

  private String once(CommandCall call, Change change) {
    return database.write(
        tx -> Done.once(tx, call, clock.instant(), () -> deeds.text(call, change.in(tx, call))));
  }
}
