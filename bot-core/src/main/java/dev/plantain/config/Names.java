package dev.plantain.config;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The names of settings in their three spellings, and which one somebody may have meant. */
public final class Names {
  private Names() {}

  /** {@code apiUrl} and {@code api_URL} become {@code api-url}. */
  static String key(String written) {
    return written
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-")
        .replace('_', '-')
        .replaceAll("-+", "-")
        .toLowerCase(Locale.ROOT);
  }

  /** {@code media.max-megapixels} becomes {@code MEDIA_MAX_MEGAPIXELS}. */
  static String environmentName(String path) {
    return path.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  /** The known path that is most like a written one, when one is like it at all. */
  static Optional<String> nearest(String written, Stream<String> known) {
    String path = key(written);
    int tolerated = Math.max(2, path.length() / 4);
    record Candidate(String path, int distance) {}
    return known
        .map(candidate -> new Candidate(candidate, difference(path, candidate)))
        .filter(candidate -> candidate.distance() <= tolerated)
        .min(Comparator.comparingInt(Candidate::distance))
        .map(Candidate::path);
  }

  /** The same last word in another section is as near as it gets. */
  private static int difference(String path, String candidate) {
    return lastWord(path).equals(lastWord(candidate)) ? 0 : distance(path, candidate);
  }

  private static String lastWord(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** The least number of letters to insert, remove, replace or swap with their neighbour. */
  public static int distance(String one, String other) {
    int[][] distance = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          distance[i][j] = i + j;
          continue;
        }
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        distance[i][j] =
            Math.min(
                distance[i - 1][j - 1] + change,
                Math.min(distance[i - 1][j], distance[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && one.charAt(i - 1) == other.charAt(j - 2)
                && one.charAt(i - 2) == other.charAt(j - 1);
        if (swapped) {
          distance[i][j] = Math.min(distance[i][j], distance[i - 2][j - 2] + 1);
        }
      }
    }
    return distance[one.length()][other.length()];
  }
}
