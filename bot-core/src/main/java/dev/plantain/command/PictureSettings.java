package dev.plantain.command;

import dev.plantain.conversation.Roster;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Offer;
import dev.plantain.moderation.AccessRules;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.MemberRef;
import dev.plantain.settings.Setting;
import dev.plantain.settings.SettingsStore;
import dev.plantain.storage.Reading;
import dev.plantain.text.Message;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Decides what a request's picture is to look like: its flags, then the member's settings, then the
 * chat's.
 */
public final class PictureSettings {
  /** What a person looks at before choosing one of them. */
  static final int MOST_COPIES = 4;

  private static final int LONGEST_REPETITION = 40;

  /** Numbers begin at one. */
  private static final long NOBODY = 0;

  /** What models make where nobody asks for a size. */
  private static final String USUAL_SIZE = "1K";

  private final SettingsStore settings;
  private final AccessRules access;
  private final Offer offer;

  public PictureSettings(SettingsStore settings, AccessRules access, Offer offer) {
    this.settings = settings;
    this.access = access;
    this.offer = offer;
  }

  /** What was decided. */
  public sealed interface Choice {
    /**
     * The model can do it.
     *
     * @param ratio empty where nobody asked for one
     * @param size empty where nobody asked for one
     * @param copies how many pictures
     */
    record Fits(ModelSpec model, Optional<AspectRatio> ratio, Optional<ImageSize> size, int copies)
        implements Choice {}

    /**
     * What is asked for is closed here, or no model can do it; {@code why} says what can be had.
     */
    record Refused(Message why) implements Choice {}
  }

  SettingsStore store() {
    return settings;
  }

  /** The models that are open in a chat. */
  OpenModels open(Reading reading, long chatId) {
    return OpenModels.of(offer, access.of(reading, chatId));
  }

  /** As {@link #open(Reading, long)}, in a chat that we may not have met yet. */
  OpenModels open(Reading reading, Roster roster, ChatRef chat) {
    return open(reading, roster.chat(reading, chat).map(Roster.Chat::id).orElse(NOBODY));
  }

  /** The model of a member in a chat, flags apart; the standard one where no model is open. */
  ModelSpec model(Reading reading, OpenModels open, long memberId, long chatId) {
    return settings
        .resolve(reading, memberId, chatId, Setting.MODEL)
        .flatMap(open::find)
        .or(open::standard)
        .orElse(offer.standard());
  }

  /** The model of somebody whom we may not have met yet. */
  ModelSpec model(Reading reading, OpenModels open, Roster roster, MemberRef member, ChatRef chat) {
    Optional<Long> memberId = roster.find(reading, member).map(Roster.Member::id);
    Optional<Long> chatId = roster.chat(reading, chat).map(Roster.Chat::id);
    return model(reading, open, memberId.orElse(NOBODY), chatId.orElse(NOBODY));
  }

  /** What is closed in the chat is as if it did not exist. */
  public Choice choose(Reading reading, long memberId, long chatId, RequestWords.Flags flags) {
    OpenModels open = open(reading, chatId);
    if (open.models().isEmpty()) {
      return new Choice.Refused(new Message.NoModelOpen());
    }
    Optional<ModelSpec> named = flags.model().flatMap(open::find);
    if (flags.model().isPresent() && named.isEmpty()) {
      return new Choice.Refused(modelRefused(open, flags.model().get()));
    }
    ModelSpec model = named.orElseGet(() -> model(reading, open, memberId, chatId));
    Optional<AspectRatio> ratio =
        flags.ratio().flatMap(AspectRatio::parse).filter(model.ratios()::contains);
    if (flags.ratio().isPresent() && ratio.isEmpty()) {
      return new Choice.Refused(ratioRefused(model, flags.ratio().get()));
    }
    Optional<ImageSize> size = flags.size().flatMap(written -> size(model, written));
    if (flags.size().isPresent() && size.isEmpty()) {
      return new Choice.Refused(sizeRefused(open, model, flags.size().get()));
    }
    Optional<Integer> copies = copies(flags.count().orElse("1"));
    if (copies.isEmpty()) {
      return new Choice.Refused(
          new Message.CountRefused(shortened(flags.count().orElse("")), MOST_COPIES));
    }
    return new Choice.Fits(
        model,
        ratio.or(() -> storedRatio(reading, memberId, chatId, model)),
        size.or(() -> storedSize(reading, memberId, chatId, model))
            .or(() -> insteadOfUsual(open.whole(model), model)),
        copies.get());
  }

