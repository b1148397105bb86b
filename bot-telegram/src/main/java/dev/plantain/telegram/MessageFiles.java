package dev.plantain.telegram;

import dev.plantain.platform.Attachment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.Audio;
import org.telegram.telegrambots.meta.api.objects.Document;
import org.telegram.telegrambots.meta.api.objects.ExternalReplyInfo;
import org.telegram.telegrambots.meta.api.objects.LivePhoto;
import org.telegram.telegrambots.meta.api.objects.Video;
import org.telegram.telegrambots.meta.api.objects.VideoNote;
import org.telegram.telegrambots.meta.api.objects.Voice;
import org.telegram.telegrambots.meta.api.objects.games.Animation;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.api.objects.photo.PhotoSize;
import org.telegram.telegrambots.meta.api.objects.stickers.Sticker;

/**
 * Lists the files of a message, pictures or not: what is no picture is listed as what its sender
 * calls it, so that the core can say that it takes pictures only.
 */
final class MessageFiles {

  private static final Map<String, String> IMAGE_TYPES =
      Map.ofEntries(
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("png", "image/png"),
          Map.entry("webp", "image/webp"),
          Map.entry("gif", "image/gif"),
          Map.entry("heic", "image/heic"),
          Map.entry("heif", "image/heif"),
          Map.entry("avif", "image/avif"),
          Map.entry("bmp", "image/bmp"),
          Map.entry("tif", "image/tiff"),
          Map.entry("tiff", "image/tiff"));

  private final List<Attachment> files = new ArrayList<>();

  private MessageFiles() {}

  static List<Attachment> of(Message message) {
    MessageFiles found = new MessageFiles();
    found.photo(message.getPhoto(), message.getLivePhoto());
    found.documentOrAnimation(message.getDocument(), message.getAnimation());
    found.sticker(message.getSticker());
    found.recording(
        message.getVideo(), message.getVideoNote(), message.getAudio(), message.getVoice());
    return List.copyOf(found.files);
  }

  /** The files of a message in another chat or topic, which Telegram copies into the reply. */
  static List<Attachment> of(ExternalReplyInfo replied) {
    MessageFiles found = new MessageFiles();
    found.photo(replied.getPhoto(), replied.getLivePhoto());
    found.documentOrAnimation(replied.getDocument(), replied.getAnimation());
    found.sticker(replied.getSticker());
    found.recording(
        replied.getVideo(), replied.getVideoNote(), replied.getAudio(), replied.getVoice());
    return List.copyOf(found.files);
  }

  /** A live photo sets {@code photo} too, "for backward compatibility" (Bot API 10.3, Message). */
  private void photo(@Nullable List<PhotoSize> sizes, @Nullable LivePhoto live) {
    largest(sizes)
        .or(() -> live == null ? Optional.empty() : largest(live.getPhoto()))
        .ifPresent(size -> add(size.getFileId(), "image/jpeg", size.getFileSize()));
  }

  private static Optional<PhotoSize> largest(@Nullable List<PhotoSize> sizes) {
    return Optional.ofNullable(sizes).stream()
        .flatMap(Collection::stream)
        .filter(Objects::nonNull)
        .max(Comparator.comparingLong(MessageFiles::area));
  }

  private static long area(PhotoSize size) {
    Integer width = size.getWidth();
    Integer height = size.getHeight();
    return width == null || height == null ? 0 : (long) width * height;
  }

  /** An animation sets {@code document} too, "for backward compatibility". */
  private void documentOrAnimation(@Nullable Document document, @Nullable Animation animation) {
    if (animation != null) {
      add(
          animation.getFileId(),
          orElse(animation.getMimeType(), "video/mp4"),
          animation.getFileSize());
    } else if (document != null) {
      add(document.getFileId(), typeOf(document), document.getFileSize());
    }
  }

  private static @Nullable String typeOf(Document document) {
    String claimed = document.getMimeType();
    boolean saysNothing = claimed == null || claimed.isBlank() || claimed.endsWith("/octet-stream");
    String name = document.getFileName();
    if (!saysNothing || name == null) {
      return saysNothing ? null : claimed;
    }
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return orElse(IMAGE_TYPES.get(extension), claimed);
  }

  private void sticker(@Nullable Sticker sticker) {
    if (sticker == null) {
      return;
    }
    String type =
        Boolean.TRUE.equals(sticker.getIsAnimated())
            ? "application/x-tgsticker"
            : Boolean.TRUE.equals(sticker.getIsVideo()) ? "video/webm" : "image/webp";
    add(sticker.getFileId(), type, sticker.getFileSize());
  }

  private void recording(
      @Nullable Video video,
      @Nullable VideoNote note,
      @Nullable Audio audio,
      @Nullable Voice voice) {
    if (video != null) {
      add(video.getFileId(), orElse(video.getMimeType(), "video/mp4"), video.getFileSize());
    }
    if (note != null) {
      add(note.getFileId(), "video/mp4", note.getFileSize());
    }
    if (audio != null) {
      add(audio.getFileId(), orElse(audio.getMimeType(), "audio/mpeg"), audio.getFileSize());
    }
    if (voice != null) {
      add(voice.getFileId(), orElse(voice.getMimeType(), "audio/ogg"), voice.getFileSize());
    }
  }

  private void add(@Nullable String fileId, @Nullable String type, @Nullable Number bytes) {
    if (fileId == null || fileId.isEmpty()) {
      return;
    }
    files.add(
        new Attachment(
            TelegramRefs.file(fileId),
            Optional.ofNullable(type),
            Optional.ofNullable(bytes).map(Number::longValue)));
  }

  private static @Nullable String orElse(@Nullable String given, @Nullable String otherwise) {
    return given == null || given.isBlank() ? otherwise : given;
  }
}
