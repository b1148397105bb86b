package dev.plantain.command;

import dev.plantain.text.Message;

/** A slash command. */
public interface Command {

  /** Without the slash. */
  String name();

  /** What it does, in one line. */
  Message description();

  /** Reads, and returns what is to be said and written. May block on the network. */
  Answer run(CommandCall call);
}
