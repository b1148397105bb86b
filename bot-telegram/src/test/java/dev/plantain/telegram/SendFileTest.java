package dev.plantain.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformException.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.telegram.telegrambots.meta.api.methods.send.SendDocument;
import org.telegram.telegrambots.meta.api.methods.send.SendMediaGroup;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.send.SendPhoto;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageMedia;
import org.telegram.telegrambots.meta.api.objects.InputFile;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;
import org.telegram.telegrambots.meta.api.objects.ReplyParameters;
import org.telegram.telegrambots.meta.api.objects.media.InputMediaPhoto;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardRow;

final class SendFileTest {
  private final LoopbackTelegram telegram = new LoopbackTelegram();
  private final BotApi api = new BotApi(telegram.config(), InstantSource.system());
  private final LoopbackTelegram.User ada = telegram.user("Ada");
  private final LoopbackTelegram.Chat chat = telegram.supergroup("Group", ada);
  private @TempDir Path folder;

  @AfterEach
  void end() {
    api.close();
    telegram.close();
    assertThat(telegram.violations()).isEmpty();
  }

  private File picture(String name, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return Files.write(folder.resolve(name), bytes.toByteArray()).toFile();
  }

  private static InlineKeyboardMarkup button(String label) {
    return InlineKeyboardMarkup.builder()
        .keyboardRow(
            new InlineKeyboardRow(
                InlineKeyboardButton.builder().text(label).callbackData("again").build()))
        .build();
  }

  @Test
  void aPhotoArrivesByteForByteWithWordsButtonsAndTheMessageItAnswers() throws IOException {
    LoopbackTelegram.Post request = telegram.say(ada, chat, "draw");
    File file = picture("moon.png", 30, 20);

    var sent =
        api.call(
            SendPhoto.builder()
                .chatId(chat.id())
                .photo(new InputFile(file, "\"moon\".png"))
                .caption("“Moon” 🌙")
                .captionEntities(
                    List.of(MessageEntity.builder().type("bold").offset(0).length(6).build()))
                .replyParameters(
                    ReplyParameters.builder()
                        .messageId(request.messageId())
                        .allowSendingWithoutReply(true)
                        .build())
                .replyMarkup(button("Again"))
                .build());

    assertThat(sent.getPhoto()).isNotEmpty();
    LoopbackTelegram.Shown shown = telegram.botPosts(chat).getFirst();
    assertThat(shown.photo().orElseThrow()).isEqualTo(Files.readAllBytes(file.toPath()));
    assertThat(shown.text()).isEqualTo("“Moon” 🌙");
    assertThat(shown.entities().path(0).path("type").asText()).isEqualTo("bold");
    assertThat(shown.buttons()).containsExactly(List.of("Again"));
    assertThat(shown.replyTo()).isEqualTo(request.messageId());
  }

  @Test
  void aDocumentKeepsItsNameAndItsType() throws IOException {
    File file = picture("月 original.png", 3, 2);

    var sent =
        api.call(
            SendDocument.builder()
                .chatId(chat.id())
                .document(new InputFile(file, "月 original.png"))
                .disableContentTypeDetection(true)
                .build());

    assertThat(sent.getDocument().getMimeType()).isEqualTo("image/png");
    LoopbackTelegram.Shown shown = telegram.botPosts(chat).getFirst();
    assertThat(shown.fileName()).isEqualTo("月 original.png");
    assertThat(shown.document().orElseThrow()).isEqualTo(Files.readAllBytes(file.toPath()));
  }

  @Test
  void aMessageIsEditedIntoAPhotoAndThePhotoSentAgainById() throws IOException {
    int id =
        api.call(SendMessage.builder().chatId(chat.id()).text("Working").build()).getMessageId();
    File file = picture("a.png", 3, 2);
    InputMediaPhoto media = new InputMediaPhoto(file, "a.png");
    media.setCaption("Done");

    api.call(
        EditMessageMedia.builder()
            .chatId(chat.id())
            .messageId(id)
            .media(media)
            .replyMarkup(button("Again"))
            .build());

    LoopbackTelegram.Shown shown = telegram.botPosts(chat).getFirst();
    assertThat(shown.photo().orElseThrow()).isEqualTo(Files.readAllBytes(file.toPath()));
    assertThat(shown.text()).isEqualTo("Done");
    assertThat(shown.edited()).isTrue();

    InputMediaPhoto known = new InputMediaPhoto(telegram.fileId(shown.post()));
    known.setCaption("Done");
    EditMessageMedia same =
        EditMessageMedia.builder()
            .chatId(chat.id())
            .messageId(id)
            .media(known)
            .replyMarkup(button("Again"))
            .build();
    assertThatThrownBy(() -> api.call(same)).isInstanceOf(NotModified.class);
  }

  @Test
  void twoFilesOfOneNameDoNotCollide() throws IOException {
    File one = picture("one.png", 1, 1);
    File two = picture("two.png", 2, 2);

    MethodForm form =
        MethodForm.of(
            SendMediaGroup.builder()
                .chatId(chat.id())
                .media(new InputMediaPhoto(one, "same.png"))
                .media(new InputMediaPhoto(two, "same.png"))
                .build());

    assertThat(form.files()).extracting(MethodForm.FilePart::part).doesNotHaveDuplicates();
    assertThat(form.files()).extracting(MethodForm.FilePart::file).containsExactly(one, two);
  }

  @Test
  void whatIsNoLongerOnDiskIsAFaultAndNoRequest() {
    SendPhoto lost =
        SendPhoto.builder()
            .chatId(chat.id())
            .photo(new InputFile(folder.resolve("lost.png").toFile()))
            .build();
    SendPhoto stream =
        SendPhoto.builder()
            .chatId(chat.id())
            .photo(new InputFile(new ByteArrayInputStream(new byte[1]), "a.png"))
            .build();

    assertThatThrownBy(() -> api.call(lost)).isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(() -> api.call(stream)).hasStackTraceContaining("only files on disk");
    assertThat(telegram.calls("sendPhoto")).isZero();
  }

  @Test
  void whatTelegramDoesNotTakeAsAPhotoIsTooLarge() throws IOException {
    for (File file : List.of(picture("long.png", 2100, 100), picture("wide.png", 9990, 600))) {
      PlatformException.Rejected rejected =
          catchThrowableOfType(
              PlatformException.Rejected.class,
              () ->
                  api.call(
                      SendPhoto.builder().chatId(chat.id()).photo(new InputFile(file)).build()));
      assertThat(rejected.reason()).isEqualTo(Reason.TOO_LARGE);
    }
  }

  @Test
  void anUploadThatIsCutOffMayNotHaveArrived() throws IOException {
    File file = picture("a.png", 3, 2);
    telegram.next("sendPhoto", new LoopbackTelegram.Fault.DropsAfter());

    PlatformException.Unavailable unavailable =
        catchThrowableOfType(
            PlatformException.Unavailable.class,
            () ->
                api.call(SendPhoto.builder().chatId(chat.id()).photo(new InputFile(file)).build()));

    assertThat(unavailable.mayHaveHappened()).isTrue();
    assertThat(telegram.botPosts(chat)).hasSize(1);
  }
}
