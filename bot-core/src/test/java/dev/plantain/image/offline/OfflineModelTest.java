package dev.plantain.image.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageSize;
import dev.plantain.media.Blob;
import dev.plantain.media.BlobDraft;
import dev.plantain.media.MediaStore;
import dev.plantain.media.MediaType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineModelTest {
  private static final long MUCH = 1L << 30;

  @TempDir Path folder;
  private MediaStore store;
  private OfflineModel model;
  private Blob photo;

  @BeforeEach
  void open() throws Exception {
    store = new MediaStore(folder);
    model = new OfflineModel(store, Lettering.ofThisMachine(), MUCH);
    photo = PictureFile.write(Pictures.landscape(300, 200), store);
  }

  @Test
  void aPhotoIsEditedAsTheWordsSay() throws Exception {
    ImageResult.Made made = made(ask("make it nighttime"));
    assertThat(text(made)).isEqualTo("Made with classic filters; no AI was used.");
    assertThat(made.answeredBy()).isEqualTo("offline");
    assertThat(made.parts().getLast()).isInstanceOf(Part.Image.class);
    assertThat(answer(made).type()).isEqualTo(MediaType.JPEG);
    assertThat(Pictures.light(read(answer(made)))).isLessThan(Pictures.light(read(photo)) / 2);
  }

  @Test
  void theBlobSaysWhatLiesInTheStore() throws Exception {
    Blob blob = answer(made(ask("rotate 90")));
    assertThat(blob.bytes()).isEqualTo(Files.size(store.path(blob.id())));
    assertThat(List.of(blob.width(), blob.height())).containsExactly(200, 300);
    assertThat(read(blob).width()).isEqualTo(200);
  }

  @Test
  void theNextWordsGoOnFromTheLastAnswer() throws Exception {
    Blob night = answer(made(ask("make it nighttime")));
    ImageResult further =
        generate(
            List.of(
                new Content(Author.MEMBER, List.of(Part.Image.of(photo), Part.Text.of("night"))),
                new Content(Author.MODEL, List.of(Part.Text.of("done"), Part.Image.of(night))),
                said("now add stars")));
    Bitmap starry = read(answer(made(further)));
    Bitmap before = read(night);
    assertThat(Pictures.mean(starry, 0, 80)[1])
        .isGreaterThan(Pictures.mean(before, 0, 80)[1] + 0.5);
    assertThat(Pictures.light(starry)).isLessThan(Pictures.light(read(photo)) / 2);
  }

  @Test
  void aNewPhotoGoesBeforeTheLastAnswer() throws Exception {
    Blob other = PictureFile.write(Pictures.plain(50, 40, 0x808080), store);
    ImageResult result =
        generate(
            List.of(
                new Content(Author.MEMBER, List.of(Part.Image.of(photo))),
                new Content(Author.MODEL, List.of(Part.Image.of(photo))),
                new Content(Author.MEMBER, List.of(Part.Image.of(other), Part.Text.of("sepia")))));
    assertThat(answer(made(result)).width()).isEqualTo(50);
  }

  @Test
  void ofAnAlbumTheFirstPictureIsEdited() throws Exception {
    Blob other = PictureFile.write(Pictures.plain(50, 40, 0x808080), store);
    ImageResult result =
        generate(
            List.of(
                new Content(
                    Author.MEMBER,
                    List.of(Part.Image.of(photo), Part.Image.of(other), Part.Text.of("sepia")))));
    assertThat(answer(made(result)).width()).isEqualTo(300);
  }

  @Test
  void wordsThatAreNotUnderstoodAreWrittenOnThePicture() throws Exception {
    ImageResult.Made made = made(ask("put a hat on the dog"));
    assertThat(text(made)).contains("No AI").contains("night").contains("crop");
    Bitmap edited = read(answer(made));
    assertThat(Pictures.mean(edited, 185, 200)[1])
        .isLessThan(Pictures.mean(read(photo), 185, 200)[1] - 30);
  }

  @Test
  void aPictureWithoutWordsComesBackAsItIs() throws Exception {
    assertThat(Pictures.light(read(answer(made(ask("  "))))))
        .isCloseTo(Pictures.light(read(photo)), within(1.0));
  }

  @Test
  void wordsAlonePaintAPlaceholder() throws Exception {
    ImageResult.Made made = made(generate(List.of(said("a fox in the snow"))));
    assertThat(text(made)).contains("placeholder").contains("no AI");
    assertThat(List.of(answer(made).width(), answer(made).height())).containsExactly(1024, 1024);
    Blob other = answer(made(generate(List.of(said("a bear in the snow")))));
    assertThat(other.id()).isNotEqualTo(answer(made).id());
  }

  @Test
  void aPlaceholderHasTheRatioAndSizeThatAreAskedFor() throws Exception {
    Blob blob = answer(made(generate(List.of(said("fox")), "16:9", "2K")));
    assertThat(List.of(blob.width(), blob.height())).containsExactly(2048, 1152);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u0000\u0007\u202e",
        "👩‍👩‍👧‍👦🏳️‍🌈",
        "مرحبا بالعالم",
        "你好，世界",
        "\ud800"
      })
  void hostileWordsGetAPicture(String words) throws Exception {
    made(generate(List.of(said(words))));
    made(ask(words));
    made(generate(List.of(said((words + "x").repeat(5000).substring(0, 5000)))));
  }

  @Test
  void withoutFontsThePlaceholderSaysThatTheWordsAreMissing() throws Exception {
    OfflineModel bare = new OfflineModel(store, new Lettering(Optional::empty), MUCH);
    ImageResult result = bare.generate(request(List.of(said("fox")), null, null));
    assertThat(text(made(result))).contains("no font");
    ImageResult edited = bare.generate(request(List.of(with(photo, "caption 'hi'")), null, null));
    assertThat(text(made(edited))).contains("no font");
  }

  @Test
  void theSameWordsAndPictureGiveTheSameBytes() throws Exception {
    String words = "night, stars, moon, sketch, caption 'Hello'";
    assertThat(answer(made(ask(words))).id()).isEqualTo(answer(made(ask(words))).id());
    List<Content> alone = List.of(said("a fox"));
    assertThat(answer(made(generate(alone))).id()).isEqualTo(answer(made(generate(alone))).id());
  }

  @Test
  void theRatioOfTheRequestCropsAndTheSizeScales() throws Exception {
    Blob square = answer(made(generate(List.of(with(photo, "sepia")), "1:1", null)));
    assertThat(List.of(square.width(), square.height())).containsExactly(200, 200);
    Blob large = answer(made(generate(List.of(with(photo, "sepia")), null, "1K")));
    assertThat(List.of(large.width(), large.height())).containsExactly(1024, 683);
    Blob both = answer(made(generate(List.of(with(photo, "sepia")), "16:9", "2K")));
    assertThat(List.of(both.width(), both.height())).containsExactly(2048, 1154);
  }

  @Test
  void aShapeThatIsSaidHoldsAgainstTheOneThatIsSet() throws Exception {
    Blob blob = answer(made(generate(List.of(with(photo, "crop to 1:1")), "3:2", null)));
    assertThat(List.of(blob.width(), blob.height())).containsExactly(200, 200);
  }

  @Test
  void aSmallHeapBoundsThePicture() throws Exception {
    OfflineModel small = new OfflineModel(store, Lettering.ofThisMachine(), 24 * 10_000);
    for (List<Content> contents : List.of(List.of(with(photo, "night")), List.of(said("fox")))) {
      Blob blob = answer(made(small.generate(request(contents, null, "4K"))));
      assertThat(blob.pixels()).isBetween(9_000L, 10_200L);
    }
  }

  @Test
  void aTransparentPictureStaysTransparent() throws Exception {
    Bitmap noise = Pictures.noise(30, 20, 9);
    Blob blob = answer(made(generate(List.of(with(PictureFile.write(noise, store), "invert")))));
    assertThat(blob.type()).isEqualTo(MediaType.PNG);
    assertThat(Arrays.stream(read(blob).argb()).map(p -> p >>> 24).toArray())
        .isEqualTo(Arrays.stream(noise.argb()).map(p -> p >>> 24).toArray());
  }

  @ParameterizedTest
  @EnumSource(
      value = MediaType.class,
      names = {"HEIC", "HEIF"})
  void whatCannotBeDecodedIsRejected(MediaType type) throws Exception {
    assertThat(rejected(keep(new byte[] {1, 2, 3}, type))).contains("HEIC").contains("JPEG");
  }

  @Test
  void damagedPicturesAreRejected() throws Exception {
    byte[] jpeg = Files.readAllBytes(store.path(photo.id()));
    byte[] png =
        Files.readAllBytes(store.path(PictureFile.write(Pictures.noise(90, 90, 1), store).id()));
    assertThat(rejected(keep(Arrays.copyOf(jpeg, jpeg.length / 2), MediaType.JPEG)))
        .contains("damaged");
    assertThat(rejected(keep(Arrays.copyOf(png, png.length / 2), MediaType.PNG)))
        .contains("damaged");
    assertThat(rejected(keep(Arrays.copyOf(png, 40), MediaType.PNG))).contains("damaged");
    assertThat(rejected(keep("hello".getBytes(StandardCharsets.UTF_8), MediaType.PNG)))
        .contains("not a picture");
  }

  @Test
  void anInterruptedCallEndsAndTheNextOneWorks() throws Exception {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> ask("sepia")).isInstanceOf(InterruptedException.class);
    made(ask("sepia"));
  }

  private String rejected(Blob blob) throws Exception {
    ImageResult result = generate(List.of(with(blob, "sepia")));
    assertThat(result).isInstanceOf(ImageResult.Failed.class);
    ImageResult.Failed failed = (ImageResult.Failed) result;
    assertThat(failed.problem()).isEqualTo(ImageResult.Problem.PICTURE_REJECTED);
    return failed.detail();
  }

  private Blob keep(byte[] bytes, MediaType type) throws Exception {
    try (BlobDraft draft = store.begin()) {
      draft.write(bytes);
      return new Blob(draft.keep(), type, bytes.length, 100, 100);
    }
  }

  private ImageResult ask(String words) throws InterruptedException {
    return generate(List.of(with(photo, words)));
  }

  private ImageResult generate(List<Content> contents) throws InterruptedException {
    return model.generate(request(contents, null, null));
  }

  private ImageResult generate(
      List<Content> contents, @Nullable String ratio, @Nullable String size)
      throws InterruptedException {
    return model.generate(request(contents, ratio, size));
  }

  private static ImageRequest request(
      List<Content> contents, @Nullable String ratio, @Nullable String size) {
    return new ImageRequest(
        OfflineModel.SPEC,
        contents,
        Optional.ofNullable(ratio).flatMap(AspectRatio::parse),
        Optional.ofNullable(size).map(ImageSize::new));
  }

  private static Content said(String words) {
    return new Content(Author.MEMBER, List.of(Part.Text.of(words)));
  }

  private static Content with(Blob blob, String words) {
    return new Content(
        Author.MEMBER, new ArrayList<>(List.of(Part.Image.of(blob), Part.Text.of(words))));
  }

  private static ImageResult.Made made(ImageResult result) {
    assertThat(result).isInstanceOf(ImageResult.Made.class);
    return (ImageResult.Made) result;
  }

  private static String text(ImageResult.Made made) {
    return ((Part.Text) made.parts().getFirst()).words();
  }

  private static Blob answer(ImageResult.Made made) {
    return ((Part.Image) made.parts().getLast()).blob();
  }

  private Bitmap read(Blob blob) throws Exception {
    return PictureFile.read(store.path(blob.id()), blob.type(), 1 << 24);
  }
}
