package dev.plantain.media;

/** Width and height in pixels, both at least one. */
record Size(int width, int height) {
  static Size of(long width, long height) throws MalformedPictureException {
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new MalformedPictureException("a size of " + width + " x " + height);
    }
    return new Size((int) width, (int) height);
  }

  long pixels() {
    return (long) width * height;
  }

  Size seenAs(Orientation orientation) {
    return orientation.swapsSides() ? new Size(/* width= */ height, /* height= */ width) : this;
  }
}
