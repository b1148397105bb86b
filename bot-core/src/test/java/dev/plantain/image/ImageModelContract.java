package dev.plantain.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.gemini.Painted;
import dev.plantain.media.Blob;
import dev.plantain.media.BlobDraft;
import dev.plantain.media.ImageInspector;
import dev.plantain.media.MediaStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every provider of pictures. A provider's test extends it. */
public abstract class ImageModelContract {
  @TempDir protected Path folder;
  protected MediaStore store;

  /** The provider under test, keeping its pictures in this store. */
  protected abstract ImageModel provider(MediaStore store);

  /** A model of this provider that makes pictures from words and edits them. */
  protected abstract ModelSpec model();

  /** Whether it edits pictures, or makes them from words only. */
  protected boolean edits() {
    return true;
  }

  @BeforeEach
  void openStore() throws IOException {
    store = new MediaStore(folder.resolve("media"));
  }

  @Test
  void wordsBecomeAPictureThatIsKept() throws Exception {
    ImageResult.Made made = made(request("a lighthouse at night"));

    Blob blob = last(made).blob();
    assertThat(ImageInspector.inspect(store.path(blob.id())))
        .contains(new ImageInspector.Description(blob.type(), blob.width(), blob.height()));
    assertThat(store.bytes(blob.id())).isEqualTo(blob.bytes());
    assertThat(made.answeredBy()).isEqualTo(model().id());
  }

  @Test
  void aPictureWithWordsBecomesAnotherPicture() throws Exception {
    Blob photo = kept(Painted.picture("png", 64, 48, 1));
    ImageRequest edit =
        request(
            List.of(
                new Content(Author.MEMBER, List.of(Part.Image.of(photo), Part.Text.of("sepia")))));

    if (edits()) {
      assertThat(last(made(edit)).blob().id()).isNotEqualTo(photo.id());
    } else {
      assertRejected(edit);
    }
  }

  @Test
  void anEditGoesOnFromTheLastPicture() throws Exception {
    List<Content> branch = new ArrayList<>();
    branch.add(new Content(Author.MEMBER, List.of(Part.Text.of("a lighthouse"))));
    ImageResult.Made first = made(request(branch));
    branch.add(new Content(Author.MODEL, first.parts()));
    branch.add(new Content(Author.MEMBER, List.of(Part.Text.of("make it brighter"))));

    if (edits()) {
      assertThat(last(made(request(branch))).blob().id()).isNotEqualTo(last(first).blob().id());
    } else {
      assertRejected(request(branch));
    }
  }

  private void assertRejected(ImageRequest edit) throws InterruptedException {
    ImageResult result = provider(store).generate(edit);
    assertThat(result)
        .isInstanceOfSatisfying(
            ImageResult.Failed.class,
            failed -> {
              assertThat(failed.problem()).isEqualTo(ImageResult.Problem.REQUEST_REJECTED);
              assertThat(failed.detail()).contains("from words only");
            });
  }

  protected ImageRequest request(String words) {
    return request(List.of(new Content(Author.MEMBER, List.of(Part.Text.of(words)))));
  }

  protected ImageRequest request(List<Content> contents) {
    return new ImageRequest(model(), contents, Optional.empty(), Optional.empty());
  }

  protected ImageResult.Made made(ImageRequest request) throws InterruptedException {
    ImageResult result = provider(store).generate(request);
    assertThat(result).isInstanceOf(ImageResult.Made.class);
    return (ImageResult.Made) result;
  }

  /** The picture that is the answer. */
  protected static Part.Image last(ImageResult.Made made) {
    return made.parts().stream()
        .filter(Part.Image.class::isInstance)
        .map(Part.Image.class::cast)
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  protected Blob kept(byte[] picture) throws IOException {
    try (BlobDraft draft = store.begin()) {
      draft.write(picture, 0, picture.length);
      var described = ImageInspector.inspect(draft.file()).orElseThrow();
      return new Blob(
          draft.keep(), described.type(), picture.length, described.width(), described.height());
    }
  }
}
