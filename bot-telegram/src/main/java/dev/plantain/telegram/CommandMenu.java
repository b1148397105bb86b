package dev.plantain.telegram;

import dev.plantain.platform.CommandSpec;
import dev.plantain.text.HarmlessText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.telegram.telegrambots.meta.api.methods.commands.SetMyCommands;
import org.telegram.telegrambots.meta.api.objects.commands.BotCommand;
import org.telegram.telegrambots.meta.api.objects.commands.scope.BotCommandScopeDefault;

/** The menu of commands that Telegram's clients show, once in each language. */
final class CommandMenu {

  /** Characters of a description (Bot API 10.3, BotCommand). */
  private static final int MOST_DESCRIPTION = 256;

  private static final String ENGLISH = "en";

  private CommandMenu() {}

  /** English for everybody, and one call more for each other language. */
  static List<SetMyCommands> of(List<CommandSpec> commands) {
    Map<String, String> tags = new TreeMap<>();
    for (CommandSpec command : commands) {
      command.descriptions().keySet().forEach(tag -> tags.put(languageOf(tag), tag));
    }
    tags.remove(ENGLISH);
    List<SetMyCommands> menus = new ArrayList<>();
    menus.add(menu(commands, ENGLISH));
    tags.forEach((language, tag) -> {
      SetMyCommands menu = menu(commands, tag);
      menu.setLanguageCode(language);
      menus.add(menu);
    });
    return menus;
  }

  /** Telegram knows languages by two letters only (Bot API 10.3, setMyCommands). */
  private static String languageOf(String tag) {
    int end = tag.indexOf('-');
    return end < 0 ? tag : tag.substring(0, end);
  }

  private static SetMyCommands menu(List<CommandSpec> commands, String tag) {
    List<BotCommand> entries =
        commands.stream()
            .map(command -> new BotCommand(command.name(), line(command, tag)))
            .toList();
    return SetMyCommands.builder().commands(entries).scope(new BotCommandScopeDefault()).build();
  }

  private static String line(CommandSpec command, String tag) {
    Map<String, String> lines = command.descriptions();
    String line = lines.getOrDefault(tag, lines.getOrDefault(ENGLISH, command.name()));
    return HarmlessText.abbreviated(HarmlessText.line(line), MOST_DESCRIPTION);
  }
}
