package dev.plantain.media;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The boxes that an ISO base media file is made of (ISO/IEC 14496-12, section 4.2). */
final class HeifBoxes {
  /** Photographs have a few dozen boxes side by side; the largest grids some hundreds. */
  private static final int MAX_BOXES_SIDE_BY_SIDE = 10_000;

  private HeifBoxes() {}

  /** A box, from its length to the byte behind its contents. */
  record Box(String type, long start, long contents, long end) {
    /** Behind the version and the flags of a full box. */
    long afterVersion() {
      return contents + 4;
    }
  }

  /** The boxes that fill a range. One that goes beyond it is malformed. */
  static List<Box> between(PictureFile file, long from, long to)
      throws IOException, MalformedPictureException {
    List<Box> boxes = new ArrayList<>();
    long at = from;
    while (at < to) {
      if (boxes.size() == MAX_BOXES_SIDE_BY_SIDE) {
        throw new MalformedPictureException("too many boxes");
      }
      Box box = at(file, at, to);
      boxes.add(box);
      at = box.end();
    }
    return boxes;
  }

  /** The first box of a type at the top of the file, whatever follows it. */
  static Box find(PictureFile file, String type) throws IOException, MalformedPictureException {
    long at = 0;
    for (int i = 0; i < MAX_BOXES_SIDE_BY_SIDE && at < file.size(); i++) {
      Box box = at(file, at, file.size());
      if (box.type().equals(type)) {
        return box;
      }
      at = box.end();
    }
    throw new MalformedPictureException("no box " + type);
  }

  private static Box at(PictureFile file, long at, long limit)
      throws IOException, MalformedPictureException {
    long length = file.u32(at);
    String type = file.four(at + 4);
    long contents = at + 8;
    if (length == 1) {
      length = file.u64(contents);
      contents += 8;
    } else if (length == 0) {
      length = limit - at;
    }
    if (length < contents - at || length > limit - at) {
      throw new MalformedPictureException("box " + type + " of " + length + " at " + at);
    }
    return new Box(type, at, contents, at + length);
  }

  static Optional<Box> first(List<Box> boxes, String type) {
    return boxes.stream().filter(box -> box.type().equals(type)).findFirst();
  }

  static Box require(List<Box> boxes, String type) throws MalformedPictureException {
    Optional<Box> found = first(boxes, type);
    if (found.isEmpty()) {
      throw new MalformedPictureException("no box " + type);
    }
    return found.get();
  }
}
