package dev.plantain.telegram;

import dev.plantain.platform.Card;
import dev.plantain.platform.Document;
import dev.plantain.platform.Picture;
import dev.plantain.telegram.TelegramRefs.Address;
import dev.plantain.text.HarmlessText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.methods.botapimethods.PartialBotApiMethod;
import org.telegram.telegrambots.meta.api.methods.send.SendDocument;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.send.SendPhoto;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageCaption;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageMedia;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageReplyMarkup;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageText;
import org.telegram.telegrambots.meta.api.objects.InputFile;
import org.telegram.telegrambots.meta.api.objects.LinkPreviewOptions;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;
import org.telegram.telegrambots.meta.api.objects.ReplyParameters;
import org.telegram.telegrambots.meta.api.objects.media.InputMedia;
import org.telegram.telegrambots.meta.api.objects.media.InputMediaDocument;
import org.telegram.telegrambots.meta.api.objects.media.InputMediaPhoto;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.ForceReplyKeyboard;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.ReplyKeyboard;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardRow;

/** Turns cards into calls of the Bot API. */
final class CardRenderer {

  /** Characters of a message (Bot API 10.3, sendMessage). */
  static final int MOST_TEXT = 4096;

  /** Characters of a caption (Bot API 10.3, sendPhoto). */
  static final int MOST_CAPTION = 1024;

  /** What Telegram takes as a photo (Bot API 10.3, sendPhoto); anything beyond goes as a file. */
  private static final long MOST_PHOTO_BYTES = 10_000_000;

  private static final int MOST_PHOTO_WIDTH_AND_HEIGHT = 10_000;
  private static final int MOST_PHOTO_RATIO = 20;
  private static final Set<String> PHOTO_TYPES = Set.of("image/jpeg", "image/png", "image/webp");

  private static final int MOST_LABEL = 64;
  private static final int MOST_FILE_NAME = 64;
  private static final String NOTHING = "…";

  private CardRenderer() {}

  /**
   * A new message.
   *
   * @param asksForReply opens the reply field of whoever wrote the message replied to; a card with
   *     buttons shows its buttons instead, as Telegram has room for one of them only
   */
  static PartialBotApiMethod<Message> post(
      Address chat, Optional<Integer> replyTo, Card card, boolean asksForReply) {
    ReplyKeyboard keyboard = keyboard(card);
    if (keyboard == null && asksForReply) {
      keyboard = ForceReplyKeyboard.builder().forceReply(true).selective(true).build();
    }
    if (card.picture().filter(CardRenderer::fitsAsPhoto).isPresent()) {
      return photo(chat, replyTo, card, card.picture().get(), keyboard);
    }
    Optional<InputFile> file = file(card);
    return file.isPresent()
        ? document(chat, replyTo, card, file.get(), keyboard)
        : message(chat, replyTo, card, keyboard);
  }

  private static SendMessage message(
      Address chat, Optional<Integer> replyTo, Card card, @Nullable ReplyKeyboard keyboard) {
    CardText text = text(card);
    SendMessage message = new SendMessage(chatId(chat), text.text());
    message.setEntities(orNone(text.entities()));
    message.setLinkPreviewOptions(noPreview());
    message.setReplyMarkup(keyboard);
    chat.topic().ifPresent(message::setMessageThreadId);
    replyTo.map(CardRenderer::reply).ifPresent(message::setReplyParameters);
    return message;
  }

  private static SendPhoto photo(
      Address chat,
      Optional<Integer> replyTo,
      Card card,
      Picture picture,
      @Nullable ReplyKeyboard keyboard) {
    CardText caption = caption(card);
    SendPhoto photo = new SendPhoto(chatId(chat), file(picture));
    photo.setCaption(orNone(caption.text()));
    photo.setCaptionEntities(orNone(caption.entities()));
    photo.setReplyMarkup(keyboard);
    photo.setHasSpoiler(orNone(picture.spoiler()));
    chat.topic().ifPresent(photo::setMessageThreadId);
    replyTo.map(CardRenderer::reply).ifPresent(photo::setReplyParameters);
    return photo;
  }

  private static SendDocument document(
      Address chat,
      Optional<Integer> replyTo,
      Card card,
      InputFile file,
      @Nullable ReplyKeyboard keyboard) {
    CardText caption = caption(card);
    SendDocument document = new SendDocument(chatId(chat), file);
    document.setDisableContentTypeDetection(true);
    document.setCaption(orNone(caption.text()));
    document.setCaptionEntities(orNone(caption.entities()));
    document.setReplyMarkup(keyboard);
    chat.topic().ifPresent(document::setMessageThreadId);
    replyTo.map(CardRenderer::reply).ifPresent(document::setReplyParameters);
    return document;
  }

  /** Shows a card with a file in an earlier message, whether it held text or a file. */
  static EditMessageMedia editMedia(Address chat, int message, Card card) {
    CardText caption = caption(card);
    InputMedia media =
        card.picture()
            .map(CardRenderer::media)
            .or(() -> card.document().map(CardRenderer::media))
            .orElseThrow();
    media.setCaption(orNone(caption.text()));
    media.setCaptionEntities(orNone(caption.entities()));
    return EditMessageMedia.builder()
        .chatId(chatId(chat))
        .messageId(message)
        .media(media)
        .replyMarkup(keyboard(card))
        .build();
  }

