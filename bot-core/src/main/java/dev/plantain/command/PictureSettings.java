package dev.plantain.command;

import dev.plantain.conversation.Roster;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Offer;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.MemberRef;
import dev.plantain.settings.Setting;
import dev.plantain.settings.SettingsStore;
import dev.plantain.storage.Reading;
import dev.plantain.text.Message;
import java.util.Comparator;
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

  private final SettingsStore settings;
  private final Offer offer;

  public PictureSettings(SettingsStore settings, Offer offer) {
    this.settings = settings;
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

    /** The flags ask for what the model cannot do; {@code why} says what it can. */
    record Refused(Message why) implements Choice {}
  }

  SettingsStore store() {
    return settings;
  }

  Offer offer() {
    return offer;
  }

  /** The model of a member in a chat, flags apart. */
  ModelSpec model(Reading reading, long memberId, long chatId) {
    return settings
        .resolve(reading, memberId, chatId, Setting.MODEL)
        .flatMap(offer::find)
        .orElse(offer.standard());
  }

  /** The model of somebody whom we may not have met yet. */
  ModelSpec model(Reading reading, Roster roster, MemberRef member, ChatRef chat) {
    Optional<Long> memberId = roster.find(reading, member).map(Roster.Member::id);
    Optional<Long> chatId = roster.chat(reading, chat).map(Roster.Chat::id);
    return model(reading, memberId.orElse(NOBODY), chatId.orElse(NOBODY));
  }

  public Choice choose(Reading reading, long memberId, long chatId, RequestWords.Flags flags) {
    Optional<ModelSpec> named = flags.model().flatMap(offer::find);
    if (flags.model().isPresent() && named.isEmpty()) {
      return new Choice.Refused(modelUnknown(flags.model().get()));
    }
    ModelSpec model = named.orElseGet(() -> model(reading, memberId, chatId));
    Optional<AspectRatio> ratio =
        flags.ratio().flatMap(AspectRatio::parse).filter(model.ratios()::contains);
    if (flags.ratio().isPresent() && ratio.isEmpty()) {
      return new Choice.Refused(ratioRefused(model, flags.ratio().get()));
    }
    Optional<ImageSize> size = flags.size().flatMap(written -> size(model, written));
    if (flags.size().isPresent() && size.isEmpty()) {
      return new Choice.Refused(sizeRefused(model, flags.size().get()));
    }
    Optional<Integer> copies = copies(flags.count().orElse("1"));
    if (copies.isEmpty()) {
      return new Choice.Refused(
          new Message.CountRefused(shortened(flags.count().orElse("")), MOST_COPIES));
    }
    return new Choice.Fits(
        model,
        ratio.or(() -> storedRatio(reading, memberId, chatId, model)),
        size.or(() -> storedSize(reading, memberId, chatId, model)),
        copies.get());
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

  static Message sizeRefused(ModelSpec model, String asked) {
    return model.sizes().isEmpty()
        ? new Message.SizeNotOffered(model.name())
        : new Message.SizeUnknown(
            shortened(asked),
            model.name(),
            model.sizes().stream().map(ImageSize::toString).collect(Collectors.joining(", ")));
  }

  Message modelUnknown(String asked) {
    return new Message.ModelUnknown(shortened(asked), modelNames());
  }

  /** What is repeated to somebody as they wrote it: enough of it to be known again. */
  private static String shortened(String written) {
    return written.codePointCount(0, written.length()) <= LONGEST_REPETITION
        ? written
        : written.substring(0, written.offsetByCodePoints(0, LONGEST_REPETITION)) + "…";
  }

  private String modelNames() {
    return offer.models().stream().map(ModelSpec::name).collect(Collectors.joining(", "));
  }
}
