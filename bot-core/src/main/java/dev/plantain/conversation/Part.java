package dev.plantain.conversation;

import dev.plantain.media.Blob;
import dev.plantain.media.BlobId;
import java.util.Optional;

/**
 * A piece of a turn, in the order that its author gave it. A provider's token stays with the part
 * that it came with, as the provider refuses it anywhere else.
 */
public sealed interface Part {

  Optional<Token> token();

  /** Words; empty where a provider attached its token to nothing. */
  record Text(String words, Optional<Token> token) implements Part {
    public static Text of(String words) {
      return new Text(words, Optional.empty());
    }
  }

  /** A picture. */
  record Image(Blob blob, Optional<Token> token) implements Part {
    public static Image of(Blob blob) {
      return new Image(blob, Optional.empty());
    }
  }

  /**
   * An opaque string of a provider (a thought signature), kept compressed in the blob store and
   * given back character by character.
   *
   * @param characters its length before compression
   */
  record Token(BlobId stored, long characters) {}
}
