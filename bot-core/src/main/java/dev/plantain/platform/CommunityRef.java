package dev.plantain.platform;

/**
 * What moderators govern as one: a group with its topics, a server with its channels, or a single
 * person in a direct conversation.
 *
 * <p>Opaque: only the adapter of its platform makes and reads {@code value}.
 */
public record CommunityRef(PlatformId platform, String value) {
  public CommunityRef {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a reference cannot be empty");
    }
  }
}
