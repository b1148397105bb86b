package dev.plantain.image.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Finds links to pictures in words: forks of one-api upload pictures and answer with a link. */
final class Links {
  private static final Pattern LINK =
      Pattern.compile(
          "!\\[[^\\]\\n]{0,200}\\]\\(\\s*(https?://[^\\s)]{1,2000})[^)\\n]{0,200}\\)"
              + "|(https?://[^\\s<>()\\[\\]\"'`]{1,2000})",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern PICTURE_NAME =
      Pattern.compile(".+\\.(png|jpe?g|webp|gif|hei[cf])", Pattern.CASE_INSENSITIVE);

  private Links() {}

  /**
   * The words, and in their places what is meant as a picture: a link that Markdown shows as one,
   * that ends as names of pictures do, or that is all that was said. A link alone on its line among
   * other words counts where it leads to a host from which pictures are expected. A signature stays
   * with the last piece.
   */
  static List<AnswerPart> found(AnswerPart.Words said, Predicate<String> expectedHost) {
    String text = said.text();
    List<AnswerPart> parts = new ArrayList<>();
    Matcher matcher = LINK.matcher(text);
    int after = 0;
    while (matcher.find()) {
      Optional<String> link =
          Optional.ofNullable(matcher.group(1)).or(() -> bare(matcher, text, expectedHost));
      if (link.isPresent()) {
        words(parts, text.substring(after, matcher.start()));
        parts.add(new AnswerPart.Link(link.get(), Optional.empty()));
        after = matcher.end();
      }
    }
    words(parts, text.substring(after));
    if (!parts.isEmpty() && said.signature().isPresent()) {
      parts.add(signed(parts.removeLast(), said.signature()));
    }
    return parts;
  }

  private static AnswerPart signed(AnswerPart part, Optional<LongString.Signature> signature) {
    return switch (part) {
      case AnswerPart.Words words -> new AnswerPart.Words(words.text(), signature);
      case AnswerPart.Link link -> new AnswerPart.Link(link.address(), signature);
      case AnswerPart.Picture picture -> new AnswerPart.Picture(picture.bytes(), signature);
    };
  }

  private static void words(List<AnswerPart> parts, String words) {
    if (!words.isBlank()) {
      parts.add(new AnswerPart.Words(words, Optional.empty()));
    }
  }

  private static Optional<String> bare(Matcher link, String text, Predicate<String> expectedHost) {
    String address = link.group().replaceFirst("[.,;:!?]+$", "");
    HttpUrl url = HttpUrl.parse(address);
    if (url == null) {
      return Optional.empty();
    }
    boolean all = text.strip().equals(link.group());
    boolean meant =
        all
            || PICTURE_NAME.matcher(url.encodedPath()).matches()
            || (isAloneOnItsLine(link, text) && expectedHost.test(url.host()));
    return meant ? Optional.of(address) : Optional.empty();
  }

  private static boolean isAloneOnItsLine(Matcher link, String text) {
    String before = text.substring(text.lastIndexOf('\n', link.start()) + 1, link.start());
    int lineEnd = text.indexOf('\n', link.end());
    String after = text.substring(link.end(), lineEnd < 0 ? text.length() : lineEnd);
    return before.isBlank() && after.isBlank();
  }
}
