package dev.plantain.platform;

/**
 * Where people talk: a chat with its topic, a channel or thread, a direct message.
 *
 * <p>Opaque: only the adapter of its platform makes and reads {@code value}.
 */
public record ChatRef(PlatformId platform, String value) {
  public ChatRef {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a reference cannot be empty");
    }
  }
}
