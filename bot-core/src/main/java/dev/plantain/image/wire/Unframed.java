package dev.plantain.image.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * An answer without the frames of server-sent events: what stands behind {@code data:}, line by
 * line, up to {@code [DONE]}. An answer that is no stream of events, or goes on as bare JSON, comes
 * out as it is.
 *
 * <p>Source: HTML Living Standard, section 9.2.6; {@code [DONE]} is OpenAI's.
 */
final class Unframed extends InputStream {
  private static final int BLOCK_BYTES = 16 * 1024;
  private static final String DATA = "data:";
  private static final String DONE = "[DONE]";
  private static final List<String> FIELDS = List.of(DATA, "event:", "id:", "retry:", ":");
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  private enum State {
    LINE_BEGINS,
    DATA_BEGINS,
    DATA,
    PASSED_OVER,
    BARE,
    OVER
  }

  private final InputStream wire;
  private final byte[] buffer = new byte[BLOCK_BYTES];
  private final StringBuilder begun = new StringBuilder();
  private State state = State.LINE_BEGINS;
  private byte[] decided = new byte[0];
  private int decidedAt;
  private int at;
  private int end;
  private boolean streamed;
  private boolean done;

  Unframed(InputStream wire) {
    this.wire = wire;
  }

  /** Whether it is a stream of events, as far as it was read. */
  boolean streamed() {
    return streamed;
  }

  /** Whether the stream said that it is over. */
  boolean done() {
    return done;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int written = 0;
    while (written < length) {
      if (decidedAt < decided.length) {
        int room = Math.min(length - written, decided.length - decidedAt);
        System.arraycopy(decided, decidedAt, target, offset + written, room);
        decidedAt += room;
        written += room;
      } else if (state == State.OVER) {
        break;
      } else if (at < end) {
        written += step(target, offset + written, length - written);
      } else if (written > 0 || !refill()) {
        break;
      }
    }
    return written == 0 && length > 0 ? -1 : written;
  }

  private boolean refill() throws IOException {
    at = 0;
    end = Math.max(0, wire.read(buffer));
    if (end == 0) {
      // Half a "[DONE]" says nothing, and half a name of a field neither.
      if (state == State.LINE_BEGINS && !streamed) {
        decide(begun.toString());
      }
      state = State.OVER;
      return decidedAt < decided.length;
    }
    return true;
  }

  /** Takes at least one byte, and returns how many it gave. */
  private int step(byte[] target, int offset, int room) {
    return switch (state) {
      case LINE_BEGINS -> {
        lineBegins(buffer[at++]);
        yield 0;
      }
      case DATA_BEGINS -> {
        dataBegins();
        yield 0;
      }
      case DATA -> {
        int most = Math.min(end, at + room);
        int stop = lineEnd(most);
        int length = stop - at;
        System.arraycopy(buffer, at, target, offset, length);
        at = stop;
        if (stop < most) {
          endLine();
        }
        yield length;
      }
      case PASSED_OVER -> {
        at = lineEnd(end);
        if (at < end) {
          endLine();
        }
        yield 0;
      }
      case BARE -> {
        int length = Math.min(room, end - at);
        System.arraycopy(buffer, at, target, offset, length);
        at += length;
        yield length;
      }
      case OVER -> 0;
    };
  }

  private int lineEnd(int to) {
    int index = at;
    while (index < to && buffer[index] != '\n' && buffer[index] != '\r') {
      index++;
    }
    return index;
  }

  private void endLine() {
    at++;
    decide("\n");
    begun.setLength(0);
    state = State.LINE_BEGINS;
  }

  private void lineBegins(byte next) {
    if (next == '\n' || next == '\r') {
      if (begun.isEmpty() || streamed) {
        begun.setLength(0);
        return;
      }
    }
    begun.append((char) (next & 0xff));
    String line = begun.toString();
    if (!streamed && line.equals(BYTE_ORDER_MARK)) {
      begun.setLength(0);
    } else if (line.equals(DATA)) {
      begun.setLength(0);
      streamed = true;
      state = State.DATA_BEGINS;
    } else if (FIELDS.contains(line)) {
      streamed = true;
      state = State.PASSED_OVER;
    } else if (FIELDS.stream().noneMatch(field -> field.startsWith(line))
        && (streamed || !BYTE_ORDER_MARK.startsWith(line))) {
      // A line that is no field is passed over as the standard wants it, unless JSON begins.
      boolean bare = !streamed || line.startsWith("{") || line.startsWith("[");
      if (bare) {
        decide(line);
      }
      state = bare ? State.BARE : State.PASSED_OVER;
    }
  }

  private void dataBegins() {
    byte next = buffer[at];
    if (begun.isEmpty() && next == ' ') {
      at++;
      return;
    }
    String line = begun.toString() + (char) (next & 0xff);
    if (line.equals(DONE)) {
      done = true;
      state = State.OVER;
    } else if (DONE.startsWith(line)) {
      begun.append((char) (next & 0xff));
      at++;
    } else {
      decide(begun.toString());
      state = State.DATA;
    }
  }

  private void decide(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] waiting = Arrays.copyOfRange(decided, decidedAt, decided.length);
    decided = Arrays.copyOf(waiting, waiting.length + bytes.length);
    System.arraycopy(bytes, 0, decided, waiting.length, bytes.length);
    decidedAt = 0;
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
