package dev.plantain.image.wire;

import dev.plantain.media.BlobDraft;
import dev.plantain.media.MediaStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An answer without its long strings: the values of {@code data} and of the signatures go to files
 * on the way, block by block, and the reader finds their number in their place. What is left is
 * small, whatever the size of the pictures.
 */
public final class LongStrings extends InputStream {
  // A multiple of four, so that every full block of base64 can be decoded for itself; and large, as
  // the decoder of the JDK is fast on large blocks only.
  static final int BLOCK_BYTES = 64 * 1024;

  private static final int LONGEST_NAME = 24;
  private static final int MOST_FILES = 256;
  private static final int MOST_PROSE = 4096;
  private static final int MOST_PROSE_BYTES = 1024 * 1024;
  private static final int MOST_SMALL_BYTES = 1024 * 1024;
  private static final int DEEPEST = 64;

  /** Stands before the field of an array. */
  private static final String LIST = "[";

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private final Unframed wire;
  private final MediaStore store;
  private final LongNames names;
  private final List<LongString> found = new ArrayList<>();
  private final byte[] buffer = new byte[BLOCK_BYTES];
  private int at;
  private int end;
  private long smallBytes;
  private long proseBytes;
  private int files;
  private int proses;

  private boolean inString;
  private boolean escaped;
  private boolean afterColon;
  private final byte[] name = new byte[LONGEST_NAME];
  private int nameLength;
  private byte[] number = new byte[0];
  private int numberAt;
  private final List<String> within = new ArrayList<>();
  private int running = -1;
  private int dropped = -1;

  LongStrings(InputStream wire, MediaStore store, LongNames names) {
    this.wire = new Unframed(wire);
    this.store = store;
    this.names = names;
  }

  /** Whether the answer is a stream of events, as far as it was read. */
  boolean streamed() {
    return wire.streamed();
  }

  /** Whether the stream said that it is over. */
  boolean done() {
    return wire.done();
  }

