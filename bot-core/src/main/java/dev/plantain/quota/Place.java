package dev.plantain.quota;

import java.util.List;

/** Where spending is summed up. */
sealed interface Place {

  record Deployment() implements Place {}

  record Platform(String name) implements Place {}

  record Community(long id) implements Place {}

  record Chat(long id) implements Place {}

  /**
   * What one member spends of their allowance in one community; what credits pay for is not in it.
   */
  record Member(long communityId, long memberId) implements Place {}

  static List<Place> all(Spender spender) {
    return List.of(
        new Deployment(),
        new Platform(spender.platform()),
        new Community(spender.communityId()),
        new Chat(spender.chatId()),
        new Member(spender.communityId(), spender.memberId()));
  }

  /** Where that counts which a rule limits; it must be one that applies to the spender. */
  static Place of(Scope scope, Spender spender) {
    return switch (scope) {
      case Scope.Deployment() -> new Deployment();
      case Scope.Platform(String name) -> new Platform(name);
      case Scope.Community(long id) -> new Community(id);
      case Scope.Chat(_, long id) -> new Chat(id);
      case Scope.Members(long id) -> new Member(id, spender.memberId());
      case Scope.Role(long id, _) -> new Member(id, spender.memberId());
      case Scope.Member(long id, long member) -> new Member(id, member);
    };
  }

  /** As it stands in the database. */
  default String key() {
    return switch (this) {
      case Deployment() -> "all";
      case Platform(String name) -> "platform:" + name;
      case Community(long id) -> "community:" + id;
      case Chat(long id) -> "chat:" + id;
      case Member(long community, long member) -> "member:" + community + ":" + member;
    };
  }

  /** Which entries of the ledger count here, as a condition in SQL. */
  default String condition() {
    return switch (this) {
      case Deployment() -> "request is not null";
      case Platform(_) -> "request is not null and platform = ?";
      case Community(_) -> "request is not null and community_id = ?";
      case Chat(_) -> "request is not null and chat_id = ?";
      case Member(_, _) ->
          "request is not null and community_id = ? and member_id = ? and purse = 'allowance'";
    };
  }

  /** The arguments of {@link #condition}. */
  default List<Object> arguments() {
    return switch (this) {
      case Deployment() -> List.of();
      case Platform(String name) -> List.of(name);
      case Community(long id) -> List.of(id);
      case Chat(long id) -> List.of(id);
      case Member(long community, long member) -> List.of(community, member);
    };
  }

  /**
   * Coarsest first. A place with few entries in an hour does without minutes: its ledger is read.
   */
  default List<Level> levels() {
    return switch (this) {
      case Deployment(), Platform(_), Community(_) -> List.of(Level.DAY, Level.HOUR, Level.MINUTE);
      case Chat(_), Member(_, _) -> List.of(Level.DAY, Level.HOUR);
    };
  }

  /** How long a sum is, of UTC. */
  enum Level {
    MINUTE(1),
    HOUR(60),
    DAY(24 * 60);

    final int minutes;
    final long millis;

    Level(int minutes) {
      this.minutes = minutes;
      this.millis = minutes * 60_000L;
    }

    long floor(long instant) {
      return Math.floorDiv(instant, millis) * millis;
    }
  }
}
