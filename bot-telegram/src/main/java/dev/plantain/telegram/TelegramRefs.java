package dev.plantain.telegram;

import dev.plantain.platform.AttachmentRef;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.CommunityRef;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.PlatformId;
import java.util.Optional;

/** Makes and reads the references of the seam: the only place that knows how they are written. */
final class TelegramRefs {

  static final PlatformId PLATFORM = new PlatformId("telegram");

  private static final String CHAT_AS_MEMBER = "chat:";

  private TelegramRefs() {}

  /**
   * A chat and, in a forum, the topic in it.
   *
   * @param topic empty for the General topic, whose id the Bot API refuses
   */
  record Address(long chat, Optional<Integer> topic) {

    static Address of(long chat) {
      return new Address(chat, Optional.empty());
    }

    static Address of(ChatRef ref) {
      String value = ref.value();
      int slash = value.indexOf('/');
      return slash < 0
          ? of(Long.parseLong(value))
          : new Address(
              Long.parseLong(value.substring(0, slash)),
              Optional.of(Integer.valueOf(value.substring(slash + 1))));
    }

    ChatRef ref() {
      return new ChatRef(PLATFORM, chat + topic.map(id -> "/" + id).orElse(""));
    }

    MessageRef message(int id) {
      return new MessageRef(ref(), Integer.toString(id));
    }
  }

  /** A group or forum, or the person with whom we talk directly. */
  static CommunityRef community(long chat) {
    return new CommunityRef(PLATFORM, Long.toString(chat));
  }

  static int messageId(MessageRef ref) {
    return Integer.parseInt(ref.value());
  }

  static MemberRef person(long id) {
    return new MemberRef(PLATFORM, Long.toString(id));
  }

  /** Whoever writes in the name of a chat: an anonymous administrator or a channel. */
  static MemberRef chatAsMember(long chat) {
    return new MemberRef(PLATFORM, CHAT_AS_MEMBER + chat);
  }

  /** Empty for a member that is a chat. */
  static Optional<Long> personId(MemberRef member) {
    return member.value().startsWith(CHAT_AS_MEMBER)
        ? Optional.empty()
        : Optional.of(Long.valueOf(member.value()));
  }

  static AttachmentRef file(String fileId) {
    return new AttachmentRef(PLATFORM, fileId);
  }

  static InteractionRef callback(String queryId) {
    return new InteractionRef(PLATFORM, queryId);
  }
}
