package dev.plantain.command;

import dev.plantain.conversation.Roster;
import dev.plantain.platform.Mention;
import dev.plantain.platform.RoleRef;
import dev.plantain.storage.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whom a command is about: somebody named in its words, or whoever wrote what it replies to. */
final class Targets {
  private final Roster roster;

  Targets(Roster roster) {
    this.roster = roster;
  }

  /** Whom it is about. */
  sealed interface Target {
    record Member(Roster.Member member) implements Target {
      @Override
      public String name() {
        return member.name();
      }
    }

    record Role(RoleRef role, String name) implements Target {}

    String name();
  }

  /**
   * What was found.
   *
   * @param target the first who is named, or else whoever is replied to
   * @param words the arguments without the name
   * @param unknown a handle in the words of whom we know nothing
   */
  record Found(Optional<Target> target, String words, Optional<String> unknown) {}

  /** Notes those who are named, as they may never have spoken to us. */
  Found find(Tx tx, CommandCall call) {
    for (Mention mention : call.mentions()) {
      if (call.arguments().contains(mention.written())) {
        String rest = call.arguments().replace(mention.written(), " ");
        return new Found(Optional.of(target(tx, mention)), spaced(rest), Optional.empty());
      }
    }
    List<String> words = new ArrayList<>(List.of(call.arguments().strip().split("\\s+")));
    for (String word : words) {
      if (word.matches("@\\w{2,}")) {
        String rest = spaced(call.arguments().replace(word, " "));
        Optional<Roster.Member> known =
            roster.find(tx, call.member().ref().platform(), word.substring(1));
        return new Found(
            known.map(Target.Member::new),
            rest,
            known.isPresent() ? Optional.empty() : Optional.of(word));
      }
    }
    Optional<Target> quoted =
        call.quoted().map(author -> new Target.Member(roster.meet(tx, author)));
    return new Found(quoted, spaced(call.arguments()), Optional.empty());
  }

  private Target target(Tx tx, Mention mention) {
    return switch (mention) {
      case Mention.Person person -> new Target.Member(roster.meet(tx, person.who()));
      case Mention.Role role -> new Target.Role(role.role(), role.name());
    };
  }

  private static String spaced(String words) {
    return words.strip().replaceAll("\\s+", " ");
  }
}
