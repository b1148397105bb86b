package dev.plantain.bench;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown. */
final class Table {
  private final String title;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String title, String... columns) {
    this.title = title;
    rows.add(List.of(columns));
    rows.add(List.of(columns).stream().map(_ -> "---").toList());
  }

  void row(String... cells) {
    rows.add(List.of(cells));
  }

  void print() {
    System.out.println();
    System.out.println("### " + title + " (load " + Meter.load() + ")");
    System.out.println();
    rows.forEach(row -> System.out.println("| " + String.join(" | ", row) + " |"));
  }
}
