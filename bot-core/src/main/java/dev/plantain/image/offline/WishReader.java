package dev.plantain.image.offline;

import dev.plantain.image.AspectRatio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads from a member's words what is to be done, in the order that it is said. */
final class WishReader {
  private static final Pattern QUOTED =
      Pattern.compile(
          "\"([^\"]+)\"|[“„”]([^“”„]+)[“”]|«([^»]+)»|»([^«]+)«|「([^」]+)」|『([^』]+)』|《([^》]+)》"
              + "|(?<![\\p{L}\\p{N}])['‘’]([^‘’']+(?:['’](?=\\p{L})[^‘’']+){0,9})['’](?![\\p{L}\\p{N}])");
  private static final Pattern RATIO =
      Pattern.compile("(?<!\\d)(\\d{1,4})\\s?[:：xX×/]\\s?(\\d{1,4})(?!\\d)");
  private static final Pattern NUMBER = Pattern.compile("[-−]?\\d{1,4}");
  private static final int MAX_CLAUSE = 48;

  private record Found(int start, int end, Wish wish) {}

  private WishReader() {}

  /** Empty where nothing is understood. Takes time in proportion to the length of the words. */
  static List<Wish> read(String words) {
    List<Found> found = new ArrayList<>();
    String rest = takeCaptions(words, found);
    addFilters(rest, found);
    addRotations(rest, found);
    addCrops(rest, found);
    if (found.isEmpty()) {
      Matcher quoted = QUOTED.matcher(words);
      if (quoted.find()) {
        found.add(new Found(quoted.start(), quoted.end(), new Wish.Caption(inside(quoted))));
      }
    }
    return inOrder(found);
  }

  /** Blanks what is meant as a caption, so that a caption about the night changes no light. */
  private static String takeCaptions(String words, List<Found> found) {
    StringBuilder unquoted = new StringBuilder(words);
    List<MatchResult> quotes = QUOTED.matcher(words).results().toList();
    quotes.forEach(quote -> blank(unquoted, quote.start(), quote.end()));
    Optional<MatchResult> announced =
        Vocabulary.CAPTION
            .matcher(unquoted)
            .results()
            .filter(match -> !unwanted(unquoted, match.start()))
            .findFirst();
    if (announced.isEmpty()) {
      return words;
    }
    if (!quotes.isEmpty()) {
      for (MatchResult quote : quotes) {
        addCaption(inside(quote), quote.start(), quote.end(), found);
      }
      return unquoted.toString();
    }
    int start = announced.get().end();
    Matcher between = Vocabulary.BEFORE_CAPTION.matcher(words.substring(start));
    if (between.find()) {
      start += between.end();
    }
    int end = endOfCaption(words, start);
    addCaption(words.substring(start, end), start, end, found);
    blank(unquoted, start, end);
    return unquoted.toString();
  }

  private static void addCaption(String caption, int start, int end, List<Found> found) {
    if (!caption.isBlank()) {
      found.add(new Found(start, end, new Wish.Caption(caption.strip())));
    }
  }

  /** An unquoted caption goes on to the end, or to a separator after which a wish begins. */
  private static int endOfCaption(String words, int start) {
    List<Found> later = new ArrayList<>();
    String after = words.substring(start);
    addFilters(after, later);
    addRotations(after, later);
    addCrops(after, later);
    Matcher separator = Vocabulary.SEPARATOR.matcher(after);
    int from = 1;
    while (from <= after.length() && separator.find(from)) {
      int end = separator.end();
      int clauseEnd = Math.min(after.length(), end + MAX_CLAUSE / 2);
      boolean begins =
          later.stream().anyMatch(next -> next.start() >= end && next.start() <= clauseEnd);
      if (begins) {
        return start + separator.start();
      }
      from = end;
    }
    return words.length();
  }

  private static void addFilters(String words, List<Found> found) {
    Vocabulary.FILTERS.forEach((filter, pattern) ->
        pattern.matcher(words).results().forEach(match -> add(words, match, filter, found)));
  }

  private static void addRotations(String words, List<Found> found) {
    Vocabulary.HALF_TURN
        .matcher(words)
        .results()
        .forEach(match -> add(words, match, new Wish.Rotate(180), found));
    Matcher turn = Vocabulary.TURN.matcher(words);
    while (turn.find()) {
      boolean weak = turn.group("weak") != null || turn.group("weakest") != null;
      rotation(turn.group() + clause(words, turn.end()), weak)
          .ifPresent(wish -> add(words, turn, wish, found));
    }
  }

  private static Optional<Wish> rotation(String clause, boolean weak) {
    boolean left = Vocabulary.LEFT.matcher(clause).find();
    boolean right = !left && Vocabulary.RIGHT.matcher(clause).find();
    Matcher number = NUMBER.matcher(clause);
    boolean counted = number.find();
    if (weak && !left && !right && !counted) {
      return Optional.empty();
    }
    int said = counted ? Integer.parseInt(number.group().replace('−', '-')) : 90;
    int degrees = Math.floorMod(left ? -said : said, 360);
    return degrees == 0 ? Optional.empty() : Optional.of(new Wish.Rotate(degrees));
  }

  private static void addCrops(String words, List<Found> found) {
    Vocabulary.SQUARE
        .matcher(words)
        .results()
        .forEach(match -> add(words, match, new Wish.Crop(new AspectRatio(1, 1)), found));
    RATIO.matcher(words).results().forEach(match -> addCrop(words, match, found));
  }

  /** Two numbers are a shape where cropping is spoken of, or where they are a usual one. */
  private static void addCrop(String words, MatchResult match, List<Found> found) {
    String before = words.substring(Math.max(0, match.start() - MAX_CLAUSE), match.start());
    AspectRatio.parse(match.group())
        .filter(ratio ->
            Vocabulary.CROP.matcher(before).find() || OfflineModel.SPEC.ratios().contains(ratio))
        .ifPresent(ratio -> add(words, match, new Wish.Crop(ratio), found));
  }

  private static void add(String words, MatchResult match, Wish wish, List<Found> found) {
    if (!unwanted(words, match.start())) {
      found.add(new Found(match.start(), match.end(), wish));
    }
  }

  private static boolean unwanted(CharSequence words, int start) {
    CharSequence before = words.subSequence(Math.max(0, start - MAX_CLAUSE), start);
    return Vocabulary.NEGATION.matcher(before).find();
  }

  /** The longest of those that overlap, each filter once. */
  private static List<Wish> inOrder(List<Found> found) {
    found.sort(
        Comparator.comparingInt(Found::start)
            .thenComparing(Comparator.comparingInt(Found::end).reversed()));
    List<Wish> wishes = new ArrayList<>();
    int end = 0;
    for (Found next : found) {
      boolean again = next.wish() instanceof Wish.Filter && wishes.contains(next.wish());
      if (next.start() >= end && !again) {
        wishes.add(next.wish());
      }
      end = Math.max(end, next.end());
    }
    return List.copyOf(wishes);
  }

  private static String clause(String words, int start) {
    String after = words.substring(start, Math.min(words.length(), start + MAX_CLAUSE));
    Matcher separator = Vocabulary.SEPARATOR.matcher(after);
    return separator.find() ? after.substring(0, separator.start()) : after;
  }

  private static String inside(MatchResult quoted) {
    for (int group = 1; group <= quoted.groupCount(); group++) {
      String inside = quoted.group(group);
      if (inside != null) {
        return inside.strip();
      }
    }
    return "";
  }

  private static void blank(StringBuilder words, int start, int end) {
    for (int i = start; i < end; i++) {
      words.setCharAt(i, ' ');
    }
  }
}