  /** The strings so far, in the order of their numbers. */
  public List<LongString> found() {
    return found;
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
      if (numberAt < number.length) {
        target[offset + written++] = number[numberAt++];
      } else if (at < end) {
        byte next = buffer[at++];
        if (inString || next != '"' || !begins()) {
          follow(next);
          target[offset + written++] = next;
        } else {
          divert(afterColon ? name() : list());
        }
      } else if (written > 0 || !refill()) {
        break;
      }
    }
    smallBytes += written;
    if (smallBytes > MOST_SMALL_BYTES) {
      throw new GarbledAnswer("it holds more than pictures, signatures and 1 MB of other text");
    }
    return written == 0 && length > 0 ? -1 : written;
  }

  private boolean refill() throws IOException {
    at = 0;
    end = Math.max(0, wire.read(buffer));
    return end > 0;
  }

  /** Keeps track of where in the JSON we are: inside a string, and behind which name. */
  private void follow(byte next) throws GarbledAnswer {
    if (inString) {
      if (escaped) {
        escaped = false;
      } else if (next == '\\') {
        escaped = true;
      } else if (next == '"') {
        inString = false;
        return;
      }
      if (nameLength < LONGEST_NAME) {
        name[nameLength++] = next;
      }
    } else if (next == '"') {
      inString = true;
      afterColon = false;
      nameLength = 0;
    } else if (next == ':') {
      afterColon = true;
    } else if (next > ' ') {
      enterOrLeave(next);
      afterColon = false;
    }
  }

  private void enterOrLeave(byte next) throws GarbledAnswer {
    if (next == '{' || next == '[') {
      if (within.size() == DEEPEST) {
        throw new GarbledAnswer("it is nested too deeply");
      }
      String field = afterColon ? name() : "";
      within.add(next == '[' ? LIST + field : field);
    } else if ((next == '}' || next == ']') && !within.isEmpty()) {
      within.removeLast();
    }
  }

  /**
   * Which field holds the object that we are in, or, behind {@link #LIST}, the array; empty for an
   * object in an array, or for the whole.
   */
  private String within() {
    return within.isEmpty() ? "" : within.getLast();
  }

  /** Whether the string that begins here goes to a file. */
  private boolean begins() {
    return afterColon ? names.holds(within(), name()) : names.lists(list());
  }

  /** Which field holds the array that we are in; empty for any other place. */
  private String list() {
    String held = within();
    return held.startsWith(LIST) ? held.substring(LIST.length()) : "";
  }

  private String name() {
    return new String(name, 0, nameLength, StandardCharsets.ISO_8859_1);
  }

  private void divert(String field) throws IOException {
    afterColon = false;
    int index = index(field);
    LongString string = found.get(index);
    long before = string instanceof Prose prose ? prose.wordBytes() : 0;
    if (!copyWhatIsHere(string)) {
      copy(string);
    }
    if (string instanceof Prose prose) {
      proseBytes += prose.wordBytes() - before;
      if (proseBytes > MOST_PROSE_BYTES) {
        throw new GarbledAnswer("it holds more than 1 MB of words");
      }
    }
    number = ("\"" + index + "\"").getBytes(StandardCharsets.ISO_8859_1);
    numberAt = 0;
  }

  /** Where the string of this field goes: what runs on goes where it began. */
  private int index(String field) throws GarbledAnswer {
    if (names.runsOn(within(), field)) {
      running = running < 0 ? add(new Prose(this::draft, true)) : running;
      return running;
    }
    if (names.dropped().contains(field)) {
      dropped = dropped < 0 ? add(new LongString.Dropped()) : dropped;
      return dropped;
    }
    if (names.prose().contains(field)) {
      if (++proses > MOST_PROSE) {
        throw new GarbledAnswer("it holds more than " + MOST_PROSE + " texts");
      }
      return add(new Prose(this::draft, false));
    }
    if (++files > MOST_FILES) {
      throw new GarbledAnswer("it holds more than " + MOST_FILES + " pictures and signatures");
    }
    return add(
        names.pictures().contains(field)
            ? new LongString.Picture(draft())
            : new LongString.Signature(draft()));
  }

  private int add(LongString string) {
    found.add(string);
    return found.size() - 1;
  }

  /** A string that is here to its end and needs no more than handing over. */
  private boolean copyWhatIsHere(LongString string) throws IOException {
    int stop = quoteOrBackslash(buffer, at, end);
    if (stop == end || buffer[stop] != '"') {
      return false;
    }
    string.last(Arrays.copyOfRange(buffer, at, stop));
    at = stop + 1;
    return true;
  }

  /**
   * Begins to count anew what is neither picture nor signature; for streams, of which each event
   * has to be small and the whole has not.
   */
  void eventEnds() {
    smallBytes = 0;
  }

  private BlobDraft draft() {
    try {
      return store.begin();
    } catch (IOException e) {
      throw new UncheckedIOException("a picture cannot be stored", e);
    }
  }

  /** Copies to the end of the string, in whole blocks but for the last. */
  private void copy(LongString string) throws IOException {
    compact();
    int plain = 0;
    while (true) {
      boolean cut = !fill();
      int stop = quoteOrBackslash(buffer, plain, end);
      if (stop < end && buffer[stop] == '"') {
        string.last(Arrays.copyOf(buffer, stop));
        at = stop + 1;
        return;
      }
      plain = stop < end ? unescape(stop, string.verbatim()) : stop;
      if (plain < end && buffer[plain] == '"') {
        continue;
      }
      if (cut) {
        throw new GarbledAnswer("it ends in the middle of a picture or signature");
      }
      if (end == BLOCK_BYTES) {
        int whole = plain & ~3;
        string.block(whole == BLOCK_BYTES ? buffer : Arrays.copyOf(buffer, whole));
        at = whole;
        plain -= whole;
        compact();
      }
    }
  }

  private void compact() {
    System.arraycopy(buffer, at, buffer, 0, end - at);
    end -= at;
    at = 0;
  }

  private boolean fill() throws IOException {
    int read = end < BLOCK_BYTES ? wire.readNBytes(buffer, end, BLOCK_BYTES - end) : 0;
    end += read;
    return end == BLOCK_BYTES;
  }

  /**
   * Replaces escapes in place, so that the buffer holds fewer bytes afterwards, and ends at a quote
   * or at an escape whose end is yet to come.
   *
   * @return up to where the buffer holds plain characters of the string
   */
  private int unescape(int from, boolean verbatim) throws IOException {
    int read = from;
    int write = from;
    while (read < end && buffer[read] != '"') {
      if (buffer[read] != '\\') {
        buffer[write++] = buffer[read++];
        continue;
      }
      int length = read + 1 < end && buffer[read + 1] == 'u' ? 6 : 2;
      if (read + length > end) {
        break;
      }
      if (verbatim) {
        System.arraycopy(buffer, read, buffer, write, length);
        write += length;
      } else {
        byte character = character(read, length);
        if (character != '\n' && character != '\r') {
          buffer[write++] = character;
        }
      }
      read += length;
    }
    System.arraycopy(buffer, read, buffer, write, end - read);
    end -= read - write;
    return write;
  }

  private byte character(int escape, int length) throws IOException {
    String digits = new String(buffer, escape + 1, length - 1, StandardCharsets.ISO_8859_1);
    int character =
        switch (digits.charAt(0)) {
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 'u' -> hexadecimal(digits.substring(1));
          default -> digits.charAt(0);
        };
    if (character > 0x7e) {
      throw new GarbledAnswer("a picture in it is no base64");
    }
    return (byte) character;
  }

  private static int hexadecimal(String digits) throws GarbledAnswer {
    try {
      return Integer.parseUnsignedInt(digits, 16);
    } catch (NumberFormatException e) {
      throw new GarbledAnswer("a picture in it is no base64");
    }
  }

  /** Eight bytes at a time: this looks at every byte of every picture. */
  static int quoteOrBackslash(byte[] bytes, int from, int to) {
    int index = from;
    for (; index + Long.BYTES <= to; index += Long.BYTES) {
      long word = (long) EIGHT_BYTES.get(bytes, index);
      long quotes = word ^ ONES * '"';
      long backslashes = word ^ ONES * '\\';
      long hits = ((quotes - ONES & ~quotes) | (backslashes - ONES & ~backslashes)) & HIGHS;
      if (hits != 0) {
        return index + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    while (index < to && bytes[index] != '"' && bytes[index] != '\\') {
      index++;
    }
    return index;
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
