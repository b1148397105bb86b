package dev.plantain.discord;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a {@code multipart/form-data} body. */
final class LoopbackMultipart {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
  private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");
  private static final Pattern TYPE =
      Pattern.compile("content-type: *([^\r\n]*)", Pattern.CASE_INSENSITIVE);
  private static final byte[] BLANK_LINE = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private LoopbackMultipart() {}

  /** One part; its file has an empty name where it is a plain field. */
  record Part(String name, LoopbackDiscord.File file) {
    String text() {
      return new String(file.bytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Reads a body.
   *
   * @throws IllegalArgumentException it is broken
   */
  static List<Part> parse(String contentType, byte[] body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw new IllegalArgumentException("no boundary");
    }
    byte[] line = ("\r\n--" + boundary.group(1)).getBytes(StandardCharsets.UTF_8);
    List<Part> parts = new ArrayList<>();
    // The first boundary has no line end before it.
    int at = line.length - 2;
    while (at + 2 <= body.length && body[at] != '-') {
      int blank = find(body, at, BLANK_LINE);
      int end = find(body, blank + 2, line);
      String headers = new String(body, at, blank - at, StandardCharsets.UTF_8);
      byte[] bytes = Arrays.copyOfRange(body, blank + BLANK_LINE.length, end);
      parts.add(
          new Part(
              in(NAME, headers),
              new LoopbackDiscord.File(in(FILE_NAME, headers), in(TYPE, headers), bytes)));
      at = end + line.length;
    }
    return parts;
  }

  private static String in(Pattern pattern, String headers) {
    Matcher matcher = pattern.matcher(headers);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static int find(byte[] body, int from, byte[] wanted) {
    for (int at = from; at <= body.length - wanted.length; at++) {
      if (Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw new IllegalArgumentException("a part without an end");
  }
}
