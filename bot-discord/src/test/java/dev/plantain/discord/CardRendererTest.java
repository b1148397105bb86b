package dev.plantain.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.Card.Tone;
import dev.plantain.platform.Picture;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformException.Reason;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import net.dv8tion.jda.api.utils.FileUpload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardRendererTest {

  private static final int COMPONENTS_V2 = 1 << 15;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder = Path.of("");

  @Test
  void whatSomebodySaidIsQuotedAndEveryMarkOfItEscaped() {
    assertThat(words(new Paragraph.Told("Done"), new Paragraph.Quoted("# *a*\n`b` <@1> @here")))
        .isEqualTo("Done\n> \\# \\*a\\*\n> \\`b\\` \\<\\@1\\> \\@here");
  }

  @Test
  void ourOwnWordsAreEscapedTooAsNamesStandInThem() {
    assertThat(words(new Paragraph.Told("Cancelled by **Bo** [x](https://y)")))
        .isEqualTo("Cancelled by \\*\\*Bo\\*\\* \\[x\\]\\(https\\://y\\)");
  }

  @Test
  void listsAreNoListsAndNumbersStay() {
    assertThat(words(new Paragraph.Told("1. a\n- b\n3.5 c-d")))
        .isEqualTo("1\\. a\n\\- b\n3\\.5 c-d");
  }

  @Test
  void nothingIsEverPinged() {
    JsonNode message = post(Card.of("<@1> @everyone"));

    assertThat(message.path("allowed_mentions").path("parse")).isEmpty();
    assertThat(message.path("allowed_mentions").path("parse").isArray()).isTrue();
    assertThat(message.path("allowed_mentions").path("replied_user").asBoolean(true)).isFalse();
    assertThat(message.path("flags").asInt() & COMPONENTS_V2).isEqualTo(COMPONENTS_V2);
  }

  @Test
  void wordsOfAnyKindKeepToTheLimitAndQuotationsGiveWay() {
    Random random = new Random(20261121);
    String alphabet = "a*_`[]()<>@#\n \\🌙ש";
    for (int round = 0; round < 200; round++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(random.nextInt(6_000), 0, alphabet.length())
          .forEach(at -> text.append(alphabet.charAt(at)));
      String words = words(new Paragraph.Quoted(text.toString()), new Paragraph.Told("Position 3"));

      assertThat(words.length()).isLessThanOrEqualTo(4_000);
      assertThat(words).endsWith("Position 3");
    }
  }

  @Test
  void aCardThatSaysNothingShowsThatMuch() {
    assertThat(words()).isEqualTo("…");
    assertThat(words(new Paragraph.Quoted("\u200b"))).isEqualTo("…");
  }

  @Test
  void buttonsStandInRowsOfFiveAtMost() {
    List<Button> row =
        IntStream.range(0, 7)
            .mapToObj(i -> new Button("Choice " + i, "set:" + i, Tone.PLAIN))
            .toList();
    Card card = new Card(List.of(new Paragraph.Told("?")), Optional.empty(), List.of(row));

    JsonNode rows = post(card).path("components").path(0).path("components");

    assertThat(rows).hasSize(3);
    assertThat(rows.path(1).path("components")).hasSize(5);
    assertThat(rows.path(2).path("components")).hasSize(2);
  }

  @Test
  void toneBecomesColourAndDataComesBack() {
    Button plain = new Button("Original", "original:7", Tone.PLAIN);
    Button asking = new Button("Change", "change:7", Tone.PRIMARY, Optional.of("What: what?"));
    Button danger = new Button("Cancel", "cancel:7", Tone.DANGER);
    Card card = new Card(List.of(), Optional.empty(), List.of(List.of(plain, asking, danger)));

    List<JsonNode> buttons = new ArrayList<>();
    post(card)
        .path("components")
        .path(0)
        .path("components")
        .path(1)
        .path("components")
        .forEach(buttons::add);

    assertThat(buttons).extracting(each -> each.path("style").asInt()).containsExactly(2, 1, 4);
    assertThat(buttons)
        .extracting(each -> CustomId.read(each.path("custom_id").asText()).orElseThrow())
        .containsExactly(
            new CustomId("original:7", Optional.empty()),
            new CustomId("change:7", Optional.of("What: what?")),
            new CustomId("cancel:7", Optional.empty()));
  }

  @Test
  void theLongestDataAndQuestionFitIntoAnId() {
    Button button = new Button("Change", "d".repeat(64), Tone.PLAIN, Optional.of("q".repeat(45)));

    String id = CustomId.of(button);

    assertThat(id).hasSizeLessThanOrEqualTo(100);
    assertThat(CustomId.read(id).orElseThrow().data()).isEqualTo("d".repeat(64));
    assertThat(CustomId.read(id).orElseThrow().question().orElseThrow()).startsWith("qqqq");
  }

  @Test
  void forgedIdsAreNoneOfOurs() {
    assertThat(CustomId.read("v1?99:short")).isEmpty();
    assertThat(CustomId.read("")).isEmpty();
    assertThat(CustomId.read("v2:x")).isEmpty();
  }

  @Test
  void aPictureIsShownInAGalleryWithItsDescription() throws IOException {
    Picture picture = picture(Files.write(folder.resolve("a"), new byte[] {1, 2}), false);

    JsonNode message = post(card(picture), PictureFit.within(picture, 10));

    JsonNode gallery = message.path("components").path(0).path("components").path(1);
    assertThat(gallery.path("type").asInt()).isEqualTo(12);
    assertThat(gallery.path("items").path(0).path("media").path("url").asText())
        .isEqualTo("attachment://night_.png");
    assertThat(message.path("attachments").path(0).path("description").asText())
        .isEqualTo("make it night");
  }

  @Test
  void anOriginalIsShownAsAFile() throws IOException {
    Picture picture = picture(Files.write(folder.resolve("a"), new byte[] {1, 2}), true);

    JsonNode message = post(card(picture), PictureFit.within(picture, 10));

    assertThat(message.path("components").path(0).path("components").path(1).path("type").asInt())
        .isEqualTo(13);
  }

  @Test
  void aPictureThatIsTooLargeForThePlaceGoesAsAJpegThatFits() throws IOException {
    Picture picture = picture(noise(400, 300), false);
    long limit = picture.bytes() / 4;

    FileUpload upload = PictureFit.within(picture, limit);

    assertThat(upload.getName()).isEqualTo("night_.jpg");
    try (InputStream data = upload.getData()) {
      byte[] bytes = data.readAllBytes();
      assertThat((long) bytes.length).isLessThanOrEqualTo(limit);
      assertThat(ImageIO.read(new java.io.ByteArrayInputStream(bytes)).getWidth()).isPositive();
    }
  }

  @Test
  void anOriginalThatIsTooLargeIsNotTampered() throws IOException {
    Picture picture = picture(noise(40, 30), true);

    assertThatExceptionOfType(PlatformException.Rejected.class)
        .isThrownBy(() -> PictureFit.within(picture, 100))
        .satisfies(large -> assertThat(large.reason()).isEqualTo(Reason.TOO_LARGE));
  }

  private Path noise(int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Random random = new Random(7);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    Path file = folder.resolve("noise.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private static Picture picture(Path file, boolean untouched) throws IOException {
    return new Picture(
        file, "image/png", 2, 2, Files.size(file), "night?.png", "make it night", untouched, false);
  }

  private static Card card(Picture picture) {
    return new Card(List.of(new Paragraph.Told("Done")), Optional.of(picture), List.of());
  }

  private static String words(Paragraph... words) {
    return post(new Card(List.of(words), Optional.empty(), List.of()))
        .path("components")
        .path(0)
        .path("components")
        .path(0)
        .path("content")
        .asText();
  }

  private static JsonNode post(Card card) {
    return read(CardRenderer.post(card, Optional.empty()));
  }

  private static JsonNode post(Card card, FileUpload file) {
    return read(CardRenderer.post(card, Optional.of(file)));
  }

  private static JsonNode read(DiscordRest.Body body) {
    try {
      return JSON.readTree(body.fields().toString());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
