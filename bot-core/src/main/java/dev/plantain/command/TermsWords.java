package dev.plantain.command;

import dev.plantain.quota.CommunityTerms;
import dev.plantain.quota.CommunityTermsStore;
import dev.plantain.quota.QuietHours;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When the windows of a community begin anew, when it is quiet, and which credits go first. */
final class TermsWords {
  private static final Pattern HOURS =
      Pattern.compile(
          "([0-2]?[0-9])(?::([0-5][0-9]))?\\s*(?:-|–|—|to)\\s*([0-2]?[0-9])(?::([0-5][0-9]))?");

  private final CommunityTermsStore store;

  TermsWords(CommunityTermsStore store) {
    this.store = store;
  }

  /** What was done and said. */
  record Change(boolean changed, Message said) {}

  /** Changes what the word names, or says what holds now where there is no value. */
  Change change(Tx tx, CommandCall call, String what, String value) {
    long community = call.chat().communityId().orElseThrow();
    CommunityTerms now = store.of(tx, community);
    if (value.isBlank()) {
      return new Change(false, told(now));
    }
    Optional<CommunityTerms> next = changed(now, what, value.strip());
    next.ifPresent(terms -> store.set(tx, community, terms));
    return next.map(terms -> new Change(true, told(terms)))
        .orElseGet(() -> new Change(false, unclear(what, value)));
  }

  private static Optional<CommunityTerms> changed(CommunityTerms now, String what, String value) {
    return switch (what) {
      case "zone" ->
          zone(value)
              .map(zone ->
                  new CommunityTerms(zone, now.resetHour(), now.poolFirst(), now.quietHours()));
      case "reset" ->
          Optional.of(value)
              .filter(hour -> hour.matches("(0?[0-9]|1[0-9]|2[0-3])(:00)?"))
              .map(hour -> Integer.parseInt(hour.replace(":00", "")))
              .map(hour -> new CommunityTerms(now.zone(), hour, now.poolFirst(), now.quietHours()));
      case "pool" ->
          Optional.of(value.toLowerCase(Locale.ROOT))
              .filter(order -> order.equals("first") || order.equals("last"))
              .map(order ->
                  new CommunityTerms(
                      now.zone(), now.resetHour(), order.equals("first"), now.quietHours()));
      default ->
          quiet(value)
              .map(
                  hours -> new CommunityTerms(now.zone(), now.resetHour(), now.poolFirst(), hours));
    };
  }

  private static Optional<ZoneId> zone(String value) {
    try {
      return Optional.of(ZoneId.of(value));
    } catch (DateTimeException unknown) {
      return ZoneId.getAvailableZoneIds().stream()
          .filter(id -> id.equalsIgnoreCase(value.replace(' ', '_')))
          .findFirst()
          .map(ZoneId::of);
    }
  }

  private static Optional<Optional<QuietHours>> quiet(String value) {
    if (value.equalsIgnoreCase("off") || value.equalsIgnoreCase("none")) {
      return Optional.of(Optional.empty());
    }
    Matcher matcher = HOURS.matcher(value);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<LocalTime> from = time(matcher.group(1), matcher.group(2));
    Optional<LocalTime> to = time(matcher.group(3), matcher.group(4));
    return from.isPresent() && to.isPresent() && !from.equals(to)
        ? Optional.of(Optional.of(new QuietHours(from.get(), to.get())))
        : Optional.empty();
  }

  private static Optional<LocalTime> time(String hour, @Nullable String minute) {
    int hours = Integer.parseInt(hour);
    return hours > 23
        ? Optional.empty()
        : Optional.of(LocalTime.of(hours, minute == null ? 0 : Integer.parseInt(minute)));
  }

  private static Message told(CommunityTerms terms) {
    String reset = "%02d:00".formatted(terms.resetHour());
    String zone = terms.zone().getId();
    return terms
        .quietHours()
        .<Message>map(hours ->
            new Message.TermsQuiet(
                reset, zone, hours.from().toString(), hours.to().toString(), order(terms)))
        .orElseGet(() -> new Message.TermsOpen(reset, zone, order(terms)));
  }

  private static String order(CommunityTerms terms) {
    return terms.poolFirst() ? "first" : "last";
  }

  private static Message unclear(String what, String value) {
    return switch (what) {
      case "zone" -> new Message.TermsZoneUnknown(value);
      case "reset" -> new Message.TermsResetUnclear(value);
      case "pool" -> new Message.TermsPoolUnclear();
      default -> new Message.TermsQuietUnclear(value);
    };
  }
}
