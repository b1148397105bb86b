package dev.plantain.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoIntakeTest {
  @TempDir Path folder;
  private MediaStore store;
  private PhotoIntake intake;

  @BeforeEach
  void open() throws IOException {
    store = new MediaStore(folder);
    intake = new PhotoIntake(store, new MediaLimits(1_000_000, 10_000_000));
  }

  static Stream<Arguments> clean() {
    return Stream.of(
        arguments(MediaType.PNG, Pictures.png(40, 30, 1)),
        arguments(MediaType.PNG, Pictures.transparentPng(40, 30, 1)),
        arguments(MediaType.JPEG, Pictures.jpeg(40, 30, 1)),
        arguments(MediaType.WEBP, Pictures.webp(40, 30)),
        arguments(MediaType.HEIC, Pictures.heic(320, 240)),
        arguments(MediaType.HEIF, Pictures.heif("mif1", 320, 240, 0, "")));
  }

  static Stream<Arguments> withMetadata() {
    return Stream.of(
        arguments(MediaType.PNG, Pictures.pngWithMetadata(40, 30, 1, 1)),
        arguments(MediaType.PNG, Pictures.pngWithMetadata(40, 30, 1, 6)),
        arguments(MediaType.JPEG, Pictures.jpegWithGps(40, 30, 1)),
        arguments(MediaType.JPEG, Pictures.jpegWithGps(40, 30, 1, 6)),
        arguments(MediaType.WEBP, Pictures.webpWithMetadata(40, 30, 1)),
        arguments(MediaType.WEBP, Pictures.webpWithMetadata(40, 30, 8)),
        arguments(MediaType.HEIC, Pictures.heicWithGps(320, 240)));
  }

  static Stream<Arguments> everything() {
    return Stream.of(
            clean(),
            withMetadata(),
            Stream.of(
                arguments(MediaType.WEBP, Pictures.animatedWebp(40, 30)),
                arguments(MediaType.GIF, Pictures.gif(40, 30, 1))))
        .flatMap(some -> some);
  }

  @ParameterizedTest
  @MethodSource("clean")
  void aPictureThatNeedsNothingIsKeptByteForByte(MediaType type, byte[] bytes) throws IOException {
    Blob blob = accepted(bytes);
    assertThat(blob.type()).isEqualTo(type);
    assertThat(kept(blob)).isEqualTo(bytes);
    assertThat(blob.bytes()).isEqualTo(bytes.length);
  }

  @ParameterizedTest
  @MethodSource("withMetadata")
  void thePlaceIsGoneAndThePictureIsStillOne(MediaType type, byte[] bytes) throws IOException {
    assertThat(latin(bytes)).contains(Pictures.SECRET);
    Blob blob = accepted(bytes);
    assertThat(blob.type()).isEqualTo(type);
    assertThat(latin(kept(blob))).doesNotContain(Pictures.SECRET).doesNotContain("12.5683");
    assertThat(blob.bytes()).isEqualTo(kept(blob).length);
    assertThat(accepted(kept(blob)).width()).isEqualTo(blob.width());
  }

  @ParameterizedTest
  @MethodSource("withMetadata")
  void whatWasCleanedNeedsNothingTheSecondTimeButItsOrientation(MediaType type, byte[] bytes)
      throws IOException {
    byte[] once = kept(accepted(bytes));
    assertThat(kept(accepted(once))).isEqualTo(once);
  }

  @Test
  void cuttingMetadataLeavesThePixelsAsTheyWere() throws IOException {
    assertThat(kept(accepted(Pictures.jpegWithGps(40, 30, 1)))).isEqualTo(Pictures.jpeg(40, 30, 1));
    assertThat(kept(accepted(Pictures.pngWithMetadata(40, 30, 1, 1))))
        .startsWith(Pictures.slice(Pictures.png(40, 30, 1), 0, 33));
    assertThat(decoded(accepted(Pictures.webpWithMetadata(40, 30, 1))).getRGB(20, 20))
        .isEqualTo(decode(Pictures.webp(40, 30)).getRGB(20, 20))
        .isEqualTo(0xffc8285a);
  }

  @Test
  void whatFollowsTheEndOfAPictureGoes() throws IOException {
    byte[] film = Pictures.SECRET.getBytes(StandardCharsets.US_ASCII);
    for (byte[] bytes :
        List.of(Pictures.jpeg(40, 30, 1), Pictures.png(40, 30, 1), Pictures.webp(40, 30))) {
      assertThat(kept(accepted(Pictures.concat(bytes, film)))).isEqualTo(bytes);
    }
  }

  @Test
  void theColourProfileStays() throws IOException {
    byte[] plain = Pictures.jpeg(40, 30, 1);
    byte[] profile = "ICC_PROFILE\0\1\1profile".getBytes(StandardCharsets.ISO_8859_1);
    byte[] with =
        Pictures.concat(
            Pictures.slice(plain, 0, 20),
            Pictures.segment(0xe2, profile),
            Pictures.slice(plain, 20, plain.length));
    assertThat(kept(accepted(with))).isEqualTo(with);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aTurnedJpegIsDrawnUpright(int exif) throws IOException {
    Orientation orientation = Orientation.ofExif(exif);
    BufferedImage stored = decode(Pictures.jpeg(64, 48, 5));
    Blob blob = accepted(Pictures.jpegWithGps(64, 48, 5, exif));
    BufferedImage seen = decoded(blob);
    assertThat(blob.width()).isEqualTo(orientation.swapsSides() ? 48 : 64);
    assertThat(seen.getWidth()).isEqualTo(blob.width());
    assertThat(seen.getHeight()).isEqualTo(blob.height());
    assertThat(ImageInspector.orientation(store.path(blob.id()))).isEqualTo(Orientation.UPRIGHT);
    for (int y = 4; y < seen.getHeight(); y += 8) {
      for (int x = 4; x < seen.getWidth(); x += 8) {
        int before = stored.getRGB(orientation.storedX(x, y, 64), orientation.storedY(x, y, 48));
        assertThat(green(seen.getRGB(x, y))).isCloseTo(green(before), within(60));
      }
    }
  }

  @Test
  void aQuarterToTheRightPutsTheLeftEdgeOnTop() {
    assertThat(Orientation.TURN_RIGHT.storedX(0, 0, 64)).isZero();
    assertThat(Orientation.TURN_RIGHT.storedY(0, 0, 48)).isEqualTo(47);
    assertThat(Orientation.TURN_LEFT.storedX(0, 0, 64)).isEqualTo(63);
    assertThat(Orientation.TURN_LEFT.storedY(0, 0, 48)).isZero();
  }

  @Test
  void aTurnedPngKeepsItsTurnAsItsOnlyTag() throws IOException {
    Blob blob = accepted(Pictures.pngWithMetadata(40, 30, 1, 6));
    assertThat(ImageInspector.orientation(store.path(blob.id()))).isEqualTo(Orientation.TURN_RIGHT);
    assertThat(blob.width()).isEqualTo(30);
    assertThat(blob.height()).isEqualTo(40);
  }

  @Test
  void aPhotoOfAPhoneIsDescribedAsItIsSeen() throws IOException {
    Blob blob = accepted(Pictures.heicTurned(320, 240, 3));
    assertThat(blob.width()).isEqualTo(240);
    assertThat(blob.height()).isEqualTo(320);
  }

  @Test
  void blankingAPhotoOfAPhoneMovesNothing() throws IOException {
    byte[] before = Pictures.heicWithGps(320, 240);
    byte[] after = kept(accepted(before));
    assertThat(after).hasSameSizeAs(before);
    int data = latin(before).indexOf("mdat") + 4;
    assertThat(Arrays.copyOf(after, data + 200)).isEqualTo(Arrays.copyOf(before, data + 200));
    assertThat(latin(after).substring(data + 200)).startsWith("\0\0\0\0MM\0*\0\0\0\10");
  }

  @Test
  void theFirstFrameOfAGifBecomesAPng() throws IOException {
    byte[] gif = Pictures.gif(300, 200, 9);
    Blob blob = accepted(gif);
    assertThat(blob.type()).isEqualTo(MediaType.PNG);
    BufferedImage before = decode(gif);
    BufferedImage after = decoded(blob);
    for (int y = 0; y < 200; y++) {
      for (int x = 0; x < 300; x++) {
        assertThat(after.getRGB(x, y)).isEqualTo(before.getRGB(x, y));
      }
    }
  }

  @Test
  void theFirstFrameOfAnAnimatedWebpStays() throws IOException {
    Blob blob = accepted(Pictures.animatedWebp(40, 30));
    assertThat(latin(kept(blob))).doesNotContain("ANMF").doesNotContain("ANIM");
    assertThat(decoded(blob).getRGB(20, 20)).isEqualTo(0xffc8285a);
  }

  @Test
  void whatASieveLetsThroughStaysTransparent() throws IOException {
    BufferedImage image = decoded(accepted(Pictures.transparentPng(40, 30, 1)));
    assertThat(image.getRGB(3, 3) >>> 24).isZero();
    assertThat(image.getRGB(33, 3) >>> 24).isEqualTo(255);
  }

  @Test
  void eachKindOfBadInputHasItsOwnAnswer() throws IOException {
    assertThat(accept(new byte[0])).isEqualTo(new Intake.Empty());
    assertThat(accept("not a picture.png".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Intake.NotAPicture());
    assertThat(accept(new byte[1_000_001])).isEqualTo(new Intake.TooManyBytes(1_000_000));
    assertThat(accept(Pictures.pngHeader(30_000, 30_000)))
        .isEqualTo(new Intake.TooManyPixels(30_000, 30_000, 10_000_000));
    assertThat(accept(Pictures.pngHeader(300, 300))).isEqualTo(new Intake.Damaged(MediaType.PNG));
    assertNothingIsLeft();
  }

  @Test
  void aSourceThatWrapsOurRefusalIsStillTooLarge() throws IOException {
    Intake result =
        intake.accept(to -> {
          try {
            to.write(new byte[2_000_000]);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(result).isEqualTo(new Intake.TooManyBytes(1_000_000));
  }

  @Test
  void aSourceThatFailsLeavesNothing() throws IOException {
    assertThatThrownBy(() ->
            intake.accept(to -> {
              to.write(1);
              throw new IOException("the line is dead");
            }))
        .hasMessage("the line is dead");
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @MethodSource("everything")
  void aPictureThatIsTruncatedIsRefused(MediaType type, byte[] bytes) throws IOException {
    int end = type == MediaType.GIF ? bytes.length - 3 : bytes.length;
    for (int length = 1; length < end; length += 1 + length / 64) {
      assertThat(accept(Arrays.copyOf(bytes, length)))
          .as("%d of %d bytes", length, bytes.length)
          .isIn(new Intake.NotAPicture(), new Intake.Damaged(type));
    }
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @MethodSource("everything")
  void damagedBytesGiveAnAnswerAndLeaveNoDraft(MediaType type, byte[] bytes) throws IOException {
    Random random = new Random(42);
    for (int round = 0; round < 150; round++) {
      byte[] damaged = bytes.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      assertThat(accept(damaged)).isNotNull();
    }
    assertThat(folder.resolve("drafts")).isEmptyDirectory();
  }

  private void assertNothingIsLeft() throws IOException {
    assertThat(folder.resolve("drafts")).isEmptyDirectory();
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private Intake accept(byte[] bytes) throws IOException {
    return intake.accept(to -> to.write(bytes));
  }

  private Blob accepted(byte[] bytes) throws IOException {
    Intake result = accept(bytes);
    assertThat(result).isInstanceOf(Intake.Accepted.class);
    return ((Intake.Accepted) result).blob();
  }

  private byte[] kept(Blob blob) throws IOException {
    return Files.readAllBytes(store.path(blob.id()));
  }

  private BufferedImage decoded(Blob blob) throws IOException {
    return decode(kept(blob));
  }

  private static BufferedImage decode(byte[] bytes) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
    assertThat(image).isNotNull();
    return image;
  }

  private static int green(int colour) {
    return colour >> 8 & 0xff;
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
