package dev.plantain.discord;

import java.util.Optional;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * The file that a message of ours shows, and goes on showing while its words change.
 *
 * @param asPicture in a gallery, and not as something to be saved
 * @param spoiler covered until somebody asks to see it
 */
record KeptFile(String name, boolean asPicture, boolean spoiler) {
  private static final int GALLERY = 12;
  private static final int FILE = 13;

  /** In a message as the API gives it, whose parts say what kind they are by numbers. */
  static Optional<KeptFile> of(DataObject component) {
    return switch (component.getInt("type", 0)) {
      case GALLERY -> named(component.getArray("items").getObject(0), "media", true);
      case FILE -> named(component, "file", false);
      default ->
          component.optArray("components").orElseGet(DataArray::empty).stream(DataArray::getObject)
              .flatMap(part -> of(part).stream())
              .findFirst();
    };
  }

  private static Optional<KeptFile> named(DataObject holder, String media, boolean asPicture) {
    String url = holder.getObject(media).getString("url", "");
    String path = url.replaceFirst("[?#].*", "");
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new KeptFile(name, asPicture, holder.getBoolean("spoiler", false)));
  }
}
