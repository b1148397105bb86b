package dev.plantain.image.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.image.gemini.Painted;
import dev.plantain.media.MediaStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongStringsTest {
  private static final LongNames NAMES =
      new LongNames(Set.of("data"), Set.of("thoughtSignature"), Set.of(), Optional.empty());

  @TempDir private Path folder;

  @Test
  void whatIsLongGoesToFilesAndANumberStaysInItsPlace() throws Exception {
    LongStrings strings =
        strings("{ \"a\\\"data\" : \"x\", \"data\" : \"QUJD\" ,\"text\":\"\\\"data\\\":\\\"no\"}");

    assertThat(small(strings))
        .isEqualTo("{ \"a\\\"data\" : \"x\", \"data\" : \"0\" ,\"text\":\"\\\"data\\\":\\\"no\"}");
    assertThat(Files.readString(picture(strings).draft().file())).isEqualTo("ABC");
  }

  @Test
  void picturesOfEverySizeComeOutAsTheyWentIn() throws Exception {
    Random random = new Random(1);
    int block = LongStrings.BLOCK_BYTES;
    int[] around = {1, 2, 3, 4, 49_149, 49_150, 49_151, 49_152, 49_153, 98_304, 200_001, 3 * block};
    for (int size : around) {
      byte[] picture = new byte[size];
      random.nextBytes(picture);
      String base64 = Base64.getEncoder().encodeToString(picture);

      assertThat(decoded(base64, random)).isEqualTo(picture);
      assertThat(decoded(base64.replace("/", "\\/").replace("=", "\\u003d"), random))
          .isEqualTo(picture);
      assertThat(decoded(base64.replace("A", "\\n\\u0041"), random)).isEqualTo(picture);
    }
  }

  @Test
  void signaturesComeOutCharacterByCharacterHoweverTheyAreWritten() throws Exception {
    Random random = new Random(2);
    for (int size : new int[] {0, 1, 3, 4, 5, 100, 65_535, 65_536, 65_537, 300_001}) {
      String base64 = Painted.signature(size, size);
      for (String written :
          new String[] {
            base64,
            base64.replace("/", "\\/"),
            base64.replace('+', '-').replace('/', '_'),
            "skip_thought_signature_validator".repeat(size / 32 + 1),
            base64.replace("a", "\\u0061\\\"\\\\")
          }) {
        LongStrings strings = strings("{\"thoughtSignature\":\"" + written + "\"}", random);
        assertThat(small(strings)).isEqualTo("{\"thoughtSignature\":\"0\"}");
        LongString.Signature signature = (LongString.Signature) strings.found().getFirst();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PackedText.unpack(Files.newInputStream(signature.draft().file()), text);
        assertThat(text.toString(StandardCharsets.US_ASCII)).isEqualTo(written);
        assertThat(signature.characters()).isEqualTo(written.length());
      }
    }
  }

  @Test
  void aSignatureTakesThreeQuartersOfItsLengthOnDisk() throws Exception {
    LongStrings strings =
        strings("{\"thoughtSignature\":\"" + Painted.signature(1, 1_100_000) + "\"}");
    small(strings);
    var signature = (LongString.Signature) strings.found().getFirst();
    assertThat(signature.draft().bytes()).isLessThan(1_101_000);
  }

  @Test
  void whatIsNoBase64IsNoPicture() {
    assertGarbled("{\"data\":\"Q*==\"}", "no base64");
    assertGarbled("{\"data\":\"" + "QQ==".repeat(20_000) + "\"}", "no base64");
    assertGarbled("{\"data\":\"Q\\u00e4\"}", "no base64");
    assertGarbled("{\"data\":\"Q\\uzzzz\"}", "no base64");
  }

  @Test
  void whatEndsTooEarlyIsNoticed() {
    assertGarbled("{\"data\":\"QUJD", "ends in the middle");
    assertGarbled("{\"data\":\"QUJD\\u00", "ends in the middle");
    assertGarbled("{\"data\":\"" + "QUJD".repeat(30_000) + "\\", "ends in the middle");
    assertGarbled("{\"thoughtSignature\":\"" + "QUJD".repeat(16_384) + "\\", "ends in the middle");
  }

  @Test
  void nothingGrowsWithoutBounds() {
    assertGarbled("{\"text\":\"" + "x".repeat(2_000_000) + "\"}", "1 MB");
    assertGarbled("[" + "{\"data\":\"QUJD\"},".repeat(300) + "]", "more than 256");
    assertGarbled("{\"thoughtSignature\":\"" + "QUJD".repeat(4_300_000) + "\"}", "16 million");
    assertGarbled("{\"data\":\"" + "QUJD".repeat(23_000_000) + "\"}", "64 MB");
    assertGarbled("{\"thoughtSignature\":\"a\nb\"}", "control");
  }

  @Test
  void quotesAndBackslashesAreFoundWhereverTheyStand() {
    Random random = new Random(3);
    for (int round = 0; round < 2000; round++) {
      byte[] bytes = new byte[random.nextInt(1, 60)];
      random.nextBytes(bytes);
      int from = random.nextInt(bytes.length);
      int expected = from;
      while (expected < bytes.length && bytes[expected] != '"' && bytes[expected] != '\\') {
        expected++;
      }
      assertThat(LongStrings.quoteOrBackslash(bytes, from, bytes.length)).isEqualTo(expected);
    }
  }

  private byte[] decoded(String base64, Random random) throws IOException {
    LongStrings strings = strings("{\"data\":\"" + base64 + "\",\"b\":1}", random);
    assertThat(small(strings)).isEqualTo("{\"data\":\"0\",\"b\":1}");
    try (LongString.Picture picture = picture(strings)) {
      return Files.readAllBytes(picture.draft().file());
    }
  }

  private void assertGarbled(String json, String why) {
    assertThatThrownBy(() -> small(strings(json)))
        .isInstanceOf(GarbledAnswer.class)
        .hasMessageContaining(why);
  }

  private static String small(LongStrings strings) throws IOException {
    return new String(strings.readAllBytes(), StandardCharsets.UTF_8);
  }

  private LongStrings strings(String json) throws IOException {
    return new LongStrings(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
        new MediaStore(folder),
        NAMES);
  }

  /** Hands over pieces of any size, as a socket does. */
  private LongStrings strings(String json, Random random) throws IOException {
    return new LongStrings(
        new FilterInputStream(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))) {
          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return super.read(target, offset, Math.min(length, random.nextInt(1, 9000)));
          }
        },
        new MediaStore(folder),
        NAMES);
  }

  private static LongString.Picture picture(LongStrings strings) {
    return (LongString.Picture) strings.found().getFirst();
  }
}
