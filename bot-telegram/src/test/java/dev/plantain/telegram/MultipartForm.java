package dev.plantain.telegram;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a {@code multipart/form-data} body. */
final class MultipartForm {

  /** One part; {@code fileName} is empty for a plain field. */
  record Part(String name, String fileName, String contentType, Bytes bytes) {
    String text() {
      return new String(bytes.array(), StandardCharsets.UTF_8);
    }
  }

  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
  private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");
  private static final Pattern TYPE =
      Pattern.compile("content-type: *([^\r\n]*)", Pattern.CASE_INSENSITIVE);

  private MultipartForm() {}

  static List<Part> parse(String contentType, byte[] body) {
    Matcher boundary = Pattern.compile("boundary=\"?([^\";]+)").matcher(contentType);
    if (!boundary.find()) {
      throw new IllegalArgumentException("no boundary");
    }
    byte[] line = ("\r\n--" + boundary.group(1)).getBytes(StandardCharsets.UTF_8);
    List<Part> parts = new ArrayList<>();
    // The first boundary has no line end before it.
    int at = line.length - 2;
    while (at + 2 <= body.length && body[at] != '-') {
      int head = at + 2;
      int blank = find(body, head, "\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      int end = find(body, blank + 2, line);
      String headers = new String(body, head, blank - head, StandardCharsets.UTF_8);
      Bytes bytes = new Bytes(Arrays.copyOfRange(body, blank + 4, end));
      parts.add(new Part(in(NAME, headers), in(FILE_NAME, headers), in(TYPE, headers), bytes));
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
      int same = 0;
      while (same < wanted.length && body[at + same] == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return at;
      }
    }
    throw new IllegalArgumentException("a part without an end");
  }
}
