package dev.plantain.command;

import dev.plantain.settings.SettingsStore.Scope;
import dev.plantain.text.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The arguments of a setting's command, whose last word may say for whom it is to hold. */
record ScopedWords(Scope scope, String words) {
  private static final Map<String, Scope> SCOPES =
      Map.of(
          "me", Scope.MEMBER,
          "chat", Scope.CHAT,
          "everyone", Scope.CHAT,
          "all", Scope.CHAT,
          "everywhere", Scope.COMMUNITY,
          "community", Scope.COMMUNITY,
          "server", Scope.COMMUNITY);

  static ScopedWords read(String arguments, Scope otherwise) {
    List<String> words = new ArrayList<>(List.of(arguments.strip().split("\\s+")));
    Scope scope = SCOPES.get(words.getLast().toLowerCase(Locale.ROOT));
    if (scope != null) {
      words.removeLast();
    }
    return new ScopedWords(scope == null ? otherwise : scope, String.join(" ", words));
  }

  /** The number under which the caller's settings of that scope are kept. */
  static long id(CommandCall call, Scope scope) {
    return switch (scope) {
      case MEMBER -> call.member().id();
      case CHAT -> call.chat().id();
      case COMMUNITY -> call.chat().communityId().orElseThrow();
    };
  }

  /** The arguments that mean the same again. */
  static String write(Scope scope, String words) {
    return switch (scope) {
      case MEMBER -> words + " me";
      case CHAT -> words + " chat";
      case COMMUNITY -> words + " everywhere";
    };
  }

  static Message button(Scope scope) {
    return switch (scope) {
      case MEMBER -> new Message.ButtonForMe();
      case CHAT -> new Message.ButtonForEveryone();
      case COMMUNITY -> new Message.ButtonEverywhere();
    };
  }
}
