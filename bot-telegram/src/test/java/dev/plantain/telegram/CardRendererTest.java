package dev.plantain.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.Card.Tone;
import dev.plantain.platform.Picture;
import dev.plantain.telegram.TelegramRefs.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.telegram.telegrambots.meta.api.methods.botapimethods.PartialBotApiMethod;
import org.telegram.telegrambots.meta.api.methods.send.SendDocument;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.send.SendPhoto;

class CardRendererTest {

  private static final Address TOPIC = new Address(-1001234, Optional.of(77));
  private static final Address CHAT = Address.of(-1001234);

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void writeAFile() throws IOException {
    file = Files.write(folder.resolve("blob"), new byte[] {1, 2, 3});
  }

  @Test
  void aCardOfWordsIsAMessageInItsTopicAndInReply() {
    assertThatCall(CardRenderer.post(TOPIC, Optional.of(55), cardOfWords(), false))
        .isEqualTo(
            json(
                """
                {
                  "chat_id": "-1001234",
                  "message_thread_id": 77,
                  "text": "Working\\nmake *it* <b>night</b>",
                  "entities": [{"type": "blockquote", "offset": 8, "length": 22}],
                  "link_preview_options": {"is_disabled": true},
                  "reply_parameters": {"message_id": 55, "allow_sending_without_reply": true,
                    "quote_entities": []},
                  "reply_markup": {"inline_keyboard": [
                    [{"text": "Again", "callback_data": "again:7", "style": "primary"},
                     {"text": "File", "callback_data": "file:7"}],
                    [{"text": "Cancel", "callback_data": "cancel:7", "style": "danger"}]]}
                }
                """));
  }

  @Test
  void aCardWithAPictureIsAPhotoWithACaption() {
    PartialBotApiMethod<?> call =
        CardRenderer.post(TOPIC, Optional.empty(), cardWithPicture(false), false);

    assertThat(call.getMethod()).isEqualTo("sendphoto");
    assertThatCall(call)
        .isEqualTo(
            json(
                """
                {
                  "chat_id": "-1001234",
                  "message_thread_id": 77,
                  "photo": "attach://file0",
                  "caption": "Done\\nnight",
                  "caption_entities": [{"type": "blockquote", "offset": 5, "length": 5}]
                }
                """));
    assertThat(MethodForm.of(call).files())
        .containsExactly(new MethodForm.FilePart("file0", file.toFile(), "night.png"));
  }

