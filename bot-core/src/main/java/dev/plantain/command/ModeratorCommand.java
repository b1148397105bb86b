package dev.plantain.command;

import dev.plantain.text.Message;

/** A command by which moderators govern: it obeys nobody else, and answers them alone. */
abstract class ModeratorCommand implements Command {
  final Deeds deeds;

  ModeratorCommand(Deeds deeds) {
    this.deeds = deeds;
  }

  @Override
  public final boolean discreet() {
    return true;
  }

  @Override
  public final boolean moderatorsOnly() {
    return true;
  }

  @Override
  public final Answer run(CommandCall call) {
    return call.moderator().getAsBoolean()
        ? govern(call)
        : deeds.say(call, new Message.ModeratorsDecideThis());
  }

  /** What {@link #run} does for a moderator. */
  abstract Answer govern(CommandCall call);
}
