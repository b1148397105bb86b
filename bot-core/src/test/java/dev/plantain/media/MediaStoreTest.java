package dev.plantain.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaStoreTest {
  /** Of the three letters {@code abc}: FIPS 180-2, appendix B.1. */
  private static final String SHA_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;
  private MediaStore store;

  @BeforeEach
  void open() throws IOException {
    store = new MediaStore(folder);
  }

  @Test
  void aBlobIsNamedByItsHashAndGivenBackAsItWas() throws IOException {
    BlobId id = keep(ABC);
    assertThat(id.sha256()).isEqualTo(SHA_OF_ABC);
    assertThat(store.open(id)).hasBinaryContent(ABC);
    assertThat(store.bytes(id)).isEqualTo(3);
    assertThat(folder.resolve("drafts")).isEmptyDirectory();
  }

  @Test
  void bytesWrittenOneByOneAreTheSameBlob() throws IOException {
    try (BlobDraft draft = store.begin()) {
      for (byte octet : ABC) {
        draft.write(octet);
      }
      assertThat(draft.file()).hasBinaryContent(ABC);
      assertThat(draft.keep().sha256()).isEqualTo(SHA_OF_ABC);
    }
  }

  @Test
  void keepingTwiceChangesNothing() throws IOException {
    try (BlobDraft draft = store.begin()) {
      draft.write(ABC);
      assertThat(draft.keep()).isEqualTo(draft.keep());
    }
    Object before = Files.readAttributes(store.path(keep(ABC)), "unix:ino").get("ino");
    assertThat(Files.readAttributes(store.path(keep(ABC)), "unix:ino").get("ino"))
        .isEqualTo(before);
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void aBlobThatTheDiskCutShortIsReplaced() throws IOException {
    Files.write(store.path(keep(ABC)), new byte[] {'a'});
    assertThat(store.path(keep(ABC))).hasBinaryContent(ABC);
  }

  @Test
  void aDraftThatIsNotKeptIsGone() throws IOException {
    try (BlobDraft draft = store.begin()) {
      draft.write(ABC);
    }
    assertThat(files()).isZero();
  }

  @Test
  void aDraftThatWasClosedCannotBeKept() throws IOException {
    BlobDraft draft = store.begin();
    draft.close();
    assertThatThrownBy(draft::keep).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void draftsOfAnEarlierProcessAreRemovedAndBlobsStay() throws IOException {
    BlobId id = keep(ABC);
    store.begin().write(1);
    MediaStore next = new MediaStore(folder);
    assertThat(folder.resolve("drafts")).isEmptyDirectory();
    assertThat(next.path(id)).hasBinaryContent(ABC);
  }

  @Test
  void aFolderThatSomebodyRemovedIsMadeAnew() throws IOException {
    Files.delete(store.path(keep(ABC)));
    Files.delete(folder.resolve("blobs/ba"));
    assertThat(store.path(keep(ABC))).hasBinaryContent(ABC);
  }

  @Test
  void aFullDiskIsToldInWordsAndLeavesNothing() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full));
    Path draftFile = Files.createSymbolicLink(folder.resolve("drafts/full"), full);
    try (BlobDraft draft = new BlobDraft(draftFile, store)) {
      assertThatThrownBy(() -> draft.write(ABC))
          .isInstanceOf(MediaStoreFullException.class)
          .hasMessageContaining("No room left")
          .hasMessageContaining(folder.toString());
    }
    assertThat(full).exists();
    assertThat(folder.resolve("drafts")).isEmptyDirectory();
  }

  @Test
  void otherFaultsAreNotTakenForAFullDisk() {
    IOException fault = new IOException("Input/output error");
    assertThat(store.explained(fault)).isSameAs(fault);
    assertThat(store.explained(new IOException("Disk quota exceeded")))
        .isInstanceOf(MediaStoreFullException.class);
  }

  private BlobId keep(byte[] bytes) throws IOException {
    try (BlobDraft draft = store.begin()) {
      draft.write(bytes);
      return draft.keep();
    }
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }
}
