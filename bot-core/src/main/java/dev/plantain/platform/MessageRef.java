package dev.plantain.platform;

/**
 * A message in a chat, ours or somebody else's.
 *
 * <p>Opaque: only the adapter of its platform makes and reads {@code value}.
 */
public record MessageRef(ChatRef chat, String value) {
  public MessageRef {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a reference cannot be empty");
    }
  }
}
