package dev.plantain.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewsTest {
  private static final PhotoLimits LIMITS = new PhotoLimits(100_000, 2_000, 20);

  @TempDir Path folder;
  private MediaStore store;
  private Previews previews;

  @BeforeEach
  void open() throws IOException {
    store = new MediaStore(folder);
    previews = new Previews(store);
  }

  @Test
  void aPictureTooLargeBecomesAJpegThatFits() throws IOException {
    Blob large = taken(Pictures.png(3_000, 2_000, 3));
    assertThat(LIMITS.allow(large)).isFalse();
    Blob preview = previews.make(large, LIMITS).orElseThrow();
    assertThat(LIMITS.allow(preview)).isTrue();
    assertThat(ImageInspector.inspect(store.path(preview.id())))
        .contains(
            new ImageInspector.Description(MediaType.JPEG, preview.width(), preview.height()));
    assertThat((double) preview.width() / preview.height()).isBetween(1.48, 1.52);
    assertThat(previews.make(large, LIMITS)).contains(preview);
  }

  @Test
  void aStripIsGivenBordersUntilItFits() throws IOException {
    for (Blob strip :
        new Blob[] {taken(Pictures.png(3_000, 7, 3)), taken(Pictures.png(3, 900, 3))}) {
      Blob preview = previews.make(strip, LIMITS).orElseThrow();
      assertThat(LIMITS.allow(preview)).isTrue();
      assertThat((image(preview).getRGB(0, 0) & 0xff) > 240).isTrue();
    }
  }

  @Test
  void whatIsSeenThroughBecomesWhite() throws IOException {
    BufferedImage image =
        image(previews.make(taken(Pictures.transparentPng(400, 300, 3)), LIMITS).orElseThrow());
    assertThat(image.getRGB(20, 150) & 0xff).isGreaterThan(240);
    assertThat(image.getRGB(20, 150) >> 16 & 0xff).isGreaterThan(240);
  }

  @Test
  void webpAndItsTurnAreUnderstood() throws IOException {
    Blob preview =
        previews.make(taken(Pictures.webpWithMetadata(400, 300, 6)), LIMITS).orElseThrow();
    assertThat(preview.width()).isEqualTo(300);
    assertThat(preview.height()).isEqualTo(400);
  }

  @Test
  void aPhotoThatJavaCannotDecodeHasNone() throws IOException {
    assertThat(previews.make(taken(Pictures.heic(320, 240)), LIMITS)).isEqualTo(Optional.empty());
  }

  private Blob taken(byte[] bytes) throws IOException {
    Intake intake = new PhotoIntake(store, MediaLimits.DEFAULT).accept(to -> to.write(bytes));
    return ((Intake.Accepted) intake).blob();
  }

  private BufferedImage image(Blob blob) throws IOException {
    return ImageIO.read(store.path(blob.id()).toFile());
  }
}
