package dev.plantain.command;

import dev.plantain.command.Targets.Found;
import dev.plantain.command.Targets.Target;
import dev.plantain.quota.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The arguments of {@code /limit}: what is to be done, for whom, and the rest of the words. */
sealed interface LimitWords {

  /** The rules are to be shown, with what can be chosen for a scope. */
  record Menu(Optional<Scope> scope) implements LimitWords {}

  /** A rule is to hold. */
  record Rule(Scope scope, String amount) implements LimitWords {}

  /** It is to be seen what a rule would have done. */
  record Try(Scope scope, String amount) implements LimitWords {}

  /** It is to be told what bounds somebody. */
  record Explain(Optional<Target> who) implements LimitWords {}

  /** When windows begin anew, when it is quiet, which credits go first. */
  record Terms(String what, String value) implements LimitWords {}

  /** It is not said for whom. */
  record NoScope() implements LimitWords {}

  /** The name of the first word that says for whom a rule holds is the same in all languages. */
  List<String> TERMS = List.of("zone", "reset", "quiet", "pool");

  static LimitWords read(CommandCall call, Found found) {
    String first = first(found.words());
    String rest = rest(found.words());
    long community = call.chat().communityId().orElseThrow();
    if (TERMS.contains(first)) {
      return new Terms(first, rest);
    }
    return switch (first) {
      case "" ->
          call.mentions().isEmpty() ? new Menu(Optional.empty()) : new Explain(found.target());
      case "list" -> new Menu(Optional.empty());
      case "menu" -> new Menu(scope(call, found, community, first(rest)));
      case "explain" -> new Explain(found.target());
      case "try" ->
          scope(call, found, community, first(rest))
              .<LimitWords>map(scope -> new Try(scope, amount(rest)))
              .orElseGet(NoScope::new);
      default ->
          scope(call, found, community, first)
              .<LimitWords>map(scope -> new Rule(scope, amount(found.words())))
              .orElseGet(NoScope::new);
    };
  }

  /** Without the word that says for whom, where there is one. */
  private static String amount(String words) {
    return isScope(first(words)) ? rest(words) : words;
  }

  private static boolean isScope(String word) {
    return switch (word) {
      case "members", "each", "member", "role", "chat", "channel", "community", "server", "group" ->
          true;
      default -> false;
    };
  }

  private static Optional<Scope> scope(CommandCall call, Found found, long community, String word) {
    return switch (word) {
      case "members", "each" -> Optional.of(new Scope.Members(community));
      case "chat", "channel" -> Optional.of(new Scope.Chat(community, call.chat().id()));
      case "community", "server", "group" -> Optional.of(new Scope.Community(community));
      default ->
          found
              .target()
              .map(target ->
                  switch (target) {
                    case Target.Member member -> new Scope.Member(community, member.member().id());
                    case Target.Role role -> new Scope.Role(community, role.role().value());
                  });
    };
  }

  private static String first(String words) {
    return words.strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
  }

  private static String rest(String words) {
    String[] parts = words.strip().split("\\s+", 2);
    return parts.length < 2 ? "" : parts[1];
  }
}
