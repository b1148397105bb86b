package dev.plantain.command;

import dev.plantain.conversation.Roster;
import dev.plantain.quota.Cost;
import dev.plantain.quota.Loss;
import dev.plantain.quota.Usage;
import dev.plantain.storage.Reading;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was used, line by line.
 *
 * @param lines days, models and members, each with what they come to together, and for everybody
 *     what was paid for nothing besides
 */
public record UsageReport(List<Line> lines) {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  public UsageReport {
    lines = List.copyOf(lines);
  }

  /** What a name stands for. */
  public enum Of {
    DAY,
    MODEL,
    MEMBER,
    TOTAL,
    /** What the operator paid for nothing; no part of the total. */
    LOST;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How much somebody or something used. */
  public record Line(Of of, String name, Cost cost) {
    private String dollars() {
      return BigDecimal.valueOf(cost.microDollars(), 6).toPlainString();
    }
  }

  public static UsageReport of(Reading reading, Usage.Whose whose, Usage.Range range) {
    Usage usage = Usage.of(reading, whose, range);
    Roster roster = new Roster();
    List<Line> lines = new ArrayList<>();
    List<LocalDate> days = range.days();
    for (int day = 0; day < days.size(); day++) {
      if (!usage.days().get(day).equals(Cost.NONE)) {
        lines.add(new Line(Of.DAY, days.get(day).toString(), usage.days().get(day)));
      }
    }
    usage
        .models()
        .forEach((model, costs) -> lines.add(new Line(Of.MODEL, model, Usage.sum(costs))));
    usage
        .members()
        .forEach((member, cost) ->
            lines.add(new Line(Of.MEMBER, roster.member(reading, member).name(), cost)));
    lines.add(new Line(Of.TOTAL, "", usage.total()));
    if (whose instanceof Usage.Whose.Everybody) {
      Loss.of(reading, range).forEach(loss -> lines.add(line(loss)));
    }
    return new UsageReport(lines);
  }

  private static Line line(Loss loss) {
    String calls = loss.calls() == 1 ? "1 call" : loss.calls() + " calls";
    return new Line(
        Of.LOST, "%s, %s: %s".formatted(loss.endpoint(), loss.basis(), calls), loss.cost());
  }

  /** Aligned by spaces, for a terminal. */
  public String table() {
    StringBuilder table = new StringBuilder();
    String row = "%-7s %12s %18s  %s%n";
    table.append(String.format(Locale.ROOT, row, "", "pictures", "USD", ""));
    for (Line line : lines) {
      table.append(
          String.format(
              Locale.ROOT,
              row,
              line.of().word(),
              line.cost().pictures(),
              line.dollars(),
              line.name().replaceAll("\\p{Cntrl}", " ")));
    }
    return table.toString();
  }

  /** As RFC 4180 has it, after a byte order mark by which spreadsheets know that it is UTF-8. */
  public String csv() {
    StringBuilder csv = new StringBuilder(BYTE_ORDER_MARK).append("of,name,pictures,usd\r\n");
    for (Line line : lines) {
      csv.append(
          String.join(
              ",",
              line.of().word(),
              cell(line.name()),
              String.valueOf(line.cost().pictures()),
              line.dollars()));
      csv.append("\r\n");
    }
    return csv.toString();
  }

  /**
   * Names are chosen by strangers: one that a spreadsheet would run as a formula gets an apostrophe
   * before it (OWASP, CSV Injection).
   */
  static String cell(String words) {
    String harmless = words.matches("(?s)[=+\\-@\\t\\r\\n].*") ? "'" + words : words;
    return harmless.matches("(?s).*[\",\\r\\n].*")
        ? '"' + harmless.replace("\"", "\"\"") + '"'
        : harmless;
  }
}
