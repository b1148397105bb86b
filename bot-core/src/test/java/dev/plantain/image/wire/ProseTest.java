package dev.plantain.image.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.plantain.image.gemini.Painted;
import dev.plantain.media.MediaStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProseTest {
  private static final byte[] PICTURE = Painted.picture("png", 40, 40, 1);
  private static final String BASE64 = Base64.getEncoder().encodeToString(PICTURE);

  @TempDir private Path folder;
  private MediaStore store;

  @BeforeEach
  void openStore() throws IOException {
    store = new MediaStore(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Here: ![image](data:image/png;base64,%s)!",
        "Here: ![](data:image/png;base64,%s)!",
        "Here: data:image/png;base64,%s !",
        "Here: <img src='data:image/svg+xml;base64,%s'>!",
        "Here: %s !",
        "Here:\n%s\n!"
      })
  void aPictureInTheWordsIsFoundHoweverItIsWritten(String text) throws Exception {
    List<Object> said = said(List.of(quoted(text.formatted(BASE64))));

    assertThat(said.getFirst()).asString().startsWith("Here:").doesNotContain("base64");
    assertThat((byte[]) said.get(1)).isEqualTo(PICTURE);
    assertThat(said.getLast()).asString().endsWith("!").hasSizeLessThan(5);
    assertThat(said).hasSize(3);
  }

  @Test
  void base64AsMailHasItIsOnePicture() throws Exception {
    String lines = Base64.getMimeEncoder(76, new byte[] {'\r', '\n'}).encodeToString(PICTURE);
    assertThat(said(List.of(quoted("![x](data:image/png;base64," + lines + ")\nEnjoy"))))
        .usingRecursiveComparison()
        .isEqualTo(List.of(PICTURE, "\nEnjoy"));
  }

  @Test
  void whatComesAfterALineBreakIsNoPartOfThePicture() throws Exception {
    assertThat(said(List.of(quoted("data:image/png;base64," + BASE64 + "\nEnjoy"))))
        .usingRecursiveComparison()
        .isEqualTo(List.of(PICTURE, "\nEnjoy"));
  }

  @Test
  void wordsStayWordsHoweverMuchTheyLookLikeAPicture() throws Exception {
    for (String text :
        new String[] {
          "a".repeat(5000),
          "data:image/png;base64 is a prefix, data:text/plain;base64,QUJD is another",
          "iVBORw0KGgo is how they begin",
          "![image](https://host/a.png)",
          "Grüße 🌱 \u0000 \t \" \\ / ,,,,"
        }) {
      assertThat(said(List.of(quoted(text)))).containsExactly(text);
    }
  }

  @Test
  void wherePiecesAreCutAndHowTheyAreEscapedChangesNothing() throws Exception {
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      List<Object> meant = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      for (int round = random.nextInt(1, 4); round > 0; round--) {
        String words = "word🌱 é," + random.nextInt() + " ";
        byte[] picture = Painted.picture("png", 8 + random.nextInt(60), 16, random.nextInt());
        text.append(words)
            .append("![image](data:image/png;base64,")
            .append(Base64.getEncoder().encodeToString(picture))
            .append(')');
        meant.add(words);
        meant.add(picture);
      }
      assertThat(said(pieces(text.toString(), random)))
          .as("seed %s", seed)
          .usingRecursiveComparison()
          .isEqualTo(meant);
    }
  }

  @Test
  void everyCutOfASmallAnswerGivesTheSame() throws Exception {
    byte[] small = Painted.picture("png", 1, 1, 1);
    String text =
        "Hi ![image](data:image/png;base64," + Base64.getEncoder().encodeToString(small) + ") é";
    for (int cut = 0; cut <= text.length(); cut++) {
      assertThat(said(List.of(quoted(text.substring(0, cut)), quoted(text.substring(cut)))))
          .as("cut at %s", cut)
          .usingRecursiveComparison()
          .isEqualTo(List.of("Hi ", small, " é"));
    }
  }

  @Test
  void whatClaimsToBeBase64AndIsNotIsGarbled() {
    assertThatThrownBy(() -> said(List.of(quoted("data:image/png;base64,QUJD=QUJD"))))
        .isInstanceOf(GarbledAnswer.class);
  }

  @Test
  void wordsAreNotReadWithoutEnd() {
    assertThatThrownBy(() -> said(List.of(quoted("a b ".repeat(300_000)))))
        .isInstanceOf(GarbledAnswer.class)
        .hasMessageContaining("1 MB");
  }

  @Test
  void filesThatNobodyKeepsAreRemoved() throws Exception {
    LongStrings strings = strings(List.of(quoted("data:image/png;base64," + BASE64)));
    strings.readAllBytes();
    strings.found().forEach(LongString::close);
    try (var left = Files.list(folder.resolve("drafts"))) {
      assertThat(left).isEmpty();
    }
  }

  /** Words as strings, pictures as bytes. */
  private List<Object> said(List<String> pieces) throws IOException {
    LongStrings strings = strings(pieces);
    strings.readAllBytes();
    List<Object> said = new ArrayList<>();
    for (Prose.Segment segment : ((Prose) strings.found().getFirst()).segments()) {
      said.add(
          switch (segment) {
            case Prose.Segment.Words words -> words.text();
            case Prose.Segment.Hidden hidden -> Files.readAllBytes(hidden.picture().draft().file());
          });
    }
    strings.found().forEach(LongString::close);
    return said;
  }

  private LongStrings strings(List<String> pieces) {
    StringBuilder json = new StringBuilder();
    for (String piece : pieces) {
      json.append("data: {\"content\":\"").append(piece).append("\",\"n\":1}\n\n");
    }
    return new LongStrings(
        new ByteArrayInputStream(json.toString().getBytes(StandardCharsets.UTF_8)),
        store,
        new LongNames(Set.of(), Set.of(), Set.of(), Optional.of("content")));
  }

  private static List<String> pieces(String text, Random random) {
    List<String> pieces = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int most = random.nextBoolean() ? 7 : 20_000;
      int end = Math.min(text.length(), at + random.nextInt(1, most));
      if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
        end++;
      }
      pieces.add(escaped(text.substring(at, end), random));
      at = end;
    }
    return pieces;
  }

  private static String escaped(String text, Random random) {
    StringBuilder json = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char next = text.charAt(at);
      if (next == '"' || next == '\\' || random.nextInt(20) == 0) {
        json.append("\\u%04x".formatted((int) next));
      } else if (next == '/' && random.nextBoolean()) {
        json.append("\\/");
      } else if (Character.isSurrogate(next)) {
        json.append("\\u%04x".formatted((int) next));
      } else {
        json.append(next);
      }
    }
    return json.toString();
  }

  private static String quoted(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
