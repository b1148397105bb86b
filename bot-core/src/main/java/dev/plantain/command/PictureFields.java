package dev.plantain.command;

import dev.plantain.conversation.Roster;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelSpec;
import dev.plantain.platform.CommandSpec.Suggestion;
import dev.plantain.platform.Place;
import dev.plantain.platform.Sender;
import dev.plantain.storage.Database;
import dev.plantain.text.Message;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The fields of a request for a picture, which offer only what fits together; what is chosen in
 * them means the same as the flags that people write.
 */
final class PictureFields {
  private static final String ASPECT = "aspect";
  private static final String SIZE = "size";
  private static final String MODEL = "model";
  private static final String COUNT = "count";

  private final Database database;
  private final Roster roster;
  private final PictureSettings pictures;

  PictureFields(Database database, Roster roster, PictureSettings pictures) {
    this.database = database;
    this.roster = roster;
    this.pictures = pictures;
  }

  /** In the order in which people see them. */
  List<Field> fields() {
    return List.of(
        Field.words(new Message.FieldWords(), false),
        Field.picture(),
        Field.picture(2),
        Field.picture(3),
        Field.choice(ASPECT, new Message.NameAspect(), new Message.DescribeAspect(), this::ratios),
        Field.choice(SIZE, new Message.NameSize(), new Message.DescribeResolution(), this::sizes),
        Field.choice(MODEL, new Message.NameModel(), new Message.DescribeModel(), this::models),
        Field.choice(
            COUNT,
            new Message.NameCount(),
            new Message.FieldCount(),
            (place, sender, given) -> counts()));
  }

  private static List<Suggestion> counts() {
    return IntStream.rangeClosed(1, PictureSettings.MOST_COPIES)
        .mapToObj(count -> new Suggestion("" + count, "" + count))
        .toList();
  }

  private List<Suggestion> ratios(Place place, Sender sender, Map<String, String> given) {
    return model(place, sender, given).ratios().stream()
        .map(AspectRatio::toString)
        .map(ratio -> new Suggestion(ratio, ratio))
        .toList();
  }

  private List<Suggestion> sizes(Place place, Sender sender, Map<String, String> given) {
    return model(place, sender, given).sizes().stream()
        .map(ImageSize::label)
        .map(size -> new Suggestion(size, size))
        .toList();
  }

  /** Only those that can do what the other fields ask for. */
  private List<Suggestion> models(Place place, Sender sender, Map<String, String> given) {
    return database.read(reading -> pictures.open(reading, roster, place.chat())).models().stream()
        .filter(model -> can(model, given))
        .map(model -> new Suggestion(model.id(), model.name()))
        .toList();
  }

  private static boolean can(ModelSpec model, Map<String, String> given) {
    String ratio = given.getOrDefault(ASPECT, "");
    String size = given.getOrDefault(SIZE, "");
    boolean hasRatio =
        ratio.isEmpty() || AspectRatio.parse(ratio).filter(model.ratios()::contains).isPresent();
    return hasRatio && (size.isEmpty() || PictureSettings.size(model, size).isPresent());
  }

  private ModelSpec model(Place place, Sender sender, Map<String, String> given) {
    return database.read(reading -> {
      OpenModels open = pictures.open(reading, roster, place.chat());
      return open.find(given.getOrDefault(MODEL, ""))
          .orElseGet(() -> pictures.model(reading, open, roster, sender.member(), place.chat()));
    });
  }

  /** The words of the request with what was chosen in the fields, as somebody could write it. */
  static String asWords(String words, Map<String, String> options) {
    StringBuilder written = new StringBuilder(words);
    for (String field : List.of(ASPECT, SIZE, MODEL, COUNT)) {
      String value = options.getOrDefault(field, "").strip();
      if (!value.isEmpty()) {
        written.append(" --").append(field).append(' ').append(value.replaceAll("\\s", ""));
      }
    }
    return written.toString().strip();
  }
}
