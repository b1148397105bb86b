package dev.plantain.image.wire;

import dev.plantain.conversation.Part;
import dev.plantain.media.Blob;
import okio.ByteString;

/** A piece of a request body; one after the other they are the body. */
public sealed interface RequestPiece {

  /** How many bytes it takes on the wire. */
  long bytes();

  /** JSON as it stands. */
  record Json(ByteString utf8) implements RequestPiece {
    @Override
    public long bytes() {
      return utf8.size();
    }
  }

  /** A picture in base64, without the quotes. */
  record Base64Of(Blob blob) implements RequestPiece {
    @Override
    public long bytes() {
      return (blob.bytes() + 2) / 3 * 4;
    }
  }

  /** A signature, without the quotes. */
  record Verbatim(Part.Token token) implements RequestPiece {
    @Override
    public long bytes() {
      return token.characters();
    }
  }
}
