package dev.plantain.image.offline;

import static dev.plantain.image.offline.Wish.Filter.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.image.AspectRatio;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WishReaderTest {

  static Stream<Arguments> sentences() {
    return Stream.of(
        said("make it nighttime", NIGHT),
        said("gør det til nat", NIGHT),
        said("变成夜晚", NIGHT),
        said("now add stars", STARS),
        said("tilføj nu stjerner", STARS),
        said("加上星星", STARS),
        said("Make it day again!", DAY),
        said("lad det være dag", DAY),
        said("改成白天", DAY),
        said("black and white please", MONOCHROME),
        said("gør det sort-hvidt", MONOCHROME),
        said("变成黑白照片", MONOCHROME),
        said("BLUR it", BLUR),
        said("slør baggrunden", BLUR),
        said("模糊一点", BLUR),
        said("sharpen", SHARPEN),
        said("gør det skarpere", SHARPEN),
        said("锐化", SHARPEN),
        said("as a pencil sketch", SKETCH),
        said("som en blyantstegning", SKETCH),
        said("素描风格", SKETCH),
        said("a cartoon", CARTOON),
        said("som tegneserie", CARTOON),
        said("卡通", CARTOON),
        said("pixelate it", PIXELATE),
        said("lav en mosaik", PIXELATE),
        said("像素风", PIXELATE),
        said("warmer", WARM),
        said("varmere", WARM),
        said("暖色调", WARM),
        said("cooler", COOL),
        said("koldere", COOL),
        said("冷色调", COOL),
        said("a bit brighter", BRIGHTER),
        said("lidt lysere", BRIGHTER),
        said("亮一点", BRIGHTER),
        said("darker", DARKER),
        said("mørkere", DARKER),
        said("暗一点", DARKER),
        said("invert the colours", INVERT),
        said("inverter farverne", INVERT),
        said("反色", INVERT),
        said("sepia", SEPIA),
        said("复古", SEPIA),
        said("mirror it", MIRROR),
        said("spejlvend", MIRROR),
        said("镜像", MIRROR),
        said("flip vertically", FLIP),
        said("add a vignette", VIGNETTE),
        said("with a full moon", MOON),
        said("rotate 90", turn(90)),
        said("rotate it 90 degrees to the left", turn(270)),
        said("turn left", turn(270)),
        said("roter 180 grader", turn(180)),
        said("drej til højre", turn(90)),
        said("向左旋转90度", turn(270)),
        said("旋转180度", turn(180)),
        said("rotate counter-clockwise", turn(270)),
        said("turn it upside down", turn(180)),
        said("rotate -90", turn(270)),
        said("crop to 16:9", crop(16, 9)),
        said("beskær til 4:3", crop(4, 3)),
        said("裁剪成 1：1", crop(1, 1)),
        said("make it square", crop(1, 1)),
        said("crop 7x5", crop(7, 5)),
        said("add a caption 'Hello'", caption("Hello")),
        said("with the caption: Don't panic", caption("Don't panic")),
        said("skriv \"God morgen\"", caption("God morgen")),
        said("med teksten Hej alle", caption("Hej alle")),
        said("写上“你好”", caption("你好")),
        said("加文字：你好", caption("你好")),
        said("a sign that says welcome home", caption("welcome home")),
        said("\"Just this\"", caption("Just this")),
        said("make it nighttime and add a caption 'Hello'", NIGHT, caption("Hello")),
        said("add a caption 'Good night' and make it sepia", caption("Good night"), SEPIA),
        said("caption hello world, then blur", caption("hello world"), BLUR),
        said("rotate 90 and crop to 16:9, sepia", turn(90), crop(16, 9), SEPIA),
        said("sepia, then rotate left and blur it", SEPIA, turn(270), BLUR),
        said("gør det til nat og tilføj stjerner", NIGHT, STARS),
        said("先变成夜晚，再加上星星", NIGHT, STARS),
        said("night, a really dark night", NIGHT, DARKER),
        said("less bright", DARKER),
        said("make it dark, no stars please", DARKER),
        said("don't make it sepia but warm", WARM));
  }

  @ParameterizedTest
  @MethodSource("sentences")
  void whatPeopleSayIsUnderstoodInTheirOrder(String words, List<Wish> wishes) {
    assertThat(WishReader.read(words)).isEqualTo(wishes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "put a hat on the dog",
        "start over",
        "natur",
        "turn it into a castle",
        "we meet at 10:30",
        "giv hunden en hat",
        "给狗戴帽子",
        "without stars",
        "rotate 0",
        "crop",
        "caption",
        "crop to 0:9"
      })
  void whatIsNotMeantIsNotDone(String words) {
    assertThat(WishReader.read(words)).isEmpty();
  }

  @Test
  void longAndHostileWordsAreReadToTheirEnd() {
    for (String piece : List.of("no a ", "\"", "caption ", "'a ", "turn ", "9:", "night, ", "，")) {
      String words = piece.repeat(5000 / piece.length()) + " sepia";
      assertThat(WishReader.read(words)).isNotNull();
    }
    assertThat(WishReader.read("x ".repeat(2500) + "sepia")).containsExactly(SEPIA);
  }

  private static Arguments said(String words, Wish... wishes) {
    return Arguments.of(words, List.of(wishes));
  }

  private static Wish turn(int degrees) {
    return new Wish.Rotate(degrees);
  }

  private static Wish crop(int width, int height) {
    return new Wish.Crop(new AspectRatio(width, height));
  }

  private static Wish caption(String words) {
    return new Wish.Caption(words);
  }
}
