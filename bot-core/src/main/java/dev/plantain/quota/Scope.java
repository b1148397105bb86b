package dev.plantain.quota;

import java.util.Optional;

/** For whom or what a rule holds. The ids are those of the database. */
public sealed interface Scope {

  /** Everybody on this Plantain together. */
  record Deployment() implements Scope {}

  /** Everybody on one platform together. */
  record Platform(String name) implements Scope {}

  /** Everybody in a community together. */
  record Community(long communityId) implements Scope {}

  /** Everybody in a chat together. */
  record Chat(long communityId, long chatId) implements Scope {}

  /** Each member of a community for themselves. */
  record Members(long communityId) implements Scope {}

  /** Each member who has a role for themselves; the role is the platform's reference. */
  record Role(long communityId, String role) implements Scope {}

  /** One member of a community. */
  record Member(long communityId, long memberId) implements Scope {}

  /** Whether what one member spends is counted apart from what the others spend. */
  default boolean personal() {
    return switch (this) {
      case Deployment(), Platform(_), Community(_), Chat(_, _) -> false;
      case Members(_), Role(_, _), Member(_, _) -> true;
    };
  }

  /** Whose rule it is; none where it is the operator's. */
  default Optional<Long> community() {
    return switch (this) {
      case Deployment(), Platform(_) -> Optional.empty();
      case Community(long id) -> Optional.of(id);
      case Chat(long id, _) -> Optional.of(id);
      case Members(long id) -> Optional.of(id);
      case Role(long id, _) -> Optional.of(id);
      case Member(long id, _) -> Optional.of(id);
    };
  }

  /** As it stands in the database. */
  default String key() {
    return switch (this) {
      case Deployment() -> "deployment";
      case Platform(String name) -> "platform:" + name;
      case Community(long id) -> "community:" + id;
      case Chat(long id, long chat) -> "chat:" + id + ":" + chat;
      case Members(long id) -> "members:" + id;
      case Role(long id, String role) -> "role:" + id + ":" + role;
      case Member(long id, long member) -> "member:" + id + ":" + member;
    };
  }

  /** Reads what {@link #key} wrote. */
  static Scope of(String key) {
    String[] words = key.split(":", 3);
    return switch (words[0]) {
      case "deployment" -> new Deployment();
      case "platform" -> new Platform(key.substring("platform:".length()));
      case "community" -> new Community(Long.parseLong(words[1]));
      case "chat" -> new Chat(Long.parseLong(words[1]), Long.parseLong(words[2]));
      case "members" -> new Members(Long.parseLong(words[1]));
      case "role" -> new Role(Long.parseLong(words[1]), words[2]);
      case "member" -> new Member(Long.parseLong(words[1]), Long.parseLong(words[2]));
      default -> throw new IllegalStateException("no scope is called " + key);
    };
  }
}
