package dev.plantain.telegram;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.telegram.telegrambots.meta.api.methods.groupadministration.GetChatAdministrators;
import org.telegram.telegrambots.meta.api.objects.chatmember.ChatMember;

/**
 * Who administers which chat, as Telegram said at most five minutes ago.
 *
 * <p>Asks for all of them, because {@code getChatMember} "is only guaranteed to work for other
 * users if the bot is an administrator" (Bot API 10.3).
 */
final class Administrators {

  private static final Duration FRESH = Duration.ofMinutes(5);

  private final BotApi api;
  private final InstantSource clock;
  private final Map<Long, Known> known = new ConcurrentHashMap<>();

  private record Known(Set<Long> users, Instant since) {}

  Administrators(BotApi api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  /**
   * Blocks when it has to ask; two threads may then ask at once.
   *
   * @throws ChatMoved the chat has another id now
   */
  boolean include(long chat, long user) {
    Known answer = known.get(chat);
    if (answer == null || isStale(answer)) {
      known.values().removeIf(this::isStale);
      answer = ask(chat);
      known.put(chat, answer);
    }
    return answer.users().contains(user);
  }

  private Known ask(long chat) {
    Instant now = clock.instant();
    Set<Long> users =
        api.call(new GetChatAdministrators(Long.toString(chat))).stream()
            .filter(Objects::nonNull)
            .map(ChatMember::getUser)
            .filter(Objects::nonNull)
            .map(user -> user.getId())
            .collect(Collectors.toUnmodifiableSet());
    return new Known(users, now);
  }

  private boolean isStale(Known answer) {
    return !clock.instant().isBefore(answer.since().plus(FRESH));
  }
}
