package dev.plantain.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageReportTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ann | ann",
        "=1+1 | '=1+1",
        "+1 | '+1",
        "-1 | '-1",
        "@x | '@x",
        "a,b | \"a,b\"",
        "a \"b\" | \"a \"\"b\"\"\"",
      })
  void namesAreHarmlessCells(String name, String cell) {
    assertThat(UsageReport.cell(name)).isEqualTo(cell);
  }
}