  @Test
  void anUntouchedPictureIsAFile() {
    PartialBotApiMethod<?> call =
        CardRenderer.post(CHAT, Optional.of(55), cardWithPicture(true), false);

    assertThat(call.getMethod()).isEqualTo("senddocument");
    assertThatCall(call)
        .isEqualTo(
            json(
                """
                {
                  "chat_id": "-1001234",
                  "document": "attach://file0",
                  "disable_content_type_detection": true,
                  "caption": "Done\\nnight",
                  "caption_entities": [{"type": "blockquote", "offset": 5, "length": 5}],
                  "reply_parameters": {"message_id": 55, "allow_sending_without_reply": true,
                    "quote_entities": []}
                }
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "image/png, 10000000, 4096, 4096, true",
    "image/jpeg, 1, 9999, 1, false",
    "image/webp, 1, 2000, 100, true",
    "image/webp, 1, 2001, 100, false",
    "image/png, 10000001, 100, 100, false",
    "image/png, 1, 5000, 5000, true",
    "image/png, 1, 5000, 5001, false",
    "image/heic, 1, 100, 100, false",
  })
  void whatTelegramDoesNotTakeAsAPhotoGoesAsAFile(
      String type, long bytes, int width, int height, boolean photo) {
    Picture picture = new Picture(file, type, width, height, bytes, "a.png", "a", false, false);
    Card card = new Card(List.of(), Optional.of(picture), List.of());

    assertThat(CardRenderer.post(CHAT, Optional.empty(), card, false))
        .isInstanceOf(photo ? SendPhoto.class : SendDocument.class);
  }

  @Test
  void anEditToAPictureReplacesWhateverWasThereAndRemovesTheButtons() {
    Card card = cardWithPicture(false);

    assertThatCall(CardRenderer.editMedia(CHAT, 60, card))
        .isEqualTo(
            json(
                """
                {
                  "chat_id": "-1001234",
                  "message_id": 60,
                  "media": {
                    "type": "photo",
                    "media": "attach://file0",
                    "caption": "Done\\nnight",
                    "caption_entities": [{"type": "blockquote", "offset": 5, "length": 5}]
                  }
                }
                """));
  }

  @Test
  void anEditToAnUntouchedPictureIsAFile() {
    Card card = cardWithPicture(true);
    JsonNode media =
        MethodForm.of(CardRenderer.editMedia(CHAT, 60, card)).parameters().path("media");

    assertThat(media.path("type").asText()).isEqualTo("document");
    assertThat(media.path("disable_content_type_detection").asBoolean()).isTrue();
  }

  @Test
  void anEditToWordsShowsTextAndButtons() {
    Card card = Card.of("Cancelled");

    assertThatCall(CardRenderer.editText(CHAT, 60, card))
        .isEqualTo(
            json(
                """
                {
                  "chat_id": "-1001234",
                  "message_id": 60,
                  "text": "Cancelled",
                  "link_preview_options": {"is_disabled": true}
                }
                """));
    assertThatCall(CardRenderer.editCaption(CHAT, 60, card))
        .isEqualTo(
            json("{\"chat_id\": \"-1001234\", \"message_id\": 60, \"caption\": \"Cancelled\"}"));
  }

  @Test
  void aQuestionOpensTheReplyFieldOfWhoeverIsAsked() {
    assertThat(
            MethodForm.of(CardRenderer.post(CHAT, Optional.of(55), Card.of("What?"), true))
                .parameters()
                .path("reply_markup"))
        .isEqualTo(json("{\"force_reply\": true, \"selective\": true}"));
  }

  @Test
  void buttonsAreShownInsteadOfTheReplyField() {
    assertThat(
            MethodForm.of(CardRenderer.post(CHAT, Optional.of(55), cardOfWords(), true))
                .parameters()
                .path("reply_markup")
                .has("inline_keyboard"))
        .isTrue();
  }

  @Test
  void wordsAndCaptionsKeepToTheirLimits() {
    List<Paragraph> words =
        List.of(new Paragraph.Told("Done"), new Paragraph.Quoted("🌙".repeat(5_000)));
    SendMessage message =
        (SendMessage)
            CardRenderer.post(
                CHAT, Optional.empty(), new Card(words, Optional.empty(), List.of()), false);
    SendPhoto photo =
        (SendPhoto)
            CardRenderer.post(
                CHAT,
                Optional.empty(),
                new Card(words, cardWithPicture(false).picture(), List.of()),
                false);

    assertThat(message.getText()).hasSizeBetween(4090, 4096).startsWith("Done\n🌙").endsWith("🌙…");
    assertThat(photo.getCaption())
        .hasSizeBetween(1018, 1024)
        .startsWith("Done\n🌙")
        .endsWith("🌙…");
  }

  @Test
  void noMessageIsEverEmptyAndNoButtonWithoutALabel() {
    Card card =
        new Card(
            List.of(new Paragraph.Told("\u200b"), new Paragraph.Quoted(" ")),
            Optional.empty(),
            List.of(List.of(), List.of(new Card.Button("\u0000 ", "x", Tone.PLAIN))));
    JsonNode parameters =
        MethodForm.of(CardRenderer.post(CHAT, Optional.empty(), card, false)).parameters();

    assertThat(parameters.path("text").asText()).isEqualTo("…");
    assertThat(parameters.at("/reply_markup/inline_keyboard"))
        .isEqualTo(json("[[{\"text\": \"…\", \"callback_data\": \"x\"}]]"));
    assertThat(CardRenderer.post(CHAT, Optional.empty(), Card.of(""), false))
        .isInstanceOfSatisfying(
            SendMessage.class, message -> assertThat(message.getText()).isEqualTo("…"));
  }

  @Test
  void aFileNameIsOnlyAName() {
    Picture picture =
        new Picture(file, "image/png", 9, 9, 3, "../a\"\r\nb: c.png", "a", false, false);
    Card card = new Card(List.of(), Optional.of(picture), List.of());

    assertThat(MethodForm.of(CardRenderer.post(CHAT, Optional.empty(), card, false)).files())
        .extracting(MethodForm.FilePart::fileName)
        .containsExactly(".._a_ b_ c.png");
  }

  private static ObjectAssert<Object> assertThatCall(PartialBotApiMethod<?> call) {
    return assertThat((Object) MethodForm.of(call).parameters());
  }

  private static Card cardOfWords() {
    return new Card(
        List.of(new Paragraph.Told("Working"), new Paragraph.Quoted("make *it* <b>night</b>")),
        Optional.empty(),
        List.of(
            List.of(
                new Card.Button("Again", "again:7", Tone.PRIMARY),
                new Card.Button("File", "file:7", Tone.PLAIN)),
            List.of(new Card.Button("Cancel", "cancel:7", Tone.DANGER))));
  }

  private Card cardWithPicture(boolean untouched) {
    return new Card(
        List.of(new Paragraph.Told("Done"), new Paragraph.Quoted("night")),
        Optional.of(
            new Picture(file, "image/png", 1024, 768, 3, "night.png", "night", untouched, false)),
        List.of());
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
