package dev.plantain.telegram;

/**
 * The group has become a supergroup: the call did nothing and is to be repeated for {@link #to}.
 */
final class ChatMoved extends RuntimeException {
  private final long to;

  ChatMoved(long to) {
    super("The group has become a supergroup with another id. Repeat the call for that one.");
    this.to = to;
  }

  long to() {
    return to;
  }
}
