package dev.plantain.media;

import dev.plantain.media.Anatomy.Cut;
import dev.plantain.media.HeifBoxes.Box;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a HEIF file keeps what is not its picture, so that it can be overwritten in place. Nothing
 * moves, since offsets all over the file point at places in it: an EXIF item becomes one without
 * tags, others become zeros, boxes of users and makers become free space.
 */
final class HeifMetadata {
  private static final Set<String> METADATA_ITEMS = Set.of("Exif", "mime", "uri ");
  private static final Set<String> METADATA_BOXES = Set.of("uuid", "udta", "meta");
  private static final int MAX_EXTENTS = 100_000;
  private static final int MAX_METADATA_EXTENTS = 1_000;
  private static final int MAX_DEPTH = 8;

  private final PictureFile file;
  private final List<Box> top;
  private final List<Box> meta;
  private final List<Cut> cuts = new ArrayList<>();

  private HeifMetadata(PictureFile file, List<Box> top)
      throws IOException, MalformedPictureException {
    this.file = file;
    this.top = top;
    Box box = HeifBoxes.require(top, "meta");
    this.meta = HeifBoxes.between(file, box.afterVersion(), box.end());
  }

  /** Some of the bytes of an item. */
  private record Extent(long item, long from, long to) {
    boolean touches(Extent other) {
      return from < other.to && other.from < to;
    }
  }

  /**
   * @throws MalformedPictureException also when metadata lies where overwriting it might damage the
   *     picture
   */
  static List<Cut> cuts(PictureFile file) throws IOException, MalformedPictureException {
    HeifMetadata metadata = new HeifMetadata(file, HeifBoxes.between(file, 0, file.size()));
    metadata.blankItems();
    for (Box box : metadata.top) {
      if (box.type().equals("uuid")) {
        metadata.free(box);
      } else if (box.type().equals("moov")) {
        metadata.blankInside(box, 0);
      }
    }
    metadata.cuts.sort(Comparator.comparingLong(Cut::from));
    return metadata.cuts;
  }

  private void blankInside(Box container, int depth) throws IOException, MalformedPictureException {
    if (depth == MAX_DEPTH) {
      throw new MalformedPictureException("boxes too deep");
    }
    for (Box box : HeifBoxes.between(file, container.contents(), container.end())) {
      if (METADATA_BOXES.contains(box.type())) {
        free(box);
      } else if (box.type().equals("trak")) {
        blankInside(box, depth + 1);
      }
    }
  }

  private void free(Box box) {
    cuts.add(Cut.replaced(box.start() + 4, box.start() + 8, new byte[] {'f', 'r', 'e', 'e'}));
    cuts.add(Cut.blanked(box.contents(), box.end(), new byte[0]));
  }

  private void blankItems() throws IOException, MalformedPictureException {
    Set<Long> exif = new HashSet<>();
    Set<Long> metadata = metadataItems(exif);
    List<Extent> extents = extents(metadata);
    if (extents.stream().anyMatch(extent -> extent.to() > file.size())) {
      throw new MalformedPictureException("ends before its items");
    }
    List<Extent> doomed = extents.stream().filter(e -> metadata.contains(e.item())).toList();
    if (doomed.size() > MAX_METADATA_EXTENTS) {
      throw new MalformedPictureException("metadata in too many pieces");
    }
    for (Extent extent : doomed) {
      requireSafe(extent, extents);
      byte[] instead = exif.remove(extent.item()) ? emptyExif() : new byte[0];
      cuts.add(Cut.blanked(extent.from(), extent.to(), instead));
    }
  }

  private void requireSafe(Extent doomed, List<Extent> all) throws MalformedPictureException {
    boolean inData =
        dataBoxes().stream()
            .anyMatch(box -> box.contents() <= doomed.from() && doomed.to() <= box.end());
    boolean alone = all.stream().noneMatch(other -> !other.equals(doomed) && other.touches(doomed));
    if (!inData || !alone) {
      throw new MalformedPictureException("metadata that cannot be told from the picture");
    }
  }

