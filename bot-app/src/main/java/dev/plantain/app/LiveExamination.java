package dev.plantain.app;

import dev.plantain.config.Secret;
import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.Attempt;
import dev.plantain.image.Costs;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Route;
import dev.plantain.image.gemini.KnownUploads;
import dev.plantain.media.Blob;
import dev.plantain.media.MediaStore;
import dev.plantain.words.RoutedTextModel;
import dev.plantain.words.TextAnswer;
import dev.plantain.words.TextModel;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code doctor --live} looks at: it buys one picture, the cheapest, with each key of each
 * endpoint.
 */
final class LiveExamination {
  private static final String WORDS = "A plain yellow banana on a white background.";
  private static final String INSTRUCTION = "Answer with one word: what fruit is asked for?";

  private final OperatorSettings settings;

  LiveExamination(OperatorSettings settings) {
    this.settings = settings;
  }

  /** Blocks until all answers have come; may take minutes. Leaves nothing behind. */
  List<Finding> findings() {
    Ways ways = new Ways(settings);
    try {
      Path folder = Files.createTempDirectory("plantain-doctor");
      try {
        MediaStore media = new MediaStore(folder);
        List<Finding> findings = new ArrayList<>();
        for (Endpoint endpoint : ways.endpoints()) {
          for (Optional<Secret> key : keys(endpoint)) {
            findings.add(bought(endpoint, key, ways.routes(), media, findings.size() + 1));
          }
        }
        findings.addAll(words(ways, media));
        return findings;
      } finally {
        remove(folder);
      }
    } catch (IOException e) {
      return List.of(
          new Finding.Fault(
              "live", "No picture can be kept: " + e.getMessage() + ".", "Make room on the disk."));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(new Finding.Notice("live", "Stopped.", "Start again to see the rest."));
    }
  }

  private static List<Optional<Secret>> keys(Endpoint endpoint) {
    return endpoint.keys().isEmpty()
        ? List.of(Optional.empty())
        : endpoint.keys().stream().map(Optional::of).toList();
  }

  private static Finding bought(
      Endpoint endpoint, Optional<Secret> key, List<Route> routes, MediaStore media, int number)
      throws IOException, InterruptedException {
    String about = "live " + endpoint.name() + " (" + number + ")";
    Optional<ModelSpec> cheapest =
        routes.stream()
            .filter(route -> route.endpoints().contains(endpoint))
            .map(Route::model)
            .min(
                Comparator.comparing((ModelSpec model) -> model.retired(today()))
                    .thenComparingLong(LiveExamination::price));
    if (cheapest.isEmpty()) {
      return new Finding.Notice(
          about, "No route leads there.", "Name it in a route, or list its models.");
    }
    ModelSpec model = cheapest.get();
    ImageRequest request =
        new ImageRequest(
            model,
            List.of(new Content(Author.MEMBER, List.of(Part.Text.of(WORDS)))),
            Optional.empty(),
            smallest(model));
    Instant begun = Main.CLOCK.instant();
    ImageResult result = Ways.open(endpoint, key, media, KnownUploads.inMemory()).generate(request);
    Duration took = Duration.between(begun, Main.CLOCK.instant());
    String cost =
        Costs.of(endpoint.name(), endpoint.priceMicroDollars(), request, result)
            .map(LiveExamination::told)
            .orElse("nothing to pay");
    return finding(about, model.id(), result, seconds(took) + ", " + cost);
  }

  /** One word of the text model, at each endpoint and key where it is asked. */
  private static List<Finding> words(Ways ways, MediaStore media) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    Optional<Route> route = ways.toWords();
    if (route.isPresent()) {
      ModelSpec model = route.get().model();
      for (Endpoint endpoint : route.get().endpoints()) {
        for (Optional<Secret> key : keys(endpoint)) {
          findings.add(said(endpoint, key, model, media, findings.size() + 1));
        }
      }
    }
    return findings;
  }

  private static Finding said(
      Endpoint endpoint, Optional<Secret> key, ModelSpec model, MediaStore media, int number)
      throws InterruptedException {
    String about = "live text " + endpoint.name() + " (" + number + ")";
    TextModel.Question question = new TextModel.Question(INSTRUCTION, WORDS, List.of());
    Instant begun = Main.CLOCK.instant();
    RoutedTextModel text = new RoutedTextModel(Ways.openForWords(endpoint, key, media), model);
    TextAnswer answer = text.answer(question);
    String took = seconds(Duration.between(begun, Main.CLOCK.instant()));
    return switch (answer) {
      case TextAnswer.Said _ -> new Finding.Fine(about, model.id() + " answers, " + took);
      case TextAnswer.Refused _ ->
          new Finding.Fault(
              about, model.id() + " refused a banana (" + took + ").", "Try another model.");
      case TextAnswer.Waits _ -> throw new IllegalStateException("nobody waits here");
      case TextAnswer.Failed failed ->
          new Finding.Fault(
              about,
              "%s: %s, %s (%s).".formatted(model.id(), failed.problem(), failed.detail(), took),
              failed.problem().advice());
    };
  }

  private static Finding finding(String about, String model, ImageResult result, String figures) {
    return switch (result) {
      case ImageResult.Made made -> {
        Blob picture =
            made.parts().stream()
                .filter(Part.Image.class::isInstance)
                .map(part -> ((Part.Image) part).blob())
                .toList()
                .getLast();
        yield new Finding.Fine(
            about,
            "%s, %d×%d %s, %d kB, %s"
                .formatted(
                    model,
                    picture.width(),
                    picture.height(),
                    picture.type().extension(),
                    picture.bytes() / 1000,
                    figures));
      }
      case ImageResult.Spoke _ ->
          new Finding.Fault(
              about, model + " answered in words only (" + figures + ").", "Try another model.");
      case ImageResult.Refused refused ->
          new Finding.Fault(
              about,
              model + " refused a banana: " + refused.cause() + " (" + figures + ").",
              refused.explanation().orElse("Try another model."));
      case ImageResult.Failed failed ->
          new Finding.Fault(
              about,
              "%s: %s, %s (%s).".formatted(model, failed.problem(), failed.detail(), figures),
              failed.problem().advice());
      case ImageResult.Waits _ -> throw new IllegalStateException("nobody waits here");
    };
  }

  private static LocalDate today() {
    return LocalDate.ofInstant(Main.CLOCK.instant(), ZoneOffset.UTC);
  }

  private static long price(ModelSpec model) {
    long listed = model.listedPrice(smallest(model));
    return listed == 0 ? Long.MAX_VALUE : listed;
  }

  private static Optional<ImageSize> smallest(ModelSpec model) {
    return model.sizes().stream().findFirst();
  }

  private static String told(Attempt attempt) {
    String dollars = BigDecimal.valueOf(attempt.microDollars(), 6).toPlainString();
    return dollars
        + " US dollars "
        + switch (attempt.basis()) {
          case TOLD -> "as it says";
          case AGREED -> "as agreed";
          case TOKENS -> "by its tokens";
          case LISTED -> "by the list";
          case PERHAPS -> "perhaps";
        };
  }

  private static String seconds(Duration took) {
    return BigDecimal.valueOf(took.toMillis(), 3).toPlainString() + " s";
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
