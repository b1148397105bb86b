package dev.plantain.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written {@code 20 MB} (millions) or {@code 20 MiB} (1,048,576 each). */
public record ByteCount(long bytes) implements Comparable<ByteCount> {
  private static final Pattern WRITTEN =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([kmgt]i?)?(?:b|bytes?)?");

  private record Unit(String name, long bytes) {}

  /** The larger first, so that the first that fits writes the shortest. */
  private static final List<Unit> UNITS =
      List.of(
          new Unit("TiB", 1L << 40),
          new Unit("TB", 1_000_000_000_000L),
          new Unit("GiB", 1L << 30),
          new Unit("GB", 1_000_000_000L),
          new Unit("MiB", 1L << 20),
          new Unit("MB", 1_000_000L),
          new Unit("KiB", 1L << 10),
          new Unit("kB", 1_000L),
          new Unit("B", 1L));

  public ByteCount {
    if (bytes < 0) {
      throw new IllegalArgumentException("a number of bytes is not negative: " + bytes);
    }
  }

  /** Reads what people write; upper and lower case are the same, a bare number is bytes. */
  public static Optional<ByteCount> parse(String written) {
    Matcher matcher = WRITTEN.matcher(written.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String prefix = Optional.ofNullable(matcher.group(2)).orElse("");
    long unit =
        UNITS.stream()
            .filter(candidate -> candidate.name().equalsIgnoreCase(prefix + "B"))
            .findFirst()
            .orElseThrow()
            .bytes();
    try {
      BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
      return Optional.of(new ByteCount(bytes.longValueExact()));
    } catch (ArithmeticException fractionOfAByteOrTooMany) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(ByteCount other) {
    return Long.compare(bytes, other.bytes);
  }

  /** In the largest unit that needs no fraction, so that {@link #parse} gives the same again. */
  @Override
  public String toString() {
    Unit unit =
        UNITS.stream()
            .filter(candidate -> bytes >= candidate.bytes() && bytes % candidate.bytes() == 0)
            .findFirst()
            .orElse(UNITS.getLast());
    return bytes / unit.bytes() + " " + unit.name();
  }
}
