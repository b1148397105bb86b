package dev.plantain.moderation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is open in one chat.
 *
 * <p>Everything is open that nobody has closed. Moderators close in two ways, in one chat or in all
 * chats of their community: they deny something, or they say that only certain things of a kind are
 * open. What they deny is closed whatever else is said, and where a list of the only open things
 * exists, here or everywhere, nothing else of that kind is open. Members and roles share one such
 * list: whoever is on it, by themselves or by a role, may ask. Chats are closed and opened for the
 * whole community at once, as a chat within a chat means nothing.
 */
public final class Access {

  /** A kind of things that can be closed. */
  public enum Kind {
    CHAT,
    MODEL,
    SIZE,
    COMMAND,
    ROLE,
    MEMBER;

    public static Optional<Kind> find(String word) {
      return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a rule says of its value. */
  public enum Effect {
    DENIED,
    ONLY;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One thing that is denied, or is on a list of the only open ones.
   *
   * @param chatId where it holds; {@link AccessRules#EVERYWHERE} for all chats of the community
   * @param value an id of the kind: of a chat, a model, a role or a member, or a label or a name
   * @param name what people call it
   */
  public record Rule(long id, long chatId, Effect effect, Kind kind, String value, String name) {}

  private final List<Rule> rules;

  /**
   * @param rules of the chat and of its community
   */
  Access(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** Whether anything of that kind is closed. */
  public boolean bounds(Kind kind) {
    return rules.stream().anyMatch(rule -> rule.kind() == kind);
  }

  /** For every kind but members and roles. Case does not matter. */
  public boolean isOpen(Kind kind, String value) {
    List<Rule> of = rules.stream().filter(rule -> rule.kind() == kind).toList();
    return of.stream().noneMatch(rule -> rule.effect() == Effect.DENIED && means(rule, value))
        && lists(of).allMatch(list -> list.stream().anyMatch(rule -> means(rule, value)));
  }

  /** Whether somebody who has these roles may ask for anything. */
  public boolean isOpenTo(long memberId, Set<String> roles) {
    List<Rule> people =
        rules.stream()
            .filter(rule -> rule.kind() == Kind.MEMBER || rule.kind() == Kind.ROLE)
            .toList();
    return people.stream()
            .noneMatch(rule -> rule.effect() == Effect.DENIED && means(rule, memberId, roles))
        && lists(people)
            .allMatch(list -> list.stream().anyMatch(rule -> means(rule, memberId, roles)));
  }

  /** The lists of the only open things: one of the chat and one of the community at most. */
  private static Stream<List<Rule>> lists(List<Rule> rules) {
    List<Rule> only = rules.stream().filter(rule -> rule.effect() == Effect.ONLY).toList();
    return Stream.of(true, false)
        .map(everywhere ->
            only.stream()
                .filter(rule -> (rule.chatId() == AccessRules.EVERYWHERE) == everywhere)
                .toList())
        .filter(list -> !list.isEmpty());
  }

  private static boolean means(Rule rule, String value) {
    return rule.value().equalsIgnoreCase(value);
  }

  private static boolean means(Rule rule, long memberId, Set<String> roles) {
    return rule.kind() == Kind.ROLE
        ? roles.contains(rule.value())
        : rule.value().equals(Long.toString(memberId));
  }
}
