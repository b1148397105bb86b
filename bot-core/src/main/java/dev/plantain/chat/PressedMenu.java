package dev.plantain.chat;

import dev.plantain.command.Answer;
import dev.plantain.command.Command;
import dev.plantain.command.CommandCall;
import dev.plantain.command.Commands;
import dev.plantain.job.Ending;
import dev.plantain.moderation.Verdict;
import dev.plantain.platform.Card;
import dev.plantain.platform.ChatPlatform;
import dev.plantain.platform.PlatformException;
import dev.plantain.settings.Setting;
import dev.plantain.text.Message;
import java.util.List;
import java.util.Optional;

/** Presses in the menus of settings. */
final class PressedMenu {
  private final Stores stores;
  private final Platforms platforms;
  private final Commands commands;
  private final Gate gate;
  private final PressAnswers answers;

  PressedMenu(
      Stores stores, Platforms platforms, Commands commands, Gate gate, PressAnswers answers) {
    this.stores = stores;
    this.platforms = platforms;
    this.commands = commands;
    this.gate = gate;
    this.answers = answers;
  }

  /** A choice in the menu of a setting: {@code aspect:member:16:9}. */
  Ending set(Press press, String data) {
    String[] parts = data.split(":", 3);
    if (parts.length < 3 || Setting.find(parts[0]).isEmpty()) {
      return answers.tell(press, new Message.AlertOutdated());
    }
    return run(press, parts[0], parts[1].equals("member") ? parts[2] : parts[2] + " " + parts[1]);
  }

  /** A command with its arguments: {@code limit:members 20/day}. */
  Ending run(Press press, String data) {
    String[] parts = data.split(":", 2);
    return run(press, parts[0], parts.length < 2 ? "" : parts[1]);
  }

  private Ending run(Press press, String name, String arguments) {
    Optional<Command> command = commands.find(name);
    if (command.isEmpty()) {
      return answers.tell(press, new Message.AlertOutdated());
    }
    Verdict verdict =
        gate.command(press.visitor(), press.event().place(), press.event().sender(), command.get());
    if (verdict instanceof Verdict.Closed closed) {
      return gate.refuse(press, closed, answers);
    }
    ChatPlatform platform = platforms.of(press.chat().ref());
    CommandCall call =
        new CommandCall(
            press.event().key(),
            press.chat(),
            press.member(),
            press.event().place(),
            arguments,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            press.language(),
            () -> platform.isModerator(press.event().place(), press.event().sender().member()),
            member -> platform.isModerator(press.event().place(), member),
            place -> platforms.of(place.chat()).isModerator(place, press.event().sender().member()),
            () -> platform.hearsAll(press.event().place()));
    return switch (command.get().run(call)) {
      case Answer.Picture _, Answer.Batch(), Answer.Improve() ->
          answers.tell(press, new Message.AlertOutdated());
      case Answer.Known known -> Ending.done();
      case Answer.Say say -> {
        stores.database().update(say.rows());
        answers.answer(press, say.note(), !say.menu());
        if (say.menu()) {
          editMenu(press, say.card());
        }
        yield Ending.done();
      }
    };
  }

  private void editMenu(Press press, Card menu) {
    try {
      platforms.of(press.chat().ref()).edit(press.event().message(), menu);
    } catch (PlatformException.Rejected e) {
      // The menu is gone; the setting is made and its presser knows.
      return;
    }
  }
}
