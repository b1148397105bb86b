package dev.plantain.image.offline;

import dev.plantain.image.AspectRatio;

/** One thing that the words ask to be done to a picture. */
sealed interface Wish {

  /** A change that needs no further detail. */
  enum Filter implements Wish {
    NIGHT,
    DAY,
    SEPIA,
    MONOCHROME,
    BLUR,
    SHARPEN,
    SKETCH,
    CARTOON,
    PIXELATE,
    WARM,
    COOL,
    BRIGHTER,
    DARKER,
    INVERT,
    STARS,
    MOON,
    VIGNETTE,
    MIRROR,
    FLIP
  }

  /** Clockwise, from 1 to 359. */
  record Rotate(int degrees) implements Wish {}

  /** The largest middle part of this shape. */
  record Crop(AspectRatio ratio) implements Wish {}

  /** Words written on the picture. */
  record Caption(String words) implements Wish {}
}
