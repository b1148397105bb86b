package dev.plantain.image;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shape of a picture, such as 16:9. */
public record AspectRatio(int width, int height) {
  private static final Pattern WRITTEN =
      Pattern.compile("\\s*(\\d{1,4})\\s*[:：xX×/]\\s*(\\d{1,4})\\s*");

  public AspectRatio {
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException("not a ratio: " + width + ":" + height);
    }
  }

  /** Reads what people write: {@code 16:9}, {@code 16x9}, {@code 16/9}. */
  public static Optional<AspectRatio> parse(String written) {
    Matcher matcher = WRITTEN.matcher(written);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int width = Integer.parseInt(matcher.group(1));
    int height = Integer.parseInt(matcher.group(2));
    return width == 0 || height == 0
        ? Optional.empty()
        : Optional.of(new AspectRatio(width, height));
  }

  /** How far two shapes are apart: 0 for the same, and the same for 2:1 against 1:1 as for 1:2. */
  public double distance(double widthByHeight) {
    return Math.abs(Math.log((double) width / height / widthByHeight));
  }

  @Override
  public String toString() {
    return width + ":" + height;
  }
}
