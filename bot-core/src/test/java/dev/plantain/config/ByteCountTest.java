package dev.plantain.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteCountTest {
  @ParameterizedTest
  @CsvSource({
    "20 MB, 20000000",
    "20MiB, 20971520",
    "1.5 kb, 1500",
    "2 GiB, 2147483648",
    "7, 7",
    "3 bytes, 3",
    "1 TB, 1000000000000"
  })
  void isReadAsPeopleWriteIt(String written, long bytes) {
    assertThat(ByteCount.parse(written)).contains(new ByteCount(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MB", "-1 MB", "0.1 B", "1 XB", "999999999999999 TiB", "1 M i B"})
  void anythingElseIsNone(String written) {
    assertThat(ByteCount.parse(written)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"20 MB", "512 KiB", "1001 B", "3 GB", "0 B", "1 TiB"})
  void isShownAsPeopleWriteIt(String written) {
    assertThat(ByteCount.parse(written).orElseThrow()).hasToString(written);
  }
}
