package dev.plantain.image.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Signatures on disk. They are base64 of bytes that look random, so that nothing gets them below
 * three quarters; decoding gets them there at the cost of a copy. What is no base64 is deflated.
 *
 * <p>A file is a row of frames: a letter for the kind, the length of the text as four bytes, the
 * length of the frame as four bytes, the frame.
 */
final class PackedText {
  private static final int BASE64 = 'b';
  private static final int DEFLATED = 'd';
  private static final int LONGEST_FRAME = 2 * LongStrings.BLOCK_BYTES;

  private PackedText() {}

  /** Packs text that comes in pieces. */
  static final class Writer {
    private final DataOutputStream file;
    private final byte[] packed = new byte[LONGEST_FRAME];
    private long characters;

    Writer(OutputStream file) {
      this.file = new DataOutputStream(file);
    }

    /** How long the text is so far. */
    long characters() {
      return characters;
    }

    /** Returns false where the text is nothing that may stand in a JSON string as it is. */
    boolean write(byte[] text) throws IOException {
      int groups = text.length / 4 * 4;
      while (groups > 0 && text[groups - 1] == '=') {
        groups -= 4;
      }
      if (groups > 0 && groups < text.length) {
        return write(Arrays.copyOf(text, groups))
            && write(Arrays.copyOfRange(text, groups, text.length));
      }
      if (text.length == 0) {
        return true;
      }
      if (!packBase64(text)) {
        for (byte character : text) {
          if (character < ' ' || character > '~') {
            return false;
          }
        }
        deflate(text);
      }
      characters += text.length;
      return true;
    }

    // Whole groups without padding come out of encoding as they went into decoding.
    private boolean packBase64(byte[] text) throws IOException {
      if (text.length % 4 != 0 || text[text.length - 1] == '=') {
        return false;
      }
      try {
        frame(BASE64, text.length, Base64.getDecoder().decode(text, packed));
        return true;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    private void deflate(byte[] text) throws IOException {
      try (Deflater deflater = new Deflater(Deflater.BEST_SPEED, true)) {
        deflater.setInput(text);
        deflater.finish();
        frame(DEFLATED, text.length, deflater.deflate(packed));
      }
    }

    private void frame(int kind, int textLength, int length) throws IOException {
      file.writeByte(kind);
      file.writeInt(textLength);
      file.writeInt(length);
      file.write(packed, 0, length);
    }
  }

  /** Writes the text of a packed file to a stream, piece by piece. Closes neither. */
  static void unpack(InputStream file, OutputStream text) throws IOException {
    DataInputStream frames = new DataInputStream(file);
    byte[] usual = new byte[LongStrings.BLOCK_BYTES / 4 * 3];
    byte[] encoded = new byte[LongStrings.BLOCK_BYTES];
    for (int kind = frames.read(); kind >= 0; kind = frames.read()) {
      int textLength = checked(frames.readInt());
      int length = checked(frames.readInt());
      byte[] bytes = length == usual.length ? usual : new byte[length];
      frames.readFully(bytes);
      switch (kind) {
        case BASE64 -> text.write(encoded, 0, Base64.getEncoder().encode(bytes, encoded));
        case DEFLATED -> text.write(inflated(bytes, textLength));
        default -> throw damaged();
      }
    }
  }

  private static int checked(int length) {
    if (length < 0 || length > LONGEST_FRAME) {
      throw damaged();
    }
    return length;
  }

  private static byte[] inflated(byte[] bytes, int textLength) {
    byte[] text = new byte[textLength];
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(bytes);
      if (inflater.inflate(text) != textLength) {
        throw damaged();
      }
    } catch (DataFormatException e) {
      throw damaged();
    }
    return text;
  }

  // Our own fault and not one of the connection that it is sent over.
  private static UncheckedIOException damaged() {
    return new UncheckedIOException(new IOException("a stored signature is damaged"));
  }
}
