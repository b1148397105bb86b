package dev.plantain.image.offline;

import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Usage;
import dev.plantain.media.Blob;
import dev.plantain.media.MediaStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A model that needs no key and no network: classic filters, chosen by the words. */
public final class OfflineModel implements ImageModel {
  /** What it can do. */
  public static final ModelSpec SPEC =
      new ModelSpec(
          "offline",
          "Offline filters",
          List.of(),
          Stream.of(
                  "1:1", "1:4", "1:8", "2:3", "3:2", "3:4", "4:1", "4:3", "4:5", "5:4", "8:1",
                  "9:16", "16:9", "21:9")
              .map(written -> AspectRatio.parse(written).orElseThrow())
              .toList(),
          List.of(new ImageSize("1K"), new ImageSize("2K"), new ImageSize("4K")),
          Map.of(),
          14,
          100_000_000,
          131_072,
          false,
          true,
          Map.of(ModelSpec.DEFAULT, Duration.ofSeconds(60)),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private static final int LONGEST_SIDE = 4096;
  private static final long MOST_PIXELS = 1L << 24;
  private static final int USUAL_SIDE = 1024;

  /** The pixels themselves, a decoder's copy and what the hungriest filters need beside them. */
  private static final int BYTES_PER_PIXEL = 24;

  private final MediaStore store;
  private final Lettering lettering;
  private final long maxPixels;

  /** One picture at a time, as each may fill much of the heap. */
  private final Semaphore table = new Semaphore(1, true);

  public OfflineModel(MediaStore store) {
    this(store, Lettering.ofThisMachine(), Runtime.getRuntime().maxMemory());
  }

  OfflineModel(MediaStore store, Lettering lettering, long heapBytes) {
    this.store = store;
    this.lettering = lettering;
    this.maxPixels = Math.min(MOST_PIXELS, heapBytes / BYTES_PER_PIXEL);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Blocks for some seconds at the most for each picture that waits before this one. The same
   * words and picture give the same bytes. The picture is not larger than the heap allows.
   *
   * @throws UncheckedIOException the store cannot be read or written
   */
  @Override
  public ImageResult generate(ImageRequest request) throws InterruptedException {
    table.acquire();
    try {
      return newest(request.contents()).isPresent() ? edit(request) : paint(request);
    } catch (PictureFile.UnreadableException unreadable) {
      return new ImageResult.Failed(
          ImageResult.Problem.PICTURE_REJECTED,
          Optional.empty(),
          String.valueOf(unreadable.getMessage()));
    } catch (IOException broken) {
      throw new UncheckedIOException("The offline model cannot use the store of pictures", broken);
    } finally {
      table.release();
    }
  }

  private ImageResult edit(ImageRequest request)
      throws IOException, PictureFile.UnreadableException, InterruptedException {
    Blob source = newest(request.contents()).orElseThrow();
    String words = words(request.contents());
    List<Wish> understood = WishReader.read(words);
    List<Wish> wishes = new ArrayList<>(understood);
    if (understood.isEmpty() && !words.isBlank()) {
      wishes.add(new Wish.Caption(words));
    }
    Darkroom darkroom = new Darkroom(lettering, seed(words + source.id()));
    Bitmap picture = PictureFile.read(store.path(source.id()), source.type(), maxPixels);
    Bitmap shaped = sized(shaped(picture, request, wishes), request);
    Bitmap developed = sized(darkroom.develop(shaped, wishes), request);
    Sentence sentence =
        darkroom.lettersMissing()
            ? Sentence.FILTERED_WITHOUT_LETTERS
            : understood.isEmpty() ? Sentence.NOT_UNDERSTOOD : Sentence.FILTERED;
    return made(sentence, developed);
  }

  /** A shape that is asked for in words holds against the one that is set. */
  private static Bitmap shaped(Bitmap picture, ImageRequest request, List<Wish> wishes) {
    boolean said = wishes.stream().anyMatch(Wish.Crop.class::isInstance);
    return request
        .ratio()
        .filter(ratio -> !said)
        .map(ratio -> Shape.crop(picture, ratio))
        .orElse(picture);
  }

  private Bitmap sized(Bitmap picture, ImageRequest request) {
    int side = side(request).orElse(Math.min(picture.longer(), LONGEST_SIDE));
    double pixels = (double) picture.width() * picture.height();
    double most = picture.longer() * Math.sqrt(maxPixels / pixels);
    return Shape.longerSide(picture, (int) Math.min(side, most));
  }

  private ImageResult paint(ImageRequest request) throws IOException, InterruptedException {
    String words = words(request.contents());
    AspectRatio ratio = request.ratio().orElse(new AspectRatio(1, 1));
    double side = side(request).orElse(USUAL_SIDE);
    double wide = ratio.width();
    double high = ratio.height();
    double unit = Math.min(side / Math.max(wide, high), Math.sqrt(maxPixels / (wide * high)));
    Bitmap picture =
        Placeholder.paint(
            (int) Math.max(1, Math.round(wide * unit)),
            (int) Math.max(1, Math.round(high * unit)),
            seed(words));
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    boolean written = words.isBlank() || lettering.poster(picture, words);
    return made(written ? Sentence.PAINTED : Sentence.PAINTED_WITHOUT_LETTERS, picture);
  }

  private ImageResult made(Sentence sentence, Bitmap picture)
      throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Blob blob = PictureFile.write(picture, store);
    return new ImageResult.Made(
        List.of(Part.Text.of(sentence.words()), Part.Image.of(blob)), SPEC.id(), Usage.NONE);
  }

  private static OptionalInt side(ImageRequest request) {
    return request
        .size()
        .map(size ->
            switch (size.label()) {
              case "1K" -> OptionalInt.of(1024);
              case "2K" -> OptionalInt.of(2048);
              case "4K" -> OptionalInt.of(LONGEST_SIDE);
              default -> OptionalInt.empty();
            })
        .orElse(OptionalInt.empty());
  }

  /** The latest picture; of an album that a member sent at once, the first. */
  private static Optional<Blob> newest(List<Content> contents) {
    for (Content content : contents.reversed()) {
      Optional<Blob> found = Optional.empty();
      boolean album = false;
      for (Part part : content.parts()) {
        if (part instanceof Part.Image image) {
          boolean further = album && content.author() == Author.MEMBER;
          found = further ? found : Optional.of(image.blob());
        }
        album = part instanceof Part.Image;
      }
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static String words(List<Content> contents) {
    return contents.reversed().stream()
        .filter(content -> content.author() == Author.MEMBER)
        .limit(1)
        .flatMap(content -> content.parts().stream())
        .filter(Part.Text.class::isInstance)
        .map(part -> ((Part.Text) part).words())
        .collect(Collectors.joining("\n"));
  }

  private static long seed(String of) {
    long seed = 0xcbf29ce484222325L;
    for (int i = 0; i < of.length(); i++) {
      seed = (seed ^ of.charAt(i)) * 0x100000001b3L;
    }
    return seed;
  }
}
