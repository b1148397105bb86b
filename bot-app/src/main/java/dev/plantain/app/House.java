package dev.plantain.app;

import dev.plantain.Plantain;
import dev.plantain.UploadRecord;
import dev.plantain.chat.ChatAssembly;
import dev.plantain.image.BatchModel;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Offer;
import dev.plantain.image.endpoint.RoutedBatches;
import dev.plantain.image.endpoint.RoutedModel;
import dev.plantain.image.gemini.KnownUploads;
import dev.plantain.image.offline.OfflineModel;
import dev.plantain.job.JobStore;
import dev.plantain.media.MediaLimits;
import dev.plantain.media.MediaStore;
import dev.plantain.platform.ChatPlatform;
import dev.plantain.storage.Database;
import dev.plantain.storage.StorageException;
import dev.plantain.style.Styles;
import dev.plantain.text.Messages;
import dev.plantain.words.Precheck;
import dev.plantain.words.RoutedTextModel;
import dev.plantain.words.TextModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Everything that one data folder needs to run: database, pictures, models, core. */
final class House implements AutoCloseable {
  private final Database database;
  private final Plantain plantain;
  private final Offer offer;

  private House(Database database, Plantain plantain, Offer offer) {
    this.database = database;
    this.plantain = plantain;
    this.offer = offer;
  }

  /**
   * Opens the folder; nothing runs before {@code plantain().start()}.
   *
   * @param idle how long a chat may pause before words alone begin a new conversation
   * @param platforms asked for when everything else is there
   */
  static House open(
      OperatorSettings settings,
      Path dataDir,
      Duration idle,
      Supplier<List<ChatPlatform>> platforms) {
    Database database = Database.open(dataDir);
    try {
      MediaStore media = new MediaStore(dataDir);
      Offer offer = offer(settings);
      ChatAssembly.Ground ground =
          new ChatAssembly.Ground(
              database,
              new JobStore(),
              media,
              models(settings, database, media),
              batches(settings, media),
              offer,
              Messages.load(),
              Main.CLOCK,
              styles(settings),
              textModel(settings, database, media));
      return new House(
          database, new Plantain(rules(settings, idle), ground, platforms.get()), offer);
    } catch (IOException e) {
      database.close();
      throw new StorageException(
          StorageException.Kind.INACCESSIBLE,
          "The data folder " + dataDir + " cannot be written: " + e.getMessage(),
          e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static ChatAssembly.Rules rules(OperatorSettings settings, Duration idle) {
    MediaLimits limits =
        new MediaLimits(
            settings.telegram().maxDownload().bytes(),
            settings.media().maxMegapixels() * 1_000_000L);
    return new ChatAssembly.Rules(
        idle,
        settings.conversation().maxCharacters(),
        settings.gemini().concurrency(),
        settings.requests().patience(),
        settings.requests().batchMost(),
        settings.requests().repeatsWithin(),
        settings.gemini().guidance(),
        limits,
        settings.spending().caps(),
        settings.improve().perDay(),
        precheck(settings));
  }

  /**
   * Without an endpoint nothing but the filters is offered, so that nobody waits for what cannot
   * come.
   */
  static Offer offer(OperatorSettings settings) {
    Ways ways = new Ways(settings);
    if (ways.endpoints().isEmpty()) {
      return new Offer(OfflineModel.SPEC, List.of(OfflineModel.SPEC));
    }
    ModelCatalogue catalogue = ModelCatalogue.packaged();
    ModelSpec standard = catalogue.named(settings.gemini().model());
    if (!ways.serves(standard)) {
      throw new OperatorException(
          "GEMINI_MODEL: no endpoint serves "
              + standard.id()
              + ". Name a model that is served, or add it to the models of an endpoint.");
    }
    LocalDate today = LocalDate.ofInstant(Main.CLOCK.instant(), ZoneOffset.UTC);
    List<ModelSpec> models = new ArrayList<>();
    models.add(standard);
    if (settings.gemini().models().isEmpty()) {
      catalogue.models().stream().filter(model -> !model.retired(today)).forEach(models::add);
    } else {
      settings.gemini().models().stream().map(catalogue::named).forEach(models::add);
    }
    return new Offer(
        ways.roomy(standard),
        models.stream().distinct().filter(ways::serves).map(ways::roomy).toList(),
        ways.agreedPrices());
  }

  private static ImageModel models(OperatorSettings settings, Database database, MediaStore media) {
    Ways ways = new Ways(settings);
    KnownUploads known = new UploadRecord(database, Main.CLOCK);
    return ways.endpoints().isEmpty()
        ? new OfflineModel(media)
        : new RoutedModel(
            ways.routes(),
            (endpoint, key) -> Ways.open(endpoint, key, media, known),
            new KeptDayCounts(database),
            settings.requests().payTwice(),
            Main.CLOCK);
  }

  /**
   * Those that members can ask for.
   *
   * @throws OperatorException the operator's file is none
   */
  static Styles styles(OperatorSettings settings) {
    try {
      return settings.styles().map(Styles::with).orElseGet(Styles::packaged);
    } catch (IllegalArgumentException e) {
      throw new OperatorException("STYLES: " + e.getMessage());
    }
  }

  /**
   * What is looked at before anything is made.
   *
   * @throws OperatorException there is nobody to look at it
   */
  static Precheck precheck(OperatorSettings settings) {
    OperatorSettings.Precheck wanted = settings.precheck();
    Precheck precheck = new Precheck(wanted.looksAt(), wanted.inDoubt(), wanted.rules());
    if (precheck.isOn() && settings.text().model().isEmpty()) {
      throw new OperatorException(
          "PRECHECK_LOOKS_AT: there is no text model that could look. Name one in TEXT_MODEL, or set"
              + " it to nothing.");
    }
    return precheck;
  }

  /** Apart from the pictures: where words fail again and again, pictures are made all the same. */
  private static Optional<TextModel> textModel(
      OperatorSettings settings, Database database, MediaStore media) {
    return new Ways(settings)
        .toWords()
        .map(route ->
            new RoutedTextModel(
                new RoutedModel(
                    List.of(route),
                    (endpoint, key) -> Ways.openForWords(endpoint, key, media),
                    new KeptDayCounts(database),
                    settings.requests().payTwice(),
                    Main.CLOCK),
                route.model()));
  }

  private static BatchModel batches(OperatorSettings settings, MediaStore media) {
    Ways ways = new Ways(settings);
    return new RoutedBatches(
        ways.routes(), (endpoint, key) -> ways.openForBatches(endpoint, key, media), Main.CLOCK);
  }

  Database database() {
    return database;
  }

  Plantain plantain() {
    return plantain;
  }

  Offer offer() {
    return offer;
  }

  @Override
  public void close() {
    plantain.close();
    database.close();
  }
}
