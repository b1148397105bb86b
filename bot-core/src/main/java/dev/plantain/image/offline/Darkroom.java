package dev.plantain.image.offline;

import java.util.List;

/** Grants wishes, one after the other. */
final class Darkroom {
  private final Lettering lettering;
  private final long seed;
  private boolean lettersMissing;

  /** What chance decides follows from the seed. */
  Darkroom(Lettering lettering, long seed) {
    this.lettering = lettering;
    this.seed = seed;
  }

  /** Works on the pixels that it is given. */
  Bitmap develop(Bitmap picture, List<Wish> wishes) throws InterruptedException {
    Bitmap developed = picture;
    for (Wish wish : wishes) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      developed = grant(developed, wish);
    }
    return developed;
  }

  /** Whether words could not be written. */
  boolean lettersMissing() {
    return lettersMissing;
  }

  private Bitmap grant(Bitmap picture, Wish wish) {
    return switch (wish) {
      case Wish.Filter filter -> filter(picture, filter);
      case Wish.Rotate rotate -> Shape.rotate(picture, rotate.degrees());
      case Wish.Crop crop -> Shape.crop(picture, crop.ratio());
      case Wish.Caption caption -> {
        lettersMissing |= !lettering.band(picture, caption.words());
        yield picture;
      }
    };
  }

  private Bitmap filter(Bitmap picture, Wish.Filter filter) {
    return switch (filter) {
      case NIGHT -> Night.fall(picture, seed);
      case DAY -> Tone.day(picture);
      case SEPIA -> Tone.sepia(picture);
      case MONOCHROME -> Tone.monochrome(picture);
      case BLUR -> Blur.soften(picture, Math.max(2, picture.longer() / 90.0));
      case SHARPEN -> Strokes.sharpen(picture);
      case SKETCH -> Strokes.sketch(picture);
      case CARTOON -> Strokes.cartoon(picture);
      case PIXELATE -> Strokes.pixelate(picture);
      case WARM -> Tone.warm(picture);
      case COOL -> Tone.cool(picture);
      case BRIGHTER -> Tone.brighter(picture);
      case DARKER -> Tone.darker(picture);
      case INVERT -> Tone.invert(picture);
      case STARS -> Stars.strew(picture, seed);
      case MOON -> Night.moon(picture, seed);
      case VIGNETTE -> Tone.vignette(picture, 0.75f);
      case MIRROR -> Shape.mirror(picture);
      case FLIP -> Shape.flip(picture);
    };
  }
}
