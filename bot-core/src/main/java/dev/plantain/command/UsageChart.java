package dev.plantain.command;

import dev.plantain.chart.Chart;
import dev.plantain.chart.Theme;
import dev.plantain.conversation.Roster;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Offer;
import dev.plantain.quota.AmountNotation;
import dev.plantain.quota.Cost;
import dev.plantain.quota.Measure;
import dev.plantain.quota.Usage;
import dev.plantain.storage.Reading;
import dev.plantain.text.Language;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was used, as a chart. */
final class UsageChart {
  /** More names than this, and the rest is one. */
  private static final int NAMES = 8;

  private static final int MODELS = Theme.piles() - 1;
  private static final int MICRO_DOLLARS_OF_CENT = 10_000;

  private final Roster roster;
  private final Offer offer;
  private final Messages messages;

  UsageChart(Roster roster, Offer offer, Messages messages) {
    this.roster = roster;
    this.offer = offer;
    this.messages = messages;
  }

  /**
   * @param title what stands above it
   */
  Chart of(Reading reading, Usage usage, UsageWords.Kind kind, String title, Language language) {
    Chart.Heading heading = new Chart.Heading(title, totals(usage.total(), language));
    if (usage.members().isEmpty()) {
      return new Chart.Empty(heading, messages.text(new Message.UsageNothing(), language));
    }
    return switch (kind) {
      case DAY -> days(usage, heading, language);
      case MODEL -> models(usage, heading, language);
      case MEMBER -> members(reading, usage, heading, language);
    };
  }

  /** {@code 120 pictures · 4.80 USD}. */
  String totals(Cost cost, Language language) {
    int pictures = (int) Math.min(cost.pictures(), Integer.MAX_VALUE);
    return messages.text(new Message.UsageTotals(pictures, dollars(cost, language)), language);
  }

  private Chart days(Usage usage, Chart.Heading heading, Language language) {
    return new Chart.Days(
        heading,
        labels(usage, language),
        pictures(messages.text(new Message.UsagePictures(), language), usage.days()),
        new Chart.Series(
            messages.text(new Message.UsageCost(), language),
            usage.days().stream().map(cost -> cost.microDollars() / 1e6).toList()));
  }

  private Chart models(Usage usage, Chart.Heading heading, Language language) {
    List<Map.Entry<String, List<Cost>>> all = List.copyOf(usage.models().entrySet());
    int named = all.size() <= MODELS ? all.size() : MODELS - 1;
    List<Chart.Series> series = new ArrayList<>();
    all.subList(0, named)
        .forEach(model -> series.add(pictures(nameOf(model.getKey()), model.getValue())));
    if (named < all.size()) {
      List<Cost> rest = new ArrayList<>(Collections.nCopies(usage.days().size(), Cost.NONE));
      for (Map.Entry<String, List<Cost>> model : all.subList(named, all.size())) {
        for (int day = 0; day < rest.size(); day++) {
          rest.set(day, rest.get(day).plus(model.getValue().get(day)));
        }
      }
      series.add(pictures(others(all.size() - named, language), rest));
    }
    return new Chart.Piles(
        heading,
        labels(usage, language),
        messages.text(new Message.UsagePictures(), language),
        series);
  }

  private Chart members(Reading reading, Usage usage, Chart.Heading heading, Language language) {
    List<Map.Entry<Long, Cost>> all = List.copyOf(usage.members().entrySet());
    int named = Math.min(all.size(), NAMES);
    List<Chart.Bar> bars = new ArrayList<>();
    for (Map.Entry<Long, Cost> member : all.subList(0, named)) {
      String name = roster.member(reading, member.getKey()).name();
      bars.add(bar(name, member.getValue(), language));
    }
    if (named < all.size()) {
      Cost rest =
          Usage.sum(all.subList(named, all.size()).stream().map(Map.Entry::getValue).toList());
      bars.add(bar(others(all.size() - named, language), rest, language));
    }
    return new Chart.Ranking(heading, bars);
  }

  private Chart.Bar bar(String name, Cost cost, Language language) {
    String words = number(cost.pictures(), language) + " · " + dollars(cost, language);
    return new Chart.Bar(name, cost.pictures(), words);
  }

  private String others(int count, Language language) {
    return messages.text(new Message.UsageOthers(count), language);
  }

  private static Chart.Series pictures(String name, List<Cost> costs) {
    return new Chart.Series(name, costs.stream().map(cost -> (double) cost.pictures()).toList());
  }

  private String nameOf(String model) {
    return offer.find(model).map(ModelSpec::name).orElse(model);
  }

  private static List<String> labels(Usage usage, Language language) {
    DateTimeFormatter format =
        DateTimeFormatter.ofLocalizedPattern("MMMd").withLocale(locale(language));
    return usage.range().days().stream().map(format::format).toList();
  }

  private static String number(long number, Language language) {
    return NumberFormat.getIntegerInstance(locale(language)).format(number);
  }

  /** In whole cents, unless it is less than one. */
  private static String dollars(Cost cost, Language language) {
    if (cost.microDollars() > 0 && cost.microDollars() < MICRO_DOLLARS_OF_CENT) {
      return AmountNotation.write(Measure.MICRO_DOLLARS, cost.microDollars());
    }
    NumberFormat format = NumberFormat.getNumberInstance(locale(language));
    format.setMinimumFractionDigits(2);
    format.setMaximumFractionDigits(2);
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format.format(BigDecimal.valueOf(cost.microDollars(), 6)) + " USD";
  }

  static Locale locale(Language language) {
    return Locale.of(language.code());
  }
}
