package dev.plantain.discord;

import dev.plantain.discord.DiscordRefs.RemoteFile;
import dev.plantain.platform.PlatformException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.components.MessageTopLevelComponent;
import net.dv8tion.jda.api.components.ResolvedMedia;
import net.dv8tion.jda.api.components.container.Container;
import net.dv8tion.jda.api.components.container.ContainerChildComponent;
import net.dv8tion.jda.api.components.filedisplay.FileDisplay;
import net.dv8tion.jda.api.components.mediagallery.MediaGallery;
import net.dv8tion.jda.api.components.mediagallery.MediaGalleryItem;
import net.dv8tion.jda.api.components.textdisplay.TextDisplay;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.Message.MentionType;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.utils.FileUpload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows everybody in a channel what its asker alone was answered, when they press the button for
 * it: the words and the pictures, without what else can be pressed.
 *
 * <p>All that it needs is in the message with the button. Where nobody but the asker may see what
 * an app says that they brought along, Discord shows the copy to them alone.
 */
final class Sharing {
  private static final Logger LOG = LoggerFactory.getLogger(Sharing.class);

  /** The id of the button, which is not one of the core's. */
  static final String BUTTON = "v1!share";

  /** As much as the largest servers take. */
  private static final long MOST_BYTES = 100L << 20;

  private final Handing handing;
  private final DiscordRest rest;
  private final RemoteFiles files;

  Sharing(Handing handing, DiscordRest rest, RemoteFiles files) {
    this.handing = handing;
    this.rest = rest;
    this.files = files;
  }

  /** Blocks; with pictures, until they have been sent. */
  void show(ButtonInteractionEvent event) {
    List<ContainerChildComponent> words = wordsOf(event.getMessage());
    List<Shown> pictures = picturesOf(event.getMessage());
    if (pictures.isEmpty()) {
      if (!words.isEmpty()) {
        handing.isAcknowledged(
            event
                .replyComponents(Container.of(words))
                .useComponentsV2()
                .setAllowedMentions(EnumSet.noneOf(MentionType.class)));
      }
      return;
    }
    if (handing.isAcknowledged(event.deferReply(false))) {
      try {
        showAll(event, words, pictures);
      } catch (PlatformException | Refusals.Refused failure) {
        LOG.warn("What somebody wanted to show everybody could not be sent.", failure);
      }
    }
  }

  /** A picture as it stands in the private message. */
  private record Shown(ResolvedMedia media, String description, boolean spoiler, boolean asFile) {}

  private static List<ContainerChildComponent> wordsOf(Message message) {
    return message.getComponentTree().findAll(TextDisplay.class).stream()
        .<ContainerChildComponent>map(text -> TextDisplay.of(text.getContent()))
        .toList();
  }

  private static List<Shown> picturesOf(Message message) {
    List<Shown> shown = new ArrayList<>();
    for (MediaGallery gallery : message.getComponentTree().findAll(MediaGallery.class)) {
      for (MediaGalleryItem item : gallery.getItems()) {
        Optional.ofNullable(item.getResolvedMedia())
            .ifPresent(media ->
                shown.add(
                    new Shown(
                        media,
                        Optional.ofNullable(item.getDescription()).orElse(""),
                        item.isSpoiler(),
                        false)));
      }
    }
    for (FileDisplay file : message.getComponentTree().findAll(FileDisplay.class)) {
      Optional.ofNullable(file.getResolvedMedia())
          .ifPresent(media -> shown.add(new Shown(media, "", file.isSpoiler(), true)));
    }
    return shown;
  }

  /** The address of a private file ends with the private message, so that it is sent anew. */
  private void showAll(
      ButtonInteractionEvent event, List<ContainerChildComponent> words, List<Shown> pictures) {
    List<ContainerChildComponent> parts = new ArrayList<>(words);
    List<Path> copies = new ArrayList<>();
    try {
      for (Shown picture : pictures) {
        parts.add(component(picture, copied(picture, copies)));
      }
      MessageTopLevelComponent all = Container.of(parts);
      rest.await(
          "what somebody shows everybody",
          event
              .getHook()
              .editOriginalComponents(all)
              .useComponentsV2()
              .setAllowedMentions(EnumSet.noneOf(MentionType.class)));
    } catch (IOException disk) {
      throw new UncheckedIOException(disk);
    } finally {
      copies.forEach(Sharing::remove);
    }
  }

  private FileUpload copied(Shown picture, List<Path> copies) throws IOException {
    Path copy = Files.createTempFile("shown", "");
    copies.add(copy);
    try (var to = Files.newOutputStream(copy)) {
      files.fetch(new RemoteFile(Optional.empty(), picture.media().getUrl()), MOST_BYTES, to);
    }
    String path = picture.media().getUrl().replaceFirst("[?#].*", "");
    FileUpload upload = FileUpload.fromData(copy, path.substring(path.lastIndexOf('/') + 1));
    return picture.description().isEmpty() ? upload : upload.setDescription(picture.description());
  }

  private static ContainerChildComponent component(Shown picture, FileUpload upload) {
    return picture.asFile()
        ? FileDisplay.fromFile(upload).withSpoiler(picture.spoiler())
        : MediaGallery.of(MediaGalleryItem.fromFile(upload).withSpoiler(picture.spoiler()));
  }

  private static void remove(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException later) {
      LOG.debug("A copy stays in the folder for temporary files.", later);
    }
  }
}
