package dev.plantain.media;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The door through which members' pictures come: nothing gets into the store that is truncated, too
 * large, or tells where it was taken.
 *
 * <p>A picture that is upright and holds no metadata is kept byte for byte. Otherwise metadata is
 * cut out of it and its pixels stay as they are; the ICC profile stays. Only a JPEG that is to be
 * turned is drawn anew. A PNG or WebP that is to be turned, or a JPEG that cannot be decoded in
 * Java, keeps its orientation as its only EXIF tag. HEIC and HEIF keep their own turning, and have
 * their metadata overwritten in place. The first frame of a GIF becomes a PNG, that of an animated
 * WebP or PNG a still one.
 */
public final class PhotoIntake {
  private final MediaStore store;
  private final MediaLimits limits;

  public PhotoIntake(MediaStore store, MediaLimits limits) {
    this.store = store;
    this.limits = limits;
  }

  /** Writes the bytes of a picture, such as {@code ChatPlatform.fetch} does. */
  @FunctionalInterface
  public interface Source {
    void writeTo(OutputStream to) throws IOException;
  }

  /**
   * Takes a picture in. Blocks on the source, the disk and, for a JPEG to be turned, the processor;
   * heap stays below a megabyte whatever the picture. May be called from many threads at once.
   *
   * @throws MediaStoreFullException retry when there is room
   * @throws IOException of the source, as it threw it, or of the disk
   */
  public Intake accept(Source source) throws IOException {
    try (BlobDraft upload = store.begin()) {
      LimitedStream limited = new LimitedStream(upload, limits.maxUploadBytes());
      try {
        source.writeTo(limited);
      } catch (IOException | RuntimeException failed) {
        if (!limited.exceeded()) {
          throw failed;
        }
      }
      if (limited.exceeded()) {
        return new Intake.TooManyBytes(limits.maxUploadBytes());
      }
      return upload.bytes() == 0 ? new Intake.Empty() : examine(upload);
    }
  }

  private Intake examine(BlobDraft upload) throws IOException {
    try (PictureFile picture = PictureFile.open(upload.file())) {
      Optional<MediaType> type = typeOf(picture);
      if (type.isEmpty()) {
        return new Intake.NotAPicture();
      }
      var description = ImageInspector.inspect(picture);
      if (description.isEmpty()) {
        return new Intake.Damaged(type.get());
      }
      if (description.get().pixels() > limits.maxPixels()) {
        return new Intake.TooManyPixels(
            description.get().width(), description.get().height(), limits.maxPixels());
      }
      try {
        return new Intake.Accepted(clean(upload, picture, type.get()));
      } catch (MalformedPictureException damaged) {
        return new Intake.Damaged(type.get());
      }
    }
  }

  private static Optional<MediaType> typeOf(PictureFile picture) throws IOException {
    try {
      return ImageInspector.type(picture);
    } catch (MalformedPictureException tooShort) {
      return Optional.empty();
    }
  }

  private Blob clean(BlobDraft upload, PictureFile picture, MediaType type)
      throws IOException, MalformedPictureException {
    return switch (type) {
      case PNG -> cut(upload, picture, type, PngFormat.anatomy(picture, true));
      case WEBP -> cut(upload, picture, type, WebpFormat.anatomy(picture, true));
      case HEIC, HEIF -> cut(upload, picture, type, HeifFormat.anatomy(picture));
      case JPEG -> cleanJpeg(upload, picture);
      case GIF -> drawGif(picture);
    };
  }

  private Blob cut(BlobDraft upload, PictureFile picture, MediaType type, Anatomy anatomy)
      throws IOException, MalformedPictureException {
    Size seen = anatomy.size().seenAs(anatomy.orientation());
    if (anatomy.cuts().isEmpty()) {
      return keep(upload, type, seen);
    }
    try (BlobDraft clean = store.begin()) {
      anatomy.writeClean(picture, clean);
      return keep(clean, type, seen);
    }
  }

  private Blob cleanJpeg(BlobDraft upload, PictureFile picture)
      throws IOException, MalformedPictureException {
    Anatomy anatomy = JpegFormat.anatomy(picture, false);
    Orientation orientation = anatomy.orientation();
    if (orientation == Orientation.UPRIGHT) {
      return cut(upload, picture, MediaType.JPEG, anatomy);
    }
    try (BlobDraft turned = store.begin()) {
      JpegTurn.draw(
          upload.file(),
          store,
          anatomy.size(),
          JpegFormat.components(picture),
          orientation,
          turned);
      return keep(turned, MediaType.JPEG, anatomy.size().seenAs(orientation));
    } catch (MalformedPictureException undecodable) {
      return cut(upload, picture, MediaType.JPEG, JpegFormat.anatomy(picture, true));
    }
  }

  private Blob drawGif(PictureFile picture) throws IOException, MalformedPictureException {
    try (BlobDraft still = store.begin()) {
      GifFormat.writeFirstFrameAsPng(picture, store, still);
      return keep(still, MediaType.PNG, GifFormat.size(picture));
    }
  }

  private static Blob keep(BlobDraft draft, MediaType type, Size seen) throws IOException {
    long bytes = draft.bytes();
    return new Blob(draft.keep(), type, bytes, seen.width(), seen.height());
  }
}
