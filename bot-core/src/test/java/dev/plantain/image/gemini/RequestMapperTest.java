package dev.plantain.image.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.Guidance;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Safety;
import dev.plantain.image.wire.Written;
import dev.plantain.media.Blob;
import dev.plantain.media.BlobDraft;
import dev.plantain.media.BlobId;
import dev.plantain.media.MediaStore;
import dev.plantain.media.MediaType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestMapperTest {
  @TempDir private Path folder;

  private final ModelCatalogue catalogue = ModelCatalogue.packaged();

  @Test
  void theWholeConversationIsWrittenAsGoogleDocumentsIt() throws Exception {
    MediaStore store = new MediaStore(folder);
    Blob photo =
        new Blob(kept(store, "photo".getBytes(StandardCharsets.UTF_8)), MediaType.JPEG, 5, 2, 2);
    Blob made =
        new Blob(kept(store, "made!!".getBytes(StandardCharsets.UTF_8)), MediaType.PNG, 6, 2, 2);
    List<Content> contents =
        List.of(
            new Content(
                Author.MEMBER, List.of(Part.Image.of(photo), Part.Text.of("\"night\"\n🌙 \\"))),
            new Content(
                Author.MODEL,
                List.of(
                    new Part.Text("", Optional.of(Written.token(store, "c2ln_x"))),
                    new Part.Image(made, Optional.of(Written.token(store, "QUJD\\/RA==xyz"))))),
            new Content(Author.MEMBER, List.of(Part.Text.of("stars"))));

    String json = written(store, request(catalogue.standard(), contents, "16:9", "2K"), true);

    assertThat(json)
        .isEqualTo(
            """
            {"contents":[\
            {"role":"user","parts":[{"inlineData":{"mimeType":"image/jpeg","data":"cGhvdG8="}},{"text":"\\"night\\"\\n🌙 \\\\"}]},\
            {"role":"model","parts":[{"text":"","thoughtSignature":"c2ln_x"},\
            {"inlineData":{"mimeType":"image/png","data":"bWFkZSEh"},"thoughtSignature":"QUJD\\/RA==xyz"}]},\
            {"role":"user","parts":[{"text":"stars"}]}],\
            "generationConfig":{"responseModalities":["TEXT","IMAGE"],"imageConfig":{"aspectRatio":"16:9","imageSize":"2K"}}}\
            """);
  }

  @Test
  void aPictureThatIsAFileIsReferredToAndKeepsItsSignature() throws Exception {
    MediaStore store = new MediaStore(folder);
    Blob photo = new Blob(kept(store, new byte[] {1}), MediaType.JPEG, 1, 2, 2);
    Blob made = new Blob(kept(store, new byte[] {2}), MediaType.PNG, 1, 2, 2);
    Blob other = new Blob(kept(store, new byte[] {3}), MediaType.PNG, 1, 2, 2);
    List<Content> contents =
        List.of(
            new Content(Author.MEMBER, List.of(Part.Image.of(photo), Part.Image.of(other))),
            new Content(
                Author.MODEL,
                List.of(new Part.Image(made, Optional.of(Written.token(store, "c2ln"))))),
            new Content(Author.MEMBER, List.of(Part.Text.of("stars"))));
    Map<BlobId, Upload> files = Map.of(photo.id(), file(photo), made.id(), file(made));

    assertThat(
            Written.body(
                RequestMapper.map(
                    request(catalogue.standard(), contents, "16:9", "2K"), false, files),
                store))
        .isEqualTo(
            """
            {"contents":[\
            {"role":"user","parts":[\
            {"fileData":{"mimeType":"image/jpeg","fileUri":"https://files.test/v1beta/files/jpg"}},\
            {"inlineData":{"mimeType":"image/png","data":"Aw=="}}]},\
            {"role":"model","parts":[\
            {"fileData":{"mimeType":"image/png","fileUri":"https://files.test/v1beta/files/png"},"thoughtSignature":"c2ln"}]},\
            {"role":"user","parts":[{"text":"stars"}]}],\
            "generationConfig":{"responseModalities":["TEXT","IMAGE"]}}\
            """);
  }

  private static Upload file(Blob blob) {
    String name = "files/" + blob.type().mime().substring("image/".length()).replace("jpeg", "jpg");
    return new Upload(
        blob.id(), name, "https://files.test/v1beta/" + name, blob.type().mime(), Instant.EPOCH);
  }

  @Test
  void ratioAndSizeAreSentOnlyWhereTheyWereGivenAndTheModelTakesThem() throws Exception {
    MediaStore store = new MediaStore(folder);
    ModelSpec old = catalogue.find("gemini-2.5-flash-image").orElseThrow();
    List<Content> words = List.of(new Content(Author.MEMBER, List.of(Part.Text.of("cat"))));

    assertThat(written(store, request(old, words, "16:9", "2K"), true))
        .endsWith("\"imageConfig\":{\"aspectRatio\":\"16:9\"}}}");
    assertThat(written(store, request(old, words, "8:1", "2K"), true))
        .doesNotContain("imageConfig");
    assertThat(written(store, request(catalogue.standard(), words, "16:9", "512"), true))
        .endsWith("\"imageConfig\":{\"aspectRatio\":\"16:9\"}}}");
    assertThat(written(store, request(catalogue.standard(), words, "16:9", "2K"), false))
        .doesNotContain("imageConfig");
  }

  @Test
  void howStrictlyIsToBeJudgedIsSaidForEachCategoryWhereItIsNotAsUsual() throws Exception {
    MediaStore store = new MediaStore(folder);
    List<Content> words = List.of(new Content(Author.MEMBER, List.of(Part.Text.of("cat"))));
    ImageRequest usual = request(catalogue.standard(), words, "1:1", "1K");

    assertThat(written(store, usual, true)).doesNotContain("safety");
    assertThat(written(store, judged(usual, Safety.STRICT), true))
        .endsWith(
            """
            ,"safetySettings":[\
            {"category":"HARM_CATEGORY_HARASSMENT","threshold":"BLOCK_LOW_AND_ABOVE"},\
            {"category":"HARM_CATEGORY_HATE_SPEECH","threshold":"BLOCK_LOW_AND_ABOVE"},\
            {"category":"HARM_CATEGORY_SEXUALLY_EXPLICIT","threshold":"BLOCK_LOW_AND_ABOVE"},\
            {"category":"HARM_CATEGORY_DANGEROUS_CONTENT","threshold":"BLOCK_LOW_AND_ABOVE"}]}\
            """);
    assertThat(written(store, judged(usual, Safety.RELAXED), true)).contains("BLOCK_ONLY_HIGH");
  }

  private static ImageRequest judged(ImageRequest request, Safety safety) {
    return new ImageRequest(
        request.model(),
        request.contents(),
        request.ratio(),
        request.size(),
        safety,
        Guidance.NONE,
        Optional.of("(a picture)"));
  }

  @Test
  void guidanceIsSentAsFarAsTheModelCanFollowIt() throws Exception {
    MediaStore store = new MediaStore(folder);
    Guidance all =
        new Guidance(Optional.of("Say \"hi\"."), Optional.of(Guidance.Thinking.MEDIUM), true);

    assertThat(written(store, guided("gemini-nano-banana-2.1", all), true))
        .startsWith(
            "{\"systemInstruction\":{\"parts\":[{\"text\":\"Say \\\"hi\\\".\"}]},\"contents\":[")
        .contains("\"thinkingConfig\":{\"thinkingLevel\":\"MEDIUM\"}")
        .endsWith(
            ",\"tools\":[{\"googleSearch\":{\"searchTypes\":{\"webSearch\":{},\"imageSearch\":{}}}}]}");
    assertThat(written(store, guided("gemini-3-pro-image", all), true))
        .doesNotContain("thinkingConfig")
        .endsWith(",\"tools\":[{\"googleSearch\":{}}]}");
    assertThat(written(store, guided("gemini-2.5-flash-image", all), true))
        .contains("systemInstruction")
        .doesNotContain("tools", "thinkingConfig");
    assertThat(written(store, guided("gemini-nano-banana-2.1", Guidance.NONE), true))
        .doesNotContain("systemInstruction", "tools", "thinkingConfig");
  }

  private ImageRequest guided(String model, Guidance guidance) {
    return new ImageRequest(
        catalogue.find(model).orElseThrow(),
        List.of(new Content(Author.MEMBER, List.of(Part.Text.of("cat")))),
        Optional.empty(),
        Optional.empty(),
        Safety.USUAL,
        guidance,
        Optional.of("(a picture)"));
  }

  @Test
  void aLargePictureIsEncodedBlockByBlockToItsLastByte() throws Exception {
    MediaStore store = new MediaStore(folder);
    for (int size : new int[] {1, 49_151, 49_152, 49_153, 98_304, 250_000}) {
      byte[] bytes = new byte[size];
      new Random(size).nextBytes(bytes);
      Blob blob = new Blob(kept(store, bytes), MediaType.PNG, size, 2, 2);
      var contents = List.of(new Content(Author.MEMBER, List.<Part>of(Part.Image.of(blob))));
      assertThat(written(store, request(catalogue.standard(), contents, "1:1", "1K"), true))
          .contains("\"" + Base64.getEncoder().encodeToString(bytes) + "\"");
    }
  }

  private static ImageRequest request(
      ModelSpec model, List<Content> contents, String ratio, String size) {
    return new ImageRequest(
        model, contents, AspectRatio.parse(ratio), Optional.of(new ImageSize(size)));
  }

  private static String written(MediaStore store, ImageRequest request, boolean withImageConfig)
      throws Exception {
    return Written.body(RequestMapper.map(request, withImageConfig, Map.of()), store);
  }

  private static BlobId kept(MediaStore store, byte[] bytes) throws Exception {
    try (BlobDraft draft = store.begin()) {
      draft.write(bytes, 0, bytes.length);
      return draft.keep();
    }
  }
}
