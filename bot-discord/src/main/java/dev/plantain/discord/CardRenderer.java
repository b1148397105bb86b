package dev.plantain.discord;

import dev.plantain.discord.DiscordRest.Body;
import dev.plantain.platform.Card;
import dev.plantain.platform.Picture;
import dev.plantain.text.HarmlessText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.components.actionrow.ActionRow;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.components.buttons.ButtonStyle;
import net.dv8tion.jda.api.components.container.Container;
import net.dv8tion.jda.api.components.container.ContainerChildComponent;
import net.dv8tion.jda.api.components.filedisplay.FileDisplay;
import net.dv8tion.jda.api.components.mediagallery.MediaGallery;
import net.dv8tion.jda.api.components.mediagallery.MediaGalleryItem;
import net.dv8tion.jda.api.components.textdisplay.TextDisplay;
import net.dv8tion.jda.api.entities.Message.MentionType;
import net.dv8tion.jda.api.utils.FileUpload;
import net.dv8tion.jda.api.utils.messages.MessageCreateBuilder;
import net.dv8tion.jda.api.utils.messages.MessageCreateData;
import net.dv8tion.jda.api.utils.messages.MessageEditBuilder;
import net.dv8tion.jda.api.utils.messages.MessageEditData;

/** Turns cards into messages of components ("Components V2"). */
final class CardRenderer {

  private static final int BUTTONS_IN_A_ROW = 5;
  private static final int MOST_ROWS = 5;

  /** Characters (Components, Button). */
  private static final int MOST_LABEL = 80;

  private static final String NOTHING = "…";

  private CardRenderer() {}

  /**
   * A new message.
   *
   * @param file the picture of the card, if it has one
   */
  static Body post(Card card, Optional<FileUpload> file) {
    return post(card, file, Optional.empty());
  }

  /**
   * A new message.
   *
   * @param file the picture of the card, if it has one
   * @param sharing what the button is called that shows it to everybody, where it has that
   */
  static Body post(Card card, Optional<FileUpload> file, Optional<String> sharing) {
    MessageCreateData message =
        new MessageCreateBuilder()
            .useComponentsV2()
            .setComponents(container(card, file.map(upload -> picture(card, upload)), sharing))
            .setAllowedMentions(EnumSet.noneOf(MentionType.class))
            .mentionRepliedUser(false)
            .build();
    return new Body(message.toData(), message.getAllDistinctFiles());
  }

  /** What to change in a message so that it shows this card with its picture, or with none. */
  static Body edit(Card card, Optional<FileUpload> file, Optional<String> sharing) {
    return change(container(card, file.map(upload -> picture(card, upload)), sharing));
  }

  /** What to change in a message so that it shows these words and goes on showing its file. */
  static Body editWords(Card card, KeptFile file, Optional<String> sharing) {
    return change(
        container(
            card,
            Optional.of(
                file.asPicture()
                    ? MediaGallery.of(
                        MediaGalleryItem.fromUrl("attachment://" + file.name())
                            .withSpoiler(file.spoiler()))
                    : FileDisplay.fromFileName(file.name()).withSpoiler(file.spoiler())),
            sharing));
  }

  private static Body change(Container container) {
    MessageEditData message =
        new MessageEditBuilder()
            .useComponentsV2()
            .setComponents(container)
            .setAllowedMentions(EnumSet.noneOf(MentionType.class))
            .mentionRepliedUser(false)
            .build();
    return new Body(message.toData(), message.getAllDistinctFiles());
  }

  private static Container container(
      Card card, Optional<ContainerChildComponent> picture, Optional<String> sharing) {
    List<ContainerChildComponent> parts = new ArrayList<>();
    if (!card.words().isEmpty() || picture.isEmpty()) {
      parts.add(TextDisplay.of(CardText.of(card.words())));
    }
    picture.ifPresent(parts::add);
    parts.addAll(rows(card));
    sharing.ifPresent(label ->
        parts.add(ActionRow.of(Button.secondary(Sharing.BUTTON, HarmlessText.line(label)))));
    return Container.of(parts);
  }

  private static ContainerChildComponent picture(Card card, FileUpload upload) {
    boolean spoiler = card.picture().filter(Picture::spoiler).isPresent();
    return card.picture().filter(picture -> !picture.untouched()).isPresent()
        ? MediaGallery.of(MediaGalleryItem.fromFile(upload).withSpoiler(spoiler))
        : FileDisplay.fromFile(upload).withSpoiler(spoiler);
  }

  private static List<ActionRow> rows(Card card) {
    List<ActionRow> rows = new ArrayList<>();
    for (List<Card.Button> row : card.rows()) {
      for (int i = 0; i < row.size(); i += BUTTONS_IN_A_ROW) {
        rows.add(
            ActionRow.of(
                row.subList(i, Math.min(row.size(), i + BUTTONS_IN_A_ROW)).stream()
                    .map(CardRenderer::button)
                    .toList()));
      }
    }
    return rows.subList(0, Math.min(rows.size(), MOST_ROWS));
  }

  private static Button button(Card.Button button) {
    String label = HarmlessText.abbreviated(HarmlessText.line(button.label()), MOST_LABEL);
    ButtonStyle style =
        switch (button.tone()) {
          case PLAIN -> ButtonStyle.SECONDARY;
          case PRIMARY -> ButtonStyle.PRIMARY;
          case DANGER -> ButtonStyle.DANGER;
        };
    return Button.of(style, CustomId.of(button), HarmlessText.isInvisible(label) ? NOTHING : label);
  }
}
