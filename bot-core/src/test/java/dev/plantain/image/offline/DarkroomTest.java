package dev.plantain.image.offline;

import static dev.plantain.image.offline.Wish.Filter.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.image.AspectRatio;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DarkroomTest {
  private final Bitmap day = Pictures.landscape(300, 200);

  private static Bitmap develop(Bitmap picture, Wish... wishes) throws InterruptedException {
    return new Darkroom(Lettering.ofThisMachine(), 7).develop(picture.copy(), List.of(wishes));
  }

  @Test
  void nightIsDarkerAndBluer() throws Exception {
    Bitmap night = develop(day, NIGHT);
    double[] before = Pictures.mean(day, 0, 200);
    double[] after = Pictures.mean(night, 0, 200);
    assertThat(Pictures.light(night)).isLessThan(Pictures.light(day) * 0.4);
    assertThat(after[2] / after[0]).isGreaterThan(1.3 * before[2] / before[0]);
  }

  @Test
  void windowsGlowWarmAtNight() throws Exception {
    Bitmap night = develop(day, NIGHT);
    int window = night.argb()[105 * 300 + 63];
    int field = night.argb()[160 * 300 + 63];
    assertThat(Bitmap.luma(window)).isGreaterThan(150).isGreaterThan(4 * Bitmap.luma(field));
    assertThat((window >> 16) & 0xff).isGreaterThan(window & 0xff);
  }

  @Test
  void starsLightTheSkyOfTheNightAndLeaveTheLand() throws Exception {
    Bitmap night = develop(day, NIGHT);
    Bitmap starry = develop(night, STARS);
    assertThat(changed(night, starry, 0, 100)).isGreaterThan(150);
    assertThat(changed(night, starry, 140, 200)).isZero();
    assertThat(Pictures.light(starry)).isGreaterThan(Pictures.light(night));
  }

  @Test
  void starsAreSeenByDayAsTheSkyTurnsDark() throws Exception {
    Bitmap starry = develop(day, STARS);
    assertThat(Pictures.mean(starry, 0, 60)[1]).isLessThan(Pictures.mean(day, 0, 60)[1] / 2);
    assertThat(Arrays.stream(starry.argb(), 0, 300 * 80).map(Bitmap::luma).max().orElseThrow())
        .isGreaterThan(140);
  }

  @Test
  void aMoonIsHungIntoTheSky() throws Exception {
    Bitmap night = develop(Pictures.plain(300, 200, 0x0a1030), MOON);
    assertThat(Arrays.stream(night.argb(), 0, 300 * 90).map(Bitmap::luma).max().orElseThrow())
        .isGreaterThan(200);
    assertThat(night.argb()[199 * 300]).isEqualTo(0xff0a1030);
  }

  @Test
  void dayIsBrighter() throws Exception {
    Bitmap dim = develop(day, DARKER);
    assertThat(Pictures.light(develop(dim, Wish.Filter.DAY)))
        .isGreaterThan(Pictures.light(dim) * 1.2);
  }

  @Test
  void brighterAndDarkerChangeTheLight() throws Exception {
    assertThat(Pictures.light(develop(day, BRIGHTER))).isGreaterThan(Pictures.light(day) + 10);
    assertThat(Pictures.light(develop(day, DARKER))).isLessThan(Pictures.light(day) - 10);
  }

  @Test
  void warmAndCoolShiftTheColours() throws Exception {
    int grey = 0x808080;
    Bitmap plain = Pictures.plain(8, 8, grey);
    int warm = develop(plain, WARM).argb()[0];
    int cool = develop(plain, COOL).argb()[0];
    assertThat((warm >> 16) & 0xff).isGreaterThan((warm & 0xff) + 20);
    assertThat(cool & 0xff).isGreaterThan(((cool >> 16) & 0xff) + 20);
  }

  @Test
  void monochromeHasNoColour() throws Exception {
    assertThat(Arrays.stream(develop(Pictures.noise(40, 40, 1), MONOCHROME).argb()))
        .allMatch(p -> (p & 0xff) == ((p >> 8) & 0xff) && (p & 0xff) == ((p >> 16) & 0xff));
  }

  @Test
  void sepiaIsBrownOfOneHue() throws Exception {
    assertThat(Arrays.stream(develop(Pictures.noise(40, 40, 1), SEPIA).argb()))
        .allMatch(p -> ((p >> 16) & 0xff) >= ((p >> 8) & 0xff) && ((p >> 8) & 0xff) >= (p & 0xff));
  }

  @Test
  void invertedTwiceIsTheOriginal() throws Exception {
    Bitmap noise = Pictures.noise(33, 21, 2);
    assertThat(develop(noise, INVERT).argb()).isNotEqualTo(noise.argb());
    assertThat(develop(develop(noise, INVERT), INVERT).argb()).isEqualTo(noise.argb());
  }

  @Test
  void blurTakesDetailAndKeepsTheLight() throws Exception {
    Bitmap blurred = develop(day, BLUR);
    assertThat(Pictures.detail(blurred)).isLessThan(Pictures.detail(day) * 0.8);
    assertThat(Pictures.light(blurred)).isCloseTo(Pictures.light(day), within(1.5));
  }

  @Test
  void blurOfAPlainPictureIsThatPicture() {
    Bitmap plain = Pictures.plain(30, 7, 0x336699);
    assertThat(Blur.soften(plain.copy(), 12).argb()).isEqualTo(plain.argb());
  }

  @Test
  void blurLetsNoColourOutOfWhatCannotBeSeen() {
    Bitmap picture = Pictures.plain(20, 4, 0xff0000);
    for (int i = 0; i < picture.argb().length; i++) {
      picture.argb()[i] = i % 20 < 10 ? 0xffff0000 : 0x0000ff00;
    }
    assertThat(Arrays.stream(Blur.soften(picture, 3).argb()))
        .allMatch(pixel -> ((pixel >> 8) & 0xff) == 0);
  }

  @Test
  void sharpenGivesDetail() throws Exception {
    Bitmap soft = develop(day, BLUR);
    assertThat(Pictures.detail(develop(soft, SHARPEN))).isGreaterThan(Pictures.detail(soft));
  }

  @Test
  void aSketchIsDarkLinesOnPaper() throws Exception {
    int[] argb = develop(day, SKETCH).argb();
    assertThat(Arrays.stream(argb)).allMatch(p -> Math.abs(((p >> 16) & 0xff) - (p & 0xff)) < 12);
    assertThat(Arrays.stream(argb).map(Bitmap::luma).filter(light -> light > 170).count())
        .isGreaterThan(argb.length / 2);
    assertThat(Arrays.stream(argb).map(Bitmap::luma).min().orElseThrow()).isLessThan(90);
  }

  @Test
  void aCartoonHasFlatColoursAndOutlines() throws Exception {
    Bitmap grainy = day.copy();
    Bitmap grain = Pictures.noise(300, 200, 3);
    for (int i = 0; i < grainy.argb().length; i++) {
      grainy.argb()[i] = grainy.argb()[i] ^ (grain.argb()[i] & 0x030303);
    }
    Bitmap cartoon = develop(grainy, CARTOON);
    assertThat(
            Math.abs(
                Bitmap.luma(cartoon.argb()[180 * 300 + 200])
                    - Bitmap.luma(cartoon.argb()[180 * 300 + 203])))
        .isLessThanOrEqualTo(2);
    int row = 105 * 300;
    int outline =
        Arrays.stream(cartoon.argb(), row + 50, row + 58).map(Bitmap::luma).min().orElseThrow();
    assertThat(outline).isLessThan(Bitmap.luma(grainy.argb()[row + 53]) / 2);
  }

  @Test
  void pixelsBecomeBlocks() throws Exception {
    Bitmap blocks = develop(Pictures.noise(256, 256, 4), PIXELATE);
    assertThat(Arrays.stream(blocks.argb()).distinct().count()).isLessThanOrEqualTo(64 * 64);
    assertThat(blocks.argb()[0]).isEqualTo(blocks.argb()[3]).isEqualTo(blocks.argb()[3 * 256 + 3]);
  }

  @Test
  void aVignetteDarkensTheCornersOnly() throws Exception {
    Bitmap plain = Pictures.plain(101, 101, 0xc0c0c0);
    Bitmap dark = develop(plain, VIGNETTE);
    assertThat(dark.argb()[50 * 101 + 50]).isEqualTo(plain.argb()[0]);
    assertThat(Bitmap.luma(dark.argb()[0])).isLessThan(0x80);
  }

  @Test
  void mirrorAndFlipAreTheirOwnOpposites() throws Exception {
    Bitmap noise = Pictures.noise(5, 4, 5);
    Bitmap mirrored = develop(noise, MIRROR);
    Bitmap flipped = develop(noise, FLIP);
    assertThat(mirrored.argb()[4]).isEqualTo(noise.argb()[0]);
    assertThat(flipped.argb()[15]).isEqualTo(noise.argb()[0]);
    assertThat(develop(mirrored, MIRROR).argb()).isEqualTo(noise.argb());
    assertThat(develop(flipped, FLIP).argb()).isEqualTo(noise.argb());
  }

  @Test
  void aQuarterTurnIsClockwiseAndSwapsTheSides() throws Exception {
    Bitmap noise = Pictures.noise(5, 3, 6);
    Bitmap turned = develop(noise, new Wish.Rotate(90));
    assertThat(turned.width()).isEqualTo(3);
    assertThat(turned.height()).isEqualTo(5);
    assertThat(turned.argb()[2]).isEqualTo(noise.argb()[0]);
    assertThat(develop(turned, new Wish.Rotate(270)).argb()).isEqualTo(noise.argb());
    assertThat(develop(develop(noise, new Wish.Rotate(180)), new Wish.Rotate(180)).argb())
        .isEqualTo(noise.argb());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 45, 89, 133, 200, 315})
  void aTiltedPictureHasNoEmptyCorner(int degrees) throws Exception {
    for (Bitmap plain :
        List.of(Pictures.plain(160, 90, 0x204060), Pictures.plain(40, 160, 0x204060))) {
      Bitmap tilted = develop(plain, new Wish.Rotate(degrees));
      assertThat(Arrays.stream(tilted.argb())).allMatch(pixel -> pixel >>> 24 == 0xff);
    }
  }

  @ParameterizedTest
  @CsvSource({"16,9", "1,1", "9,16", "21,9", "1,8", "9999,1"})
  void aCropHasItsRatioAndTheMiddle(int width, int height) throws Exception {
    AspectRatio ratio = new AspectRatio(width, height);
    Bitmap cropped = develop(day, new Wish.Crop(ratio));
    boolean touches = cropped.width() == day.width() || cropped.height() == day.height();
    assertThat(touches).isTrue();
    assertThat(Math.abs(cropped.width() - cropped.height() * Pictures.ratio(ratio)))
        .isLessThanOrEqualTo(Math.max(1, 9699 / (double) cropped.height() / cropped.height() * 2));
  }

  @Test
  void aCaptionChangesTheBandOnly() throws Exception {
    Bitmap captioned = develop(day, new Wish.Caption("Hello"));
    assertThat(changed(day, captioned, 0, 200 * 2 / 3)).isZero();
    assertThat(changed(day, captioned, 170, 200)).isEqualTo(30 * 300);
    assertThat(
            Arrays.stream(captioned.argb(), 170 * 300, 200 * 300)
                .map(Bitmap::luma)
                .max()
                .orElseThrow())
        .isGreaterThan(220);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "مرحبا بالعالم",
        "שלום עולם",
        "👩‍👩‍👧‍👦 family",
        "a\u0000b\u001bc\u202Ed",
        "𝔘𝔫𝔦",
        "z\u0301\u0301\u0301algo"
      })
  void strangeLettersStayInTheBand(String words) throws Exception {
    assertThat(changed(day, develop(day, new Wish.Caption(words)), 0, 133)).isZero();
    assertThat(changed(day, develop(day, new Wish.Caption(words.repeat(400))), 0, 133)).isZero();
  }

  @Test
  void wordsWithoutALetterAreReportedMissing() throws Exception {
    for (String words : List.of("\u0000\u0001", "\u200b\u202e", "\udbff\udfff")) {
      Darkroom darkroom = new Darkroom(Lettering.ofThisMachine(), 7);
      Bitmap picture = darkroom.develop(day.copy(), List.of(new Wish.Caption(words)));
      assertThat(darkroom.lettersMissing()).isTrue();
      assertThat(picture.argb()).isEqualTo(day.argb());
    }
  }

  @Test
  void aMachineWithoutFontsLeavesTheCaptionOut() throws Exception {
    Darkroom darkroom = new Darkroom(new Lettering(Optional::empty), 7);
    Bitmap picture = darkroom.develop(day.copy(), List.of(new Wish.Caption("Hello")));
    assertThat(darkroom.lettersMissing()).isTrue();
    assertThat(picture.argb()).isEqualTo(day.argb());
  }

  @ParameterizedTest
  @EnumSource
  void noFilterTouchesTransparencyExceptWhereItMovesPixels(Wish.Filter filter) throws Exception {
    Bitmap picture = Pictures.landscape(64, 48);
    for (int i = 0; i < picture.argb().length; i++) {
      picture.argb()[i] &= 0x80ffffff;
    }
    assertThat(Arrays.stream(develop(picture, filter).argb()))
        .allMatch(pixel -> pixel >>> 24 == 0x80);
  }

  @ParameterizedTest
  @EnumSource
  void theSmallestPicturesAreFiltered(Wish.Filter filter) throws Exception {
    for (int[] size : new int[][] {{1, 1}, {1, 90}, {90, 1}, {2, 3}, {3000, 2}}) {
      Bitmap picture = develop(Pictures.noise(size[0], size[1], 8), filter);
      assertThat(new int[] {picture.width(), picture.height()}).isEqualTo(size);
    }
    develop(Pictures.noise(1, 1, 8), new Wish.Caption("Hello there"), new Wish.Rotate(33));
  }

  @Test
  void anInterruptionEndsTheWorkBeforeTheNextWish() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> develop(day, BLUR)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private static long changed(Bitmap before, Bitmap after, int fromRow, int toRow) {
    long changed = 0;
    for (int i = fromRow * before.width(); i < toRow * before.width(); i++) {
      changed += before.argb()[i] == after.argb()[i] ? 0 : 1;
    }
    return changed;
  }
}
