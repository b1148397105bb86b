package dev.plantain.image.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Turns what stands between the quotes of JSON into the bytes that it means, wherever it is cut.
 */
final class Unescaping {

  /** Takes the bytes that are meant; the array is the caller's. */
  interface Sink {
    void take(byte[] bytes, int length) throws IOException;
  }

  private static final int NONE = -1;

  private final Sink sink;
  private final StringBuilder escape = new StringBuilder();
  private boolean escaped;
  private int highSurrogate = NONE;

  Unescaping(Sink sink) {
    this.sink = sink;
  }

  void take(byte[] raw) throws IOException {
    byte[] plain = new byte[raw.length + 8];
    int length = 0;
    int at = 0;
    while (at < raw.length) {
      if (escaped) {
        escape.append((char) (raw[at++] & 0xff));
        if (escape.charAt(0) != 'u' || escape.length() == 5) {
          escaped = false;
          length = put(plain, length, meant());
        }
      } else if (raw[at] == '\\') {
        escaped = true;
        escape.setLength(0);
        at++;
      } else {
        length = put(plain, length, lonely());
        int end = LongStrings.quoteOrBackslash(raw, at, raw.length);
        System.arraycopy(raw, at, plain, length, end - at);
        length += end - at;
        at = end;
      }
    }
    sink.take(plain, length);
  }

  /** A string ends: half of a pair of surrogates has no other half any more. */
  void endOfString() throws IOException {
    byte[] rest = lonely();
    sink.take(rest, rest.length);
  }

  private byte[] meant() throws GarbledAnswer {
    char kind = escape.charAt(0);
    if (kind != 'u') {
      byte[] before = lonely();
      byte[] all = Arrays.copyOf(before, before.length + 1);
      all[before.length] =
          (byte)
              switch (kind) {
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'b' -> '\b';
                case 'f' -> '\f';
                default -> kind;
              };
      return all;
    }
    int unit = unit();
    if (highSurrogate != NONE && Character.isLowSurrogate((char) unit)) {
      int point = Character.toCodePoint((char) highSurrogate, (char) unit);
      highSurrogate = NONE;
      return Character.toString(point).getBytes(StandardCharsets.UTF_8);
    }
    byte[] before = lonely();
    if (Character.isHighSurrogate((char) unit)) {
      highSurrogate = unit;
      return before;
    }
    String text = Character.toString(Character.isLowSurrogate((char) unit) ? 0xfffd : unit);
    return (new String(before, StandardCharsets.UTF_8) + text).getBytes(StandardCharsets.UTF_8);
  }

  private int unit() throws GarbledAnswer {
    try {
      return Integer.parseUnsignedInt(escape.substring(1), 16);
    } catch (NumberFormatException e) {
      throw new GarbledAnswer("it is no JSON: \\" + "u" + " without a number");
    }
  }

  /** What stands for half a pair whose other half did not come. */
  private byte[] lonely() {
    if (highSurrogate == NONE) {
      return new byte[0];
    }
    highSurrogate = NONE;
    return Character.toString(0xfffd).getBytes(StandardCharsets.UTF_8);
  }

  private static int put(byte[] target, int at, byte[] bytes) {
    System.arraycopy(bytes, 0, target, at, bytes.length);
    return at + bytes.length;
  }
}
