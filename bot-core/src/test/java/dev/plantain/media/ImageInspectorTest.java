package dev.plantain.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plantain.media.ImageInspector.Description;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageInspectorTest {
  private static final int BOUND_BYTES = 64 * 1024;

  @TempDir Path folder;

  static Stream<Arguments> everyFormat() {
    return Stream.of(
        arguments(MediaType.PNG, Pictures.png(40, 30, 1)),
        arguments(MediaType.PNG, Pictures.pngWithMetadata(40, 30, 1, 6)),
        arguments(MediaType.JPEG, Pictures.jpeg(40, 30, 1)),
        arguments(MediaType.JPEG, Pictures.jpegWithGps(40, 30, 1, 6)),
        arguments(MediaType.WEBP, Pictures.webp(40, 30)),
        arguments(MediaType.WEBP, Pictures.webpWithMetadata(40, 30, 1)),
        arguments(MediaType.WEBP, Pictures.animatedWebp(40, 30)),
        arguments(MediaType.HEIC, Pictures.heic(320, 240)),
        arguments(MediaType.HEIC, Pictures.heicWithGps(320, 240)),
        arguments(MediaType.HEIC, Pictures.heif("heix", 320, 240, 0, "")),
        arguments(MediaType.HEIC, Pictures.heif("hevc", 320, 240, 0, "")),
        arguments(MediaType.HEIF, Pictures.heif("mif1", 320, 240, 0, "")),
        arguments(MediaType.HEIF, Pictures.heif("msf1", 320, 240, 0, "")),
        arguments(MediaType.GIF, Pictures.gif(40, 30, 1)));
  }

  @ParameterizedTest
  @MethodSource("everyFormat")
  void everyFormatIsKnownByItsBytesWhateverItsName(MediaType type, byte[] bytes)
      throws IOException {
    boolean large = type == MediaType.HEIC || type == MediaType.HEIF;
    Description expected = large ? new Description(type, 320, 240) : new Description(type, 40, 30);
    assertThat(ImageInspector.inspect(file("letter.txt", bytes))).contains(expected);
  }

  @ParameterizedTest
  @MethodSource("everyFormat")
  void aFileThatEndsAnywhereIsDescribedRightlyOrNotAtAll(MediaType type, byte[] bytes)
      throws IOException {
    Description whole = ImageInspector.inspect(file("whole", bytes)).orElseThrow();
    for (int length = 0; length < bytes.length; length++) {
      Path truncated = file("truncated", Arrays.copyOf(bytes, length));
      assertThat(ImageInspector.inspect(truncated)).isIn(Optional.of(whole), Optional.empty());
      ImageInspector.orientation(truncated);
    }
  }

  @ParameterizedTest
  @MethodSource("everyFormat")
  void damagedBytesNeverThrowAndNeverReadOn(MediaType type, byte[] bytes) throws IOException {
    Random random = new Random(42);
    for (int round = 0; round < 2_000; round++) {
      byte[] damaged = bytes.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Path file = file("damaged", damaged);
      ImageInspector.inspect(file)
          .ifPresent(said -> assertThat(Math.min(said.width(), said.height())).isPositive());
      ImageInspector.orientation(file);
    }
  }

  @Test
  void whatIsNoPictureIsNotDescribed() throws IOException {
    assertThat(
            ImageInspector.inspect(
                file("photo.png", "make it night".getBytes(StandardCharsets.UTF_8))))
        .isEmpty();
    assertThat(ImageInspector.inspect(file("photo.jpg", new byte[0]))).isEmpty();
    assertThat(ImageInspector.inspect(file("a.heic", Pictures.heif("avif", 9, 9, 0, ""))))
        .isEmpty();
  }

  @Test
  void onlyTheHeaderOfAHugeFileIsRead() throws IOException {
    Path file = file("huge", Pictures.pngHeader(30_000, 30_000));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), 2_000_000_000L);
    }
    assertThat(bytesReadFor(file)).isLessThan(BOUND_BYTES);
    assertThat(ImageInspector.inspect(file))
        .contains(new Description(MediaType.PNG, 30_000, 30_000));
  }

  @Test
  void aJpegOfEndlessSegmentsIsGivenUp() throws IOException {
    byte[] segments = new byte[4_000_000];
    byte[] empty = Pictures.segment(0xfe, new byte[0]);
    for (int i = 0; i < segments.length; i++) {
      segments[i] = empty[i % empty.length];
    }
    Path file = file("endless", Pictures.concat(new byte[] {(byte) 0xff, (byte) 0xd8}, segments));
    assertThat(bytesReadFor(file)).isLessThan(BOUND_BYTES);
    assertThat(ImageInspector.inspect(file)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf})
  void everyKindOfFrameHeaderTellsTheSize(int marker) throws IOException {
    byte[] frame = {8, 0x01, 0x02, 0x03, 0x04, 1, 1, 0x11, 0};
    Path file =
        file(
            "frame",
            Pictures.concat(
                new byte[] {(byte) 0xff, (byte) 0xd8},
                Pictures.segment(0xc4, new byte[] {1, 2, 3, 4, 5, 6, 7}),
                Pictures.segment(marker, frame)));
    assertThat(ImageInspector.inspect(file))
        .contains(new Description(MediaType.JPEG, 0x0304, 0x0102));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void theOrientationIsToldApartFromTheStoredSize(int exif) throws IOException {
    Orientation expected = Orientation.ofExif(exif);
    assertThat(expected.exifNumber()).isEqualTo(exif);
    Stream.of(
            Pictures.jpegWithGps(40, 30, 1, exif),
            Pictures.pngWithMetadata(40, 30, 1, exif),
            Pictures.webpWithMetadata(40, 30, exif))
        .forEach(bytes -> assertThat(orientation(bytes)).isEqualTo(expected));
  }

  @Test
  void aPhotoOfAPhoneIsTurnedByItsOwnBox() {
    assertThat(orientation(Pictures.heicTurned(320, 240, 0))).isEqualTo(Orientation.UPRIGHT);
    assertThat(orientation(Pictures.heicTurned(320, 240, 1))).isEqualTo(Orientation.TURN_LEFT);
    assertThat(orientation(Pictures.heicTurned(320, 240, 3))).isEqualTo(Orientation.TURN_RIGHT);
  }

  private Orientation orientation(byte[] bytes) {
    try {
      return ImageInspector.orientation(file("picture", bytes));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path file(String name, byte[] bytes) throws IOException {
    // Some file systems wait for the disk when a file is written over.
    Path file = folder.resolve(name);
    Files.deleteIfExists(file);
    return Files.write(file, bytes);
  }

  private static long bytesReadFor(Path file) throws IOException {
    CountingChannel channel = new CountingChannel(FileChannel.open(file));
    try (PictureFile picture = new PictureFile(channel)) {
      ImageInspector.inspect(picture);
    }
    return channel.bytesRead;
  }

  private static final class CountingChannel implements SeekableByteChannel {
    private final SeekableByteChannel file;
    private long bytesRead;

    CountingChannel(SeekableByteChannel file) {
      this.file = file;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      int read = file.read(into);
      bytesRead += Math.max(0, read);
      return read;
    }

    @Override
    public int write(ByteBuffer from) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public SeekableByteChannel position(long at) throws IOException {
      file.position(at);
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