  /** The models that are open in a chat, but for one. */
  public List<ModelSpec> others(Reading reading, long chatId, String modelId) {
    return open(reading, chatId).models().stream()
        .filter(model -> !model.id().equals(modelId))
        .toList();
  }

  /**
   * The same of another model: in the nearest ratio and, where it has it, the size. Empty where it
   * is not open.
   */
  public Optional<Choice.Fits> instead(
      Reading reading, long chatId, String modelId, Optional<String> ratio, Optional<String> size) {
    OpenModels open = open(reading, chatId);
    return open.find(modelId)
        .map(model ->
            new Choice.Fits(
                model,
                ratio
                    .flatMap(AspectRatio::parse)
                    .flatMap(asked -> model.nearest(asked.width(), asked.height())),
                size.flatMap(label -> size(model, label))
                    .or(() -> insteadOfUsual(open.whole(model), model)),
                1));
  }

  private static Optional<Integer> copies(String written) {
    return Optional.of(written)
        .filter(digits -> digits.matches("[0-9]{1,2}"))
        .map(Integer::valueOf)
        .filter(copies -> copies >= 1 && copies <= MOST_COPIES);
  }

  /** A stored ratio may come from the time of another model: then the nearest one is meant. */
  private Optional<AspectRatio> storedRatio(
      Reading reading, long memberId, long chatId, ModelSpec model) {
    return settings
        .resolve(reading, memberId, chatId, Setting.ASPECT)
        .flatMap(AspectRatio::parse)
        .flatMap(ratio -> model.nearest(ratio.width(), ratio.height()));
  }

  /** A stored size may come from the time of another model: then its largest one is meant. */
  private Optional<ImageSize> storedSize(
      Reading reading, long memberId, long chatId, ModelSpec model) {
    return settings
        .resolve(reading, memberId, chatId, Setting.RESOLUTION)
        .flatMap(label ->
            size(model, label)
                .or(() ->
                    model.sizes().stream().max(Comparator.comparingInt(model.sizes()::indexOf))));
  }

  /** Where the size that would be made is closed: the smallest that is open. */
  private static Optional<ImageSize> insteadOfUsual(ModelSpec whole, ModelSpec model) {
    return size(whole, USUAL_SIZE).isPresent() && size(model, USUAL_SIZE).isEmpty()
        ? model.sizes().stream().findFirst()
        : Optional.empty();
  }

  static Optional<ImageSize> size(ModelSpec model, String written) {
    return model.sizes().stream()
        .filter(size -> size.label().equalsIgnoreCase(written.strip()))
        .findFirst();
  }

  static Message ratioRefused(ModelSpec model, String asked) {
    return model.ratios().isEmpty()
        ? new Message.RatioNotOffered(model.name())
        : new Message.RatioUnknown(
            shortened(asked),
            model.name(),
            model.ratios().stream().map(AspectRatio::toString).collect(Collectors.joining(", ")));
  }

  static Message sizeRefused(OpenModels open, ModelSpec model, String asked) {
    if (model.sizes().isEmpty()) {
      return new Message.SizeNotOffered(model.name());
    }
    String sizes =
        model.sizes().stream().map(ImageSize::toString).collect(Collectors.joining(", "));
    return size(open.whole(model), asked)
        .<Message>map(known -> new Message.SizeClosed(known.label(), model.name(), sizes))
        .orElseGet(() -> new Message.SizeUnknown(shortened(asked), model.name(), sizes));
  }

  static Message modelRefused(OpenModels open, String asked) {
    String models = open.models().stream().map(ModelSpec::name).collect(Collectors.joining(", "));
    return open.offer()
        .find(asked)
        .<Message>map(known -> new Message.ModelClosed(known.name(), models))
        .orElseGet(() -> new Message.ModelUnknown(shortened(asked), models));
  }

  /** What is repeated to somebody as they wrote it: enough of it to be known again. */
  static String shortened(String written) {
    return written.codePointCount(0, written.length()) <= LONGEST_REPETITION
        ? written
        : written.substring(0, written.offsetByCodePoints(0, LONGEST_REPETITION)) + "…";
  }
}