  private List<Box> dataBoxes() {
    List<Box> boxes = new ArrayList<>(top.stream().filter(b -> b.type().equals("mdat")).toList());
    meta.stream().filter(b -> b.type().equals("idat")).forEach(boxes::add);
    return boxes;
  }

  /** ISO/IEC 23008-12, annex A: the distance to a TIFF block, here of no tags. */
  private static byte[] emptyExif() {
    ByteArrayOutputStream empty = new ByteArrayOutputStream();
    empty.writeBytes(new byte[4]);
    empty.writeBytes(new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0});
    return empty.toByteArray();
  }

  /**
   * ISO/IEC 14496-12, section 8.11.6. Those of old versions name no type, and pictures use none.
   */
  private Set<Long> metadataItems(Set<Long> exif) throws IOException, MalformedPictureException {
    Set<Long> items = new HashSet<>();
    Optional<Box> iinf = HeifBoxes.first(meta, "iinf");
    if (iinf.isEmpty()) {
      return items;
    }
    long first = iinf.get().afterVersion() + (file.u8(iinf.get().contents()) == 0 ? 2 : 4);
    for (Box entry : HeifBoxes.between(file, first, iinf.get().end())) {
      int version = file.u8(entry.contents());
      if (!entry.type().equals("infe") || version < 2) {
        continue;
      }
      long id = version == 2 ? file.u16(entry.afterVersion()) : file.u32(entry.afterVersion());
      String type = file.four(entry.afterVersion() + (version == 2 ? 4 : 6));
      if (METADATA_ITEMS.contains(type)) {
        items.add(id);
      }
      if (type.equals("Exif")) {
        exif.add(id);
      }
    }
    return items;
  }

  /** ISO/IEC 14496-12, section 8.11.3. */
  private List<Extent> extents(Set<Long> metadata) throws IOException, MalformedPictureException {
    Box iloc = HeifBoxes.require(meta, "iloc");
    int version = file.u8(iloc.contents());
    int sizes = file.u16(iloc.afterVersion());
    int offsetSize = sizes >> 12;
    int lengthSize = sizes >> 8 & 15;
    int baseSize = sizes >> 4 & 15;
    int indexSize = version == 0 ? 0 : sizes & 15;
    int idSize = version < 2 ? 2 : 4;
    long at = iloc.afterVersion() + 2;
    long items = number(at, idSize);
    at += idSize;
    List<Extent> extents = new ArrayList<>();
    for (long i = 0; i < items; i++) {
      long item = number(at, idSize);
      at += idSize;
      int method = version == 0 ? 0 : file.u16(at) & 15;
      at += version == 0 ? 2 : 4;
      long base = number(at, baseSize);
      at += baseSize;
      int count = file.u16(at);
      at += 2;
      for (int j = 0; j < count; j++) {
        long offset = number(at + indexSize, offsetSize);
        long length = number(at + indexSize + offsetSize, lengthSize);
        at += indexSize + offsetSize + lengthSize;
        if (method < 2 && length > 0) {
          long from = start(method) + base + offset;
          extents.add(new Extent(item, from, from + length));
        } else if (metadata.contains(item)) {
          throw new MalformedPictureException("metadata of no plain place");
        }
        if (extents.size() > MAX_EXTENTS || at > iloc.end() || lengthSize == 0) {
          throw new MalformedPictureException("places of items that cannot be");
        }
      }
    }
    return extents;
  }

  private long start(int method) throws MalformedPictureException {
    return method == 0 ? 0 : HeifBoxes.require(meta, "idat").contents();
  }

  private long number(long at, int bytes) throws IOException, MalformedPictureException {
    return switch (bytes) {
      case 0 -> 0;
      case 2 -> file.u16(at);
      case 4 -> file.u32(at);
      case 8 -> file.u64(at);
      default -> throw new MalformedPictureException("a number of " + bytes + " bytes");
    };
  }
}
