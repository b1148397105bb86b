package dev.plantain.platform;

import org.jspecify.annotations.Nullable;

/**
 * Where something happened.
 *
 * @param community whose moderators govern the chat
 * @param direct a conversation with one person, who needs no mention to be heard and governs it
 *     alone
 */
public record Place(ChatRef chat, CommunityRef community, boolean direct) {

  /**
   * @param community null in what was stored when nobody asked for it: then the chat is a community
   *     of its own until somebody speaks there
   */
  public Place(ChatRef chat, @Nullable CommunityRef community, boolean direct) {
    this.chat = chat;
    this.community = community == null ? itself(chat) : community;
    this.direct = direct;
  }

  /** A chat that is a community of its own. */
  public Place(ChatRef chat, boolean direct) {
    this(chat, itself(chat), direct);
  }

  /** Whether the community has no other chats. */
  public boolean isWholeCommunity() {
    return direct || community.equals(itself(chat));
  }

  private static CommunityRef itself(ChatRef chat) {
    return new CommunityRef(chat.platform(), chat.value());
  }
}
