package dev.plantain.image.wire;

import dev.plantain.media.BlobDraft;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;

/**
 * A string of an answer that is too long for memory, on its way into a file. A file that cannot be
 * written is an {@link UncheckedIOException}: our own fault and not one of the connection.
 */
public sealed interface LongString extends Closeable
    permits LongString.Picture, LongString.Signature, Prose {

  /** Takes the next piece; its length is a multiple of four. The array is the caller's. */
  void block(byte[] characters) throws IOException;

  /** Takes what is left, which may be nothing. */
  void last(byte[] characters) throws IOException;

  /** Whether escapes are part of what is kept. */
  boolean verbatim();

  /** Removes what was filed and not kept. */
  @Override
  void close();

  /** A picture: base64 is decoded. */
  final class Picture implements LongString {
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    private final BlobDraft draft;
    private final byte[] decoded = new byte[LongStrings.BLOCK_BYTES / 4 * 3];
    private boolean padded;

    Picture(BlobDraft draft) {
      this.draft = draft;
    }

    /** The file, decoded. */
    public BlobDraft draft() {
      return draft;
    }

    @Override
    public void close() {
      draft.close();
    }

    @Override
    public boolean verbatim() {
      return false;
    }

    @Override
    public void block(byte[] characters) throws IOException {
      if (padded && characters.length > 0) {
        throw new GarbledAnswer("a picture in it is no base64");
      }
      padded = decode(characters) < characters.length / 4 * 3;
    }

    @Override
    public void last(byte[] characters) throws IOException {
      block(characters);
    }

    private int decode(byte[] characters) throws IOException {
      int length;
      try {
        length = Base64.getDecoder().decode(characters, decoded);
      } catch (IllegalArgumentException e) {
        throw new GarbledAnswer("a picture in it is no base64");
      }
      if (draft.bytes() + length > MOST_BYTES) {
        throw new GarbledAnswer("a picture in it has more than 64 MB");
      }
      try {
        draft.write(decoded, 0, length);
      } catch (IOException e) {
        throw new UncheckedIOException("a picture cannot be stored", e);
      }
      return length;
    }
  }

  /** A signature: kept as it stands between its quotes. */
  final class Signature implements LongString {
    private static final long MOST_CHARACTERS = 16L * 1024 * 1024;

    private final BlobDraft draft;
    private final PackedText.Writer packed;

    Signature(BlobDraft draft) {
      this.draft = draft;
      this.packed = new PackedText.Writer(draft);
    }

    /** The file, packed. */
    public BlobDraft draft() {
      return draft;
    }

    @Override
    public void close() {
      draft.close();
    }

    public long characters() {
      return packed.characters();
    }

    @Override
    public boolean verbatim() {
      return true;
    }

    @Override
    public void block(byte[] characters) throws IOException {
      if (packed.characters() + characters.length > MOST_CHARACTERS) {
        throw new GarbledAnswer("a signature in it has more than 16 million characters");
      }
      boolean plain;
      try {
        plain = packed.write(characters);
      } catch (IOException e) {
        throw new UncheckedIOException("a signature cannot be stored", e);
      }
      if (!plain) {
        throw new GarbledAnswer("a signature in it holds control characters");
      }
    }

    @Override
    public void last(byte[] characters) throws IOException {
      block(characters);
    }
  }
}
