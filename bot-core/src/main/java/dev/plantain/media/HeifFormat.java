package dev.plantain.media;

import dev.plantain.media.HeifBoxes.Box;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** HEIC and HEIF: items described by a box {@code meta} (ISO/IEC 23008-12). */
final class HeifFormat {
  /** ISO/IEC 23008-12, annex B: pictures and sequences coded with HEVC. */
  private static final Set<String> HEVC_BRANDS =
      Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs");

  /** Pictures and sequences of any coding. */
  private static final Set<String> GENERAL_BRANDS = Set.of("mif1", "mif2", "msf1");

  /** AV1 in the same boxes: another format, which models do not take. */
  private static final Set<String> AV1_BRANDS = Set.of("avif", "avis");

  private static final int MAX_BRANDS = 64;

  private HeifFormat() {}

  static Optional<MediaType> type(PictureFile file) throws IOException, MalformedPictureException {
    long end = Math.min(file.u32(0), 16 + 4 * MAX_BRANDS);
    boolean general = false;
    for (long at = 8; at + 4 <= end; at += at == 8 ? 8 : 4) {
      String brand = file.four(at);
      if (AV1_BRANDS.contains(brand)) {
        return Optional.empty();
      }
      if (HEVC_BRANDS.contains(brand)) {
        return Optional.of(MediaType.HEIC);
      }
      general |= GENERAL_BRANDS.contains(brand);
    }
    return general ? Optional.of(MediaType.HEIF) : Optional.empty();
  }

  /** The largest {@code ispe}: the others are of tiles, thumbnails and depth maps. */
  static Size size(PictureFile file) throws IOException, MalformedPictureException {
    Size largest = new Size(1, 1);
    boolean found = false;
    for (Box property : properties(file, meta(file))) {
      if (property.type().equals("ispe")) {
        long at = property.afterVersion();
        Size size = Size.of(file.u32(at), file.u32(at + 4));
        largest = !found || size.pixels() > largest.pixels() ? size : largest;
        found = true;
      }
    }
    if (!found) {
      throw new MalformedPictureException("no ispe");
    }
    return largest;
  }

  /** How {@code irot} turns the picture that the file is about. Mirroring is not looked at. */
  static Orientation orientation(PictureFile file) throws IOException, MalformedPictureException {
    List<Box> meta = meta(file);
    Optional<Box> primary = HeifBoxes.first(meta, "pitm");
    if (primary.isEmpty()) {
      return Orientation.UPRIGHT;
    }
    boolean shortIds = file.u8(primary.get().contents()) == 0;
    long item =
        shortIds ? file.u16(primary.get().afterVersion()) : file.u32(primary.get().afterVersion());
    List<Box> properties = properties(file, meta);
    for (int index : propertiesOf(file, meta, item)) {
      if (index >= 1
          && index <= properties.size()
          && properties.get(index - 1).type().equals("irot")) {
        return turned(file.u8(properties.get(index - 1).contents()) & 3);
      }
    }
    return Orientation.UPRIGHT;
  }

  private static Orientation turned(int quartersToTheLeft) {
    return switch (quartersToTheLeft) {
      case 1 -> Orientation.TURN_LEFT;
      case 2 -> Orientation.UPSIDE_DOWN;
      case 3 -> Orientation.TURN_RIGHT;
      default -> Orientation.UPRIGHT;
    };
  }

  /** What {@code ipma} associates with an item: numbers of properties, from one. */
  private static int[] propertiesOf(PictureFile file, List<Box> meta, long item)
      throws IOException, MalformedPictureException {
    Box iprp = HeifBoxes.require(meta, "iprp");
    for (Box box : HeifBoxes.between(file, iprp.contents(), iprp.end())) {
      if (!box.type().equals("ipma")) {
        continue;
      }
      boolean longIds = file.u8(box.contents()) > 0;
      boolean longIndices = (file.u8(box.contents() + 3) & 1) == 1;
      long entries = file.u32(box.afterVersion());
      long at = box.afterVersion() + 4;
      for (long i = 0; i < entries && at < box.end(); i++) {
        long id = longIds ? file.u32(at) : file.u16(at);
        at += longIds ? 4 : 2;
        int count = file.u8(at++);
        int[] indices = new int[count];
        for (int j = 0; j < count; j++) {
          indices[j] = longIndices ? file.u16(at) & 0x7fff : file.u8(at) & 0x7f;
          at += longIndices ? 2 : 1;
        }
        if (id == item) {
          return indices;
        }
      }
    }
    return new int[0];
  }

  private static List<Box> properties(PictureFile file, List<Box> meta)
      throws IOException, MalformedPictureException {
    Box iprp = HeifBoxes.require(meta, "iprp");
    Box ipco = HeifBoxes.require(HeifBoxes.between(file, iprp.contents(), iprp.end()), "ipco");
    return HeifBoxes.between(file, ipco.contents(), ipco.end());
  }

  /** Looks no further than the box: what follows it may be truncated. */
  private static List<Box> meta(PictureFile file) throws IOException, MalformedPictureException {
    Box meta = HeifBoxes.find(file, "meta");
    return HeifBoxes.between(file, meta.afterVersion(), meta.end());
  }

  /**
   * Walks the boxes to the end of the file. The pixels cannot be decoded in Java, and are believed;
   * metadata is overwritten where it lies.
   */
  static Anatomy anatomy(PictureFile file) throws IOException, MalformedPictureException {
    return new Anatomy(size(file), orientation(file), HeifMetadata.cuts(file));
  }
}
