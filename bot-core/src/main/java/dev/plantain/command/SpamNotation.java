package dev.plantain.command;

import dev.plantain.moderation.SpamRule;
import dev.plantain.moderation.SpamRule.Kind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules against spam as people write them: {@code floods 10/1m} or {@code floods 10/1m 30m}. */
public final class SpamNotation {
  private static final Pattern RULE =
      Pattern.compile("([a-z]+)\\s+0*(\\d{1,4})\\s*/\\s*(\\w+)(?:\\s+(\\w+))?");
  private static final Duration USUAL_PAUSE = Duration.ofMinutes(10);

  private SpamNotation() {}

  /** Empty where it is none, or goes beyond what a rule may be. */
  static Optional<SpamRule> read(String words) {
    Matcher matcher = RULE.matcher(words.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<Kind> kind = Kind.of(matcher.group(1));
    int most = Integer.parseInt(matcher.group(2));
    Optional<Duration> window = time(matcher.group(3), SpamRule.LONGEST_WINDOW);
    Optional<Duration> pause =
        matcher.group(4) == null
            ? Optional.of(USUAL_PAUSE)
            : time(matcher.group(4), SpamRule.LONGEST_PAUSE);
    return kind.isPresent()
            && window.isPresent()
            && pause.isPresent()
            && most >= 1
            && most <= SpamRule.MOST
        ? Optional.of(new SpamRule(kind.get(), most, window.get(), pause.get()))
        : Optional.empty();
  }

  private static Optional<Duration> time(String written, Duration longest) {
    return BanTime.first(written).time() instanceof BanTime.For(Duration time)
        ? Optional.of(time).filter(each -> SpamRule.lasts(each, longest))
        : Optional.empty();
  }

  /** The rule, without how long the pause is. */
  public static String write(SpamRule rule) {
    return rule.kind().word() + " " + rule.most() + "/" + time(rule.window());
  }

  /** How long somebody is shut out. */
  public static String pause(SpamRule rule) {
    return time(rule.pause());
  }

  private static String time(Duration time) {
    if (time.toMinutes() % (24 * 60) == 0) {
      return time.toDays() + "d";
    }
    return time.toMinutes() % 60 == 0 ? time.toHours() + "h" : time.toMinutes() + "m";
  }
}
