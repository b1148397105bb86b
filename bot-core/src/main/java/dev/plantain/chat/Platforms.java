package dev.plantain.chat;

import dev.plantain.platform.ChatPlatform;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.PlatformId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The platforms of this deployment, by name. */
final class Platforms {
  private final Map<PlatformId, ChatPlatform> platforms;

  Platforms(List<ChatPlatform> platforms) {
    this.platforms =
        platforms.stream().collect(Collectors.toMap(ChatPlatform::id, Function.identity()));
  }

  ChatPlatform of(ChatRef chat) {
    return of(chat.platform());
  }

  ChatPlatform of(PlatformId id) {
    ChatPlatform platform = platforms.get(id);
    if (platform == null) {
      throw new IllegalStateException("the platform " + id + " is not configured any more");
    }
    return platform;
  }

  boolean serves(PlatformId id) {
    return platforms.containsKey(id);
  }
}