  /** Shows a card of words in an earlier message that holds text. */
  static EditMessageText editText(Address chat, int message, Card card) {
    CardText text = text(card);
    return EditMessageText.builder()
        .chatId(chatId(chat))
        .messageId(message)
        .text(text.text())
        .entities(orNone(text.entities()))
        .linkPreviewOptions(noPreview())
        .replyMarkup(keyboard(card))
        .build();
  }

  /** Shows a card of words below the picture of an earlier message, which stays. */
  static EditMessageCaption editCaption(Address chat, int message, Card card) {
    CardText caption = caption(card);
    EditMessageCaption edit =
        EditMessageCaption.builder()
            .chatId(chatId(chat))
            .messageId(message)
            .caption(caption.text())
            .replyMarkup(keyboard(card))
            .build();
    edit.setCaptionEntities(orNone(caption.entities()));
    return edit;
  }

  /** Changes nothing on the message that shows this card; empty when the card has no buttons. */
  static Optional<EditMessageReplyMarkup> editButtons(Address chat, int message, Card card) {
    return Optional.ofNullable(keyboard(card))
        .map(keyboard ->
            EditMessageReplyMarkup.builder()
                .chatId(chatId(chat))
                .messageId(message)
                .replyMarkup(keyboard)
                .build());
  }

  private static CardText text(Card card) {
    CardText text = CardText.of(card.words(), MOST_TEXT);
    return text.text().isEmpty() ? new CardText(NOTHING, List.of()) : text;
  }

  private static CardText caption(Card card) {
    return CardText.of(card.words(), MOST_CAPTION);
  }

  static boolean fitsAsPhoto(Picture picture) {
    long shorter = Math.min(picture.width(), picture.height());
    long longer = Math.max(picture.width(), picture.height());
    return !picture.untouched()
        && PHOTO_TYPES.contains(picture.mediaType())
        && picture.bytes() <= MOST_PHOTO_BYTES
        && shorter + longer <= MOST_PHOTO_WIDTH_AND_HEIGHT
        && longer <= shorter * MOST_PHOTO_RATIO;
  }

  static Picture asFile(Picture picture) {
    return new Picture(
        picture.file(),
        picture.mediaType(),
        picture.width(),
        picture.height(),
        picture.bytes(),
        picture.fileName(),
        picture.description(),
        true,
        picture.spoiler());
  }

  private static InputMedia media(Picture picture) {
    if (fitsAsPhoto(picture)) {
      InputMediaPhoto photo =
          new InputMediaPhoto(picture.file().toFile(), fileName(picture.fileName()));
      photo.setHasSpoiler(orNone(picture.spoiler()));
      return photo;
    }
    return media(picture.file(), fileName(picture.fileName()));
  }

  private static InputMedia media(Document document) {
    return media(document.file(), fileName(document.fileName()));
  }

  private static InputMedia media(Path file, String name) {
    InputMediaDocument document = new InputMediaDocument(file.toFile(), name);
    document.setDisableContentTypeDetection(true);
    return document;
  }

  private static InputFile file(Picture picture) {
    return new InputFile(picture.file().toFile(), fileName(picture.fileName()));
  }

  /** What a card shows beside its words, as a file. */
  private static Optional<InputFile> file(Card card) {
    return card.picture()
        .map(CardRenderer::file)
        .or(() ->
            card.document()
                .map(document ->
                    new InputFile(document.file().toFile(), fileName(document.fileName()))));
  }

  /** Without what a file system or a header could read as more than a name. */
  private static String fileName(String given) {
    String name = HarmlessText.line(given).replaceAll("[/\\\\:*?\"<>|]", "_");
    String end = name.substring(Math.max(0, name.length() - MOST_FILE_NAME));
    return HarmlessText.isInvisible(end) ? "picture" : HarmlessText.line(end);
  }

  private static @Nullable InlineKeyboardMarkup keyboard(Card card) {
    List<InlineKeyboardRow> rows =
        card.rows().stream()
            .filter(row -> !row.isEmpty())
            .map(row -> new InlineKeyboardRow(row.stream().map(CardRenderer::button).toList()))
            .toList();
    return rows.isEmpty() ? null : new InlineKeyboardMarkup(rows);
  }

  private static InlineKeyboardButton button(Card.Button button) {
    String label = HarmlessText.abbreviated(HarmlessText.line(button.label()), MOST_LABEL);
    InlineKeyboardButton rendered =
        new InlineKeyboardButton(HarmlessText.isInvisible(label) ? NOTHING : label);
    rendered.setCallbackData(button.data());
    switch (button.tone()) {
      case PLAIN -> {}
      case PRIMARY -> rendered.setStyle("primary");
      case DANGER -> rendered.setStyle("danger");
    }
    return rendered;
  }

  private static ReplyParameters reply(int message) {
    return ReplyParameters.builder().messageId(message).allowSendingWithoutReply(true).build();
  }

  private static LinkPreviewOptions noPreview() {
    return LinkPreviewOptions.builder().isDisabled(true).build();
  }

  private static String chatId(Address chat) {
    return Long.toString(chat.chat());
  }

  private static @Nullable String orNone(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable Boolean orNone(boolean flag) {
    return flag ? true : null;
  }

  private static @Nullable List<MessageEntity> orNone(List<MessageEntity> entities) {
    return entities.isEmpty() ? null : entities;
  }
}
