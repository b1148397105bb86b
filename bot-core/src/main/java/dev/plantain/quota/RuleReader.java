package dev.plantain.quota;

import dev.plantain.quota.RuleNotation.Problem;
import dev.plantain.quota.RuleNotation.Result;
import dev.plantain.quota.Window.Period;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one allowance, word by word from left to right. */
final class RuleReader {
  private static final int MOST_CHARACTERS = 200;
  private static final int SHOWN_CHARACTERS = 40;
  private static final int MICRO_DECIMALS = 6;
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);
  private static final Pattern NUMBER =
      Pattern.compile("(\\$?)([0-9]{1,30}(?:\\.[0-9]{1,30})?)(.*)");
  private static final Pattern LENGTH = Pattern.compile("([0-9]{1,9})([a-z]+)");
  private static final Pattern SIZE = Pattern.compile("[0-9]{1,2}(\\.[0-9])?k|512|512px");
  private static final Set<String> PICTURES =
      Set.of("picture", "pictures", "image", "images", "pic", "pics", "img");
  private static final Set<String> DOLLARS = Set.of("usd", "dollar", "dollars", "$", "us$");

  private final List<String> words = new ArrayList<>();
  private Optional<Measure> measure = Optional.empty();
  private Optional<String> model = Optional.empty();
  private Optional<String> size = Optional.empty();

  private RuleReader() {}

  static Result read(String text) {
    try {
      return new RuleReader().parse(text.strip());
    } catch (FaultException e) {
      return new Result.Faulty(e.problem, e.what);
    }
  }

  static Window window(String text) {
    RuleReader reader = new RuleReader();
    reader.words.add(text);
    try {
      return reader.takeWindow();
    } catch (FaultException e) {
      throw new IllegalStateException("no window is called " + text, e);
    }
  }

  private Result parse(String text) throws FaultException {
    if (text.isEmpty()) {
      throw new FaultException(Problem.EMPTY, "");
    }
    if (text.length() > MOST_CHARACTERS) {
      throw new FaultException(Problem.TOO_LONG, text);
    }
    if (text.codePoints().anyMatch(point -> Character.isDigit(point) && point > '9')) {
      throw new FaultException(Problem.FOREIGN_DIGITS, text);
    }
    split(text);
    return switch (next().toLowerCase(Locale.ROOT)) {
      case "unlimited" -> unlimited();
      case "off", "none" -> off();
      default -> limit();
    };
  }

  /** Takes models and sizes out, whose names may hold a slash, and then cuts at the slash. */
  private void split(String text) throws FaultException {
    List<String> all = new ArrayList<>(Arrays.asList(text.split("\\s+")));
    model = named(all, "model");
    size = named(all, "size");
    for (String word : all) {
      for (String piece : word.replace("/", " / ").strip().split(" +", -1)) {
        words.add(piece);
      }
    }
  }

  private static Optional<String> named(List<String> all, String keyword) throws FaultException {
    int at = 0;
    while (at < all.size() && !all.get(at).equalsIgnoreCase(keyword)) {
      at++;
    }
    if (at == all.size()) {
      return Optional.empty();
    }
    if (at + 1 == all.size()) {
      throw new FaultException(Problem.BAD_FILTER, keyword);
    }
    all.remove(at);
    return Optional.of(all.remove(at));
  }

  private Result unlimited() throws FaultException {
    take();
    units(Problem.LEFT_OVER);
    refuseLeftOver();
    return new Result.Read(
        measure.map(List::of).orElse(List.of(Measure.values())).stream()
            .map(of -> new Allowance(of, filter(), new Limit.Unlimited()))
            .toList());
  }

  private Result off() throws FaultException {
    take();
    refuseLeftOver();
    return new Result.Off(filter());
  }

  private Result limit() throws FaultException {
    String number = takeNumber();
    units(Problem.UNKNOWN_UNIT);
    String slash = take();
    if (slash.isEmpty()) {
      throw new FaultException(Problem.NO_WINDOW, "");
    }
    if (!slash.equals("/") && !slash.equalsIgnoreCase("per")) {
      throw new FaultException(Problem.UNKNOWN_UNIT, slash);
    }
    Window window = takeWindow();
    units(Problem.LEFT_OVER);
    refuseLeftOver();
    Measure of = measure.orElse(Measure.PICTURES);
    return new Result.Read(
        List.of(new Allowance(of, filter(), new Limit.AtMost(amount(number, of), window))));
  }

  /** What is stuck to the number, such as a unit, becomes the next word. */
  private String takeNumber() throws FaultException {
    String word = take();
    if (word.matches("\\$?[-\u2212\u2013][0-9.].*")) {
      throw new FaultException(Problem.NEGATIVE, word);
    }
    Matcher matcher = NUMBER.matcher(word);
    if (!matcher.matches() || matcher.group(3).matches("[.,0-9].*|e[-+]?[0-9].*")) {
      throw new FaultException(Problem.NOT_A_NUMBER, word);
    }
    if (!matcher.group(1).isEmpty()) {
      measure = Optional.of(Measure.MICRO_DOLLARS);
    }
    if (!matcher.group(3).isEmpty()) {
      words.addFirst(matcher.group(3));
    }
    return matcher.group(2);
  }

  private static long amount(String number, Measure measure) throws FaultException {
    BigDecimal value = new BigDecimal(number).stripTrailingZeros();
    if (value.compareTo(MOST) > 0) {
      throw new FaultException(Problem.TOO_LARGE, number);
    }
    int decimals = Math.max(0, value.scale());
    return switch (measure) {
      case PICTURES -> {
        if (decimals > 0) {
          throw new FaultException(Problem.FRACTION_OF_PICTURE, number);
        }
        yield value.longValueExact();
      }
      case MICRO_DOLLARS -> {
        if (decimals > MICRO_DECIMALS) {
          throw new FaultException(Problem.TOO_FINE, number);
        }
        yield value.movePointRight(MICRO_DECIMALS).longValueExact();
      }
    };
  }

  /** Takes all words that say of what there may be so much. */
  private void units(Problem otherwise) throws FaultException {
    for (String word = next().toLowerCase(Locale.ROOT);
        !word.isEmpty() && !word.equals("/") && !word.equals("per");
        word = next().toLowerCase(Locale.ROOT)) {
      if (PICTURES.contains(word)) {
        only(measure.filter(of -> of != Measure.PICTURES), word, Problem.UNKNOWN_UNIT);
        measure = Optional.of(Measure.PICTURES);
      } else if (DOLLARS.contains(word)) {
        only(measure.filter(of -> of != Measure.MICRO_DOLLARS), word, Problem.UNKNOWN_UNIT);
        measure = Optional.of(Measure.MICRO_DOLLARS);
      } else if (SIZE.matcher(word).matches()) {
        only(size, word, Problem.BAD_FILTER);
        size = Optional.of(word);
      } else {
        throw new FaultException(otherwise, next());
      }
      take();
    }
  }

  private static void only(Optional<?> already, String word, Problem problem)
      throws FaultException {
    if (already.isPresent()) {
      throw new FaultException(problem, word);
    }
  }

  private Window takeWindow() throws FaultException {
    String word = take();
    if (word.isEmpty()) {
      throw new FaultException(Problem.NO_WINDOW, "");
    }
    String low = word.toLowerCase(Locale.ROOT);
    for (Period period : Period.values()) {
      if (low.equals(period.name().toLowerCase(Locale.ROOT))) {
        return new Window.Calendar(period);
      }
    }
    if (low.matches("[0-9]+")) {
      low = low + take().toLowerCase(Locale.ROOT);
    }
    Matcher matcher = LENGTH.matcher(low);
    if (!matcher.matches()) {
      throw new FaultException(Problem.UNKNOWN_WINDOW, word);
    }
    return slots(Duration.ofSeconds(Long.parseLong(matcher.group(1)) * seconds(matcher.group(2))));
  }

  private static long seconds(String unit) throws FaultException {
    return switch (unit) {
      case "s", "sec", "second", "seconds" -> 1;
      case "m", "min", "minute", "minutes" -> 60;
      case "h", "hr", "hour", "hours" -> 3_600;
      case "d", "day", "days" -> 86_400;
      case "w", "week", "weeks" -> 7 * 86_400;
      default -> throw new FaultException(Problem.UNKNOWN_WINDOW, unit);
    };
  }

  private static Window slots(Duration length) throws FaultException {
    if (length.isZero()) {
      throw new FaultException(Problem.WINDOW_TOO_SHORT, "0");
    }
    if (length.compareTo(Window.Slots.LONGEST) > 0) {
      throw new FaultException(Problem.WINDOW_TOO_LONG, length.toDays() + "d");
    }
    return new Window.Slots(length);
  }

  private void refuseLeftOver() throws FaultException {
    if (!words.isEmpty()) {
      throw new FaultException(Problem.LEFT_OVER, String.join(" ", words));
    }
  }

  private Filter filter() {
    return new Filter(model, size);
  }

  /** The next word, empty where there is none. */
  private String next() {
    return words.isEmpty() ? "" : words.getFirst();
  }

  private String take() {
    return words.isEmpty() ? "" : words.removeFirst();
  }

  /** Ends the reading. */
  private static final class FaultException extends Exception {
    private final Problem problem;
    private final String what;

    FaultException(Problem problem, String what) {
      super(problem.name());
      this.problem = problem;
      this.what =
          what.codePoints()
              .limit(SHOWN_CHARACTERS)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
    }
  }
}
