package dev.plantain.image.wire;

import dev.plantain.media.BlobDraft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Words of an answer in which pictures may hide, as some gateways send them: as a data URI, in
 * Markdown or not, or as bare base64. The pictures go to files on the way, wherever the text is
 * cut.
 */
public final class Prose implements LongString {
  private static final int MOST_WORD_BYTES = 1024 * 1024;
  private static final int LONGEST_OPENING = 400;

  /** So much base64 in one piece, with the first bytes of a picture in front, is no word. */
  private static final int BARE_RUN = 96;

  private static final Pattern OPENING =
      Pattern.compile("(!\\[[^\\]\\n]{0,200}\\]\\(\\s*)?data:image/[a-zA-Z0-9.+-]{1,20};base64,$");
  private static final Pattern BARE = Pattern.compile("(iVBORw0KGgo|/9j/|UklGR|R0lGOD).*");
  private static final boolean[] BASE64 = base64();

  /** A piece of what was said. */
  public sealed interface Segment {
    /** Words, with line breaks and all; never empty. */
    record Words(String text) implements Segment {}

    /** A picture that stood among them. */
    record Hidden(Picture picture) implements Segment {}
  }

  private final Supplier<BlobDraft> drafts;
  private final boolean running;
  private final Unescaping unescaping = new Unescaping(this::take);
  private final List<Segment> segments = new ArrayList<>();
  private byte[] words = new byte[1024];
  private int wordsLength;
  private final byte[] block = new byte[LongStrings.BLOCK_BYTES];
  private int blockLength;
  private int run;
  private int wordBytes;
  private @Nullable Picture picture;
  private boolean inMarkdown;
  private int lineLength;
  private boolean brokenLine;

  /**
   * @param running whether more strings follow that go on where the last one ended
   */
  Prose(Supplier<BlobDraft> drafts, boolean running) {
    this.drafts = drafts;
    this.running = running;
  }

  /** What was said, in order. To be called when the answer has been read to its end. */
  public List<Segment> segments() throws IOException {
    finish();
    return List.copyOf(segments);
  }

  @Override
  public void block(byte[] characters) throws IOException {
    unescaping.take(characters);
  }

  @Override
  public void last(byte[] characters) throws IOException {
    unescaping.take(characters);
    unescaping.endOfString();
    if (!running) {
      finish();
    }
  }

  @Override
  public boolean verbatim() {
    return true;
  }

  @Override
  public void close() {
    for (Segment segment : segments) {
      switch (segment) {
        case Segment.Words words -> {}
        case Segment.Hidden hidden -> hidden.picture().close();
      }
    }
    if (picture != null) {
      picture.close();
    }
  }

  private void take(byte[] bytes, int length) throws IOException {
    int at = 0;
    while (at < length) {
      if (picture == null) {
        word(bytes[at++]);
      } else {
        int end = at;
        while (end < length && BASE64[bytes[end] & 0xff]) {
          end++;
        }
        if (end > at) {
          goOn(bytes, at, end);
          at = end;
        } else if (!isBreakWithin(bytes[at])) {
          endPicture();
          if (!inMarkdown || bytes[at] != ')') {
            word(bytes[at]);
          }
          inMarkdown = false;
          at++;
        } else {
          at++;
        }
      }
    }
  }

  private void word(byte next) throws IOException {
    if (++wordBytes > MOST_WORD_BYTES) {
      throw new GarbledAnswer("it holds more than 1 MB of words");
    }
    if (wordsLength == words.length) {
      words = Arrays.copyOf(words, 2 * wordsLength);
    }
    words[wordsLength++] = next;
    run = BASE64[next & 0xff] ? run + 1 : 0;
    if (next == ',') {
      Matcher opening = OPENING.matcher(tail(LONGEST_OPENING));
      if (opening.find()) {
        begin(opening.group().length(), opening.group(1) != null, new byte[0]);
      }
    } else if (run == BARE_RUN) {
      String piece = tail(BARE_RUN);
      if (BARE.matcher(piece).matches()) {
        begin(BARE_RUN, false, piece.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
  }

  private String tail(int most) {
    int from = Math.max(0, wordsLength - most);
    return new String(words, from, wordsLength - from, StandardCharsets.ISO_8859_1);
  }

  private void begin(int openingLength, boolean markdown, byte[] already) throws IOException {
    wordsLength -= openingLength;
    flushWords();
    picture = new Picture(drafts.get());
    inMarkdown = markdown;
    blockLength = 0;
    lineLength = 0;
    brokenLine = false;
    goOn(already, 0, already.length);
  }

  private void goOn(byte[] base64, int from, int to) throws IOException {
    if (brokenLine && from < to) {
      brokenLine = false;
      lineLength = 0;
    }
    lineLength += to - from;
    int at = from;
    while (at < to) {
      int room = Math.min(to - at, block.length - blockLength);
      System.arraycopy(base64, at, block, blockLength, room);
      blockLength += room;
      at += room;
      if (blockLength == block.length) {
        open().block(block);
        blockLength = 0;
      }
    }
  }

  /**
   * Base64 as mail has it is broken into lines of 64 or 76; other line breaks end a picture, as
   * what follows may be words that look like base64.
   */
  private boolean isBreakWithin(byte next) {
    boolean isBreak = next == '\n' || next == '\r';
    boolean within = isBreak && (brokenLine || lineLength == 64 || lineLength == 76);
    brokenLine = within;
    return within;
  }

  private void endPicture() throws IOException {
    open().last(Arrays.copyOf(block, blockLength));
    segments.add(new Segment.Hidden(open()));
    picture = null;
    run = 0;
  }

  private Picture open() {
    return Objects.requireNonNull(picture);
  }

  private void flushWords() {
    if (wordsLength > 0) {
      segments.add(new Segment.Words(new String(words, 0, wordsLength, StandardCharsets.UTF_8)));
      wordsLength = 0;
    }
  }

  private void finish() throws IOException {
    if (picture != null) {
      endPicture();
    }
    flushWords();
  }

  private static boolean[] base64() {
    boolean[] members = new boolean[256];
    for (char member :
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=".toCharArray()) {
      members[member] = true;
    }
    return members;
  }
}
