package dev.plantain.command;

import dev.plantain.moderation.ApprovalRules;
import dev.plantain.quota.AmountNotation;
import dev.plantain.quota.Measure;
import dev.plantain.text.Message;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What a moderator wrote behind {@code /approve}. */
sealed interface ApproveWords {

  /** What waits is to be shown. */
  record Show() implements ApproveWords {}

  record OverQuota(boolean waits) implements ApproveWords {}

  /**
   * Requests in a size wait, or do not any more.
   *
   * @param size as it was written; empty for all of them
   */
  record Size(Optional<String> size, boolean waits) implements ApproveWords {}

  /** Empty where newcomers wait no more. */
  record Newcomers(Optional<Duration> time) implements ApproveWords {}

  record Words() implements ApproveWords {}

  /**
   * A word makes requests wait, or does not any more.
   *
   * @param phrase as it was written; empty for all of them
   */
  record Word(Optional<String> phrase, boolean waits) implements ApproveWords {}

  /** Empty where no price makes a request wait. */
  record Price(Optional<Long> microDollars) implements ApproveWords {}

  /** Empty for the usual time. */
  record Time(Optional<Duration> time) implements ApproveWords {}

  /** A member is trusted, or not any more; who it is was found by others. */
  record Trust(boolean trusted) implements ApproveWords {}

  record Unclear(Message why) implements ApproveWords {}

  Duration SHORTEST_NEWCOMER = Duration.ofMinutes(1);
  Duration LONGEST_NEWCOMER = Duration.ofDays(365);
  String OFF = "off";

  /**
   * Reads what follows the name of the command.
   *
   * @param written without the name of a member
   */
  static ApproveWords read(String written) {
    String[] parts = written.strip().split("\\s+", 2);
    String rest = parts.length < 2 ? "" : parts[1].strip();
    boolean off = rest.equalsIgnoreCase(OFF);
    return switch (parts[0].toLowerCase(Locale.ROOT)) {
      case "" -> new Show();
      case "over-quota", "overquota", "quota" ->
          off || rest.isEmpty() ? new OverQuota(!off) : how();
      case "size", "sizes" -> size(rest);
      case "newcomers", "newcomer", "new" ->
          off
              ? new Newcomers(Optional.empty())
              : time(rest, SHORTEST_NEWCOMER, LONGEST_NEWCOMER)
                  .<ApproveWords>map(time -> new Newcomers(Optional.of(time)))
                  .orElseGet(() -> unclearTime(rest, SHORTEST_NEWCOMER, LONGEST_NEWCOMER));
      case "word", "words" -> word(rest);
      case "price" -> off ? new Price(Optional.empty()) : price(rest);
      case "time" ->
          off
              ? new Time(Optional.empty())
              : time(rest, ApprovalRules.SHORTEST_TIME, ApprovalRules.LONGEST_TIME)
                  .<ApproveWords>map(time -> new Time(Optional.of(time)))
                  .orElseGet(() ->
                      unclearTime(rest, ApprovalRules.SHORTEST_TIME, ApprovalRules.LONGEST_TIME));
      case "trust" -> off || rest.isEmpty() ? new Trust(!off) : how();
      default -> how();
    };
  }

  private static ApproveWords how() {
    return new Unclear(new Message.ApproveHow());
  }

  private static ApproveWords size(String rest) {
    return rest.isEmpty() ? how() : new Size(behind(rest), !isOff(rest));
  }

  private static ApproveWords word(String rest) {
    return rest.isEmpty() ? new Words() : new Word(behind(rest), !isOff(rest));
  }

  private static boolean isOff(String rest) {
    return rest.matches("(?i)(.*\\s)?off");
  }

  /** What was written before {@code off}, or all of it; empty where nothing was. */
  private static Optional<String> behind(String rest) {
    return Optional.of(isOff(rest) ? rest.substring(0, rest.length() - OFF.length()) : rest)
        .map(String::strip)
        .filter(words -> !words.isEmpty());
  }

  private static ApproveWords price(String rest) {
    return AmountNotation.read(rest)
        .filter(amount -> amount.measure() == Measure.MICRO_DOLLARS)
        .map(AmountNotation.Amount::amount)
        .filter(amount -> amount >= 0)
        .<ApproveWords>map(amount -> new Price(Optional.of(amount)))
        .orElseGet(
            () -> new Unclear(new Message.ApprovePriceUnclear(PictureSettings.shortened(rest))));
  }

  private static Optional<Duration> time(String rest, Duration shortest, Duration longest) {
    BanTime.Read read = BanTime.first(rest);
    return read.time() instanceof BanTime.For(Duration time)
            && read.rest().isEmpty()
            && time.compareTo(shortest) >= 0
            && time.compareTo(longest) <= 0
        ? Optional.of(time)
        : Optional.empty();
  }

  private static ApproveWords unclearTime(String rest, Duration shortest, Duration longest) {
    return new Unclear(
        new Message.ApproveTimeUnclear(PictureSettings.shortened(rest), shortest, longest));
  }
}
