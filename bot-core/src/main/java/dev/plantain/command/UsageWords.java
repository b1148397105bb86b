package dev.plantain.command;

import dev.plantain.chart.Theme;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What somebody wants to see of what was used. */
final class UsageWords {
  static final List<Integer> DAYS = List.of(7, 30, 90);

  /** Asks for a file instead of a picture. */
  static final String FILE = "csv";

  private static final String EVERYBODY = "all";

  private UsageWords() {}

  /** How it is laid out. */
  enum Kind {
    DAY,
    MEMBER,
    MODEL;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> find(String word) {
      return List.of(values()).stream().filter(kind -> kind.word().equals(word)).findFirst();
    }
  }

  /** Of whom. */
  sealed interface Whose {
    /** All who may be seen by who asks. */
    record Open() implements Whose {}

    record Everybody() implements Whose {}

    record Member(long id) implements Whose {}
  }

  /** A chart that is asked for. */
  record Wish(int days, Kind kind, Theme theme, Whose whose) {
    static final Wish USUAL = new Wish(30, Kind.DAY, Theme.LIGHT, new Whose.Open());

    Wish days(int other) {
      return new Wish(other, kind, theme, whose);
    }

    Wish kind(Kind other) {
      return new Wish(days, other, theme, whose);
    }

    Wish theme(Theme other) {
      return new Wish(days, kind, other, whose);
    }

    Wish whose(Whose other) {
      return new Wish(days, kind, theme, other);
    }

    /** As {@link #read} understands it. */
    String write() {
      String who =
          switch (whose) {
            case Whose.Open() -> "";
            case Whose.Everybody() -> " " + EVERYBODY;
            case Whose.Member(long id) -> " #" + id;
          };
      return days + " " + kind.word() + " " + theme.name().toLowerCase(Locale.ROOT) + who;
    }
  }

  /** What was understood. */
  sealed interface Result {
    record Understood(Wish wish) implements Result {}

    /** As a file for spreadsheets. */
    record File(Wish wish) implements Result {}

    record Unclear(String word) implements Result {}
  }

  /** Reads words in any order; the last of those that contradict each other counts. */
  static Result read(String words) {
    Wish wish = Wish.USUAL;
    boolean file = false;
    for (String word : words.strip().toLowerCase(Locale.ROOT).split("\\s+", -1)) {
      file |= word.equals(FILE);
      Optional<Wish> changed =
          word.isEmpty() || word.equals(FILE) ? Optional.of(wish) : with(wish, word);
      if (changed.isEmpty()) {
        return new Result.Unclear(word);
      }
      wish = changed.get();
    }
    return file ? new Result.File(wish) : new Result.Understood(wish);
  }

  private static Optional<Wish> with(Wish wish, String word) {
    Optional<Kind> kind = Kind.find(word);
    if (kind.isPresent()) {
      return kind.map(wish::kind);
    }
    return switch (word) {
      case "7", "30", "90" -> Optional.of(wish.days(Integer.parseInt(word)));
      case "light" -> Optional.of(wish.theme(Theme.LIGHT));
      case "dark" -> Optional.of(wish.theme(Theme.DARK));
      case EVERYBODY -> Optional.of(wish.whose(new Whose.Everybody()));
      default ->
          word.matches("#[0-9]{1,18}")
              ? Optional.of(wish.whose(new Whose.Member(Long.parseLong(word.substring(1)))))
              : Optional.empty();
    };
  }
}
