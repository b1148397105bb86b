package dev.plantain.chat;

import dev.plantain.command.PictureSettings;
import dev.plantain.conversation.Roster;
import dev.plantain.conversation.Turn;
import dev.plantain.image.ImageResult.Trouble;
import dev.plantain.image.ModelSpec;
import dev.plantain.media.Curtain;
import dev.plantain.media.PassingFiles;
import dev.plantain.moderation.Reports;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.Picture;
import dev.plantain.settings.Setting;
import dev.plantain.settings.SettingsStore;
import dev.plantain.storage.Reading;
import dev.plantain.text.Message;
import java.util.List;
import java.util.Optional;

/** What results look like in their chats, also those that are hidden. */
final class Results {
  private final Stores stores;
  private final SettingsStore settings;
  private final PictureSettings pictures;
  private final BatchStore batches;
  private final Reports reports;
  private final Platforms platforms;
  private final Replies replies;
  private final PassingFiles files;

  Results(
      Stores stores,
      SettingsStore settings,
      PictureSettings pictures,
      BatchStore batches,
      Reports reports,
      Platforms platforms,
      Replies replies,
      PassingFiles files) {
    this.stores = stores;
    this.settings = settings;
    this.pictures = pictures;
    this.batches = batches;
    this.reports = reports;
    this.platforms = platforms;
    this.replies = replies;
    this.files = files;
  }

  /**
   * What is to be shown, read in one view.
   *
   * @param trouble why no picture came of it, where that was the model's doing
   * @param others the models that could be asked instead
   * @param place in a batch, where it is of one
   */
  record Result(
      CardEntry card,
      Roster.Chat chat,
      Turn asked,
      Optional<Turn> answer,
      boolean spoiler,
      Optional<Reports.Reported> reported,
      Optional<Trouble> trouble,
      List<ModelSpec> others,
      Optional<Message.BatchItem> place) {
    Result {
      others = List.copyOf(others);
    }

    boolean hidden() {
      return reported.filter(Reports.Reported::hidden).isPresent();
    }
  }

  Result of(Reading reading, CardEntry card) {
    return new Result(
        card,
        stores.roster().chat(reading, card.chatId()),
        stores.conversations().find(reading, card.turnId()).orElseThrow(),
        card.resultTurnId().flatMap(turn -> stores.conversations().find(reading, turn)),
        settings.isOn(reading, card.chatId(), Setting.SPOILER),
        reports.find(reading, card.id()),
        stores.cards().trouble(reading, card.id()),
        pictures.others(reading, card.chatId(), card.model()),
        batches
            .item(reading, card.id())
            .map(item ->
                new Message.BatchItem(item.number(), batches.count(reading, item.batchId()))));
  }

  /** The card at its end, and further messages behind it. */
  List<Card> pages(Result result) {
    if (result.hidden()) {
      return List.of(curtain(result));
    }
    return result
        .answer()
        .filter(answer -> result.card().state() != JobState.FAILED)
        .map(answer ->
            replies.result(result, answer, platforms.of(result.chat().ref()).capabilities()))
        .orElseGet(() -> List.of(replies.ended(result)));
  }

  /** Stands in the place of a picture: platforms cannot all make a picture a message of words. */
  Card curtain(Result result) {
    Message why =
        result.reported().flatMap(Reports.Reported::decidedBy).isPresent()
            ? new Message.HiddenByModerators()
            : new Message.HiddenByReports();
    byte[] png = Curtain.png();
    String told = replies.text(result.card(), why);
    Picture picture =
        new Picture(
            files.write(png),
            "image/png",
            Curtain.WIDTH,
            Curtain.HEIGHT,
            png.length,
            "hidden.png",
            told,
            false,
            false);
    return new Card(List.of(new Paragraph.Told(told)), Optional.of(picture), List.of());
  }
}
