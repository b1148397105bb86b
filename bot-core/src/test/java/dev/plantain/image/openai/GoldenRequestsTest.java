package dev.plantain.image.openai;

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
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.openai.ChatRequest.Dialect;
import dev.plantain.image.wire.Written;
import dev.plantain.media.Blob;
import dev.plantain.media.BlobDraft;
import dev.plantain.media.MediaStore;
import dev.plantain.media.MediaType;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent, to the letter. */
class GoldenRequestsTest {
  private static final String MODEL = "google/gemini";

  @TempDir private Path folder;
  private MediaStore store;
  private final ModelSpec standard = ModelCatalogue.packaged().standard();

  @BeforeEach
  void openStore() throws IOException {
    store = new MediaStore(folder);
  }

  @Test
  void aChatHoldsTheBranchWithTheLastPictureInTheNewMessage() throws Exception {
    assertThat(
            Written.body(
                ChatRequest.map(branch("16:9", "2K"), MODEL, Dialect.OPENAI, false, true), store))
        .isEqualTo(
            """
            {"model":"google/gemini","messages":[\
            {"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,cGhvdG8="}},{"type":"text","text":"\\"night\\"\\n🌙 \\\\"}]},\
            {"role":"assistant","content":"There."},\
            {"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,bWFkZSEh"}},{"type":"text","text":"stars"},{"type":"text","text":"Aspect ratio: 16:9"}]}],\
            "stream":false}\
            """);
  }

  @Test
  void theOperatorsInstructionComesFirst() throws Exception {
    ImageRequest guided = guided(words("1:1", "1K"));
    String system =
        "{\"role\":\"system\",\"content\":\"In \\\"our\\\" style.\"},{\"role\":\"user\"";
    for (Dialect dialect : Dialect.values()) {
      assertThat(Written.body(ChatRequest.map(guided, MODEL, dialect, false, true), store))
          .contains("\"messages\":[" + system);
    }
    assertThat(Written.body(ImagesRequest.ofOpenAi(guided, MODEL, true), store))
        .contains("\"prompt\":\"In \\\"our\\\" style.\\n\\ncat\"");
    assertThat(Written.body(ImagesRequest.ofOpenRouter(guided, MODEL, true), store))
        .contains("\"prompt\":\"In \\\"our\\\" style.\\n\\ncat\"");
  }

  private static ImageRequest guided(ImageRequest request) {
    return new ImageRequest(
        request.model(),
        request.contents(),
        request.ratio(),
        request.size(),
        Safety.USUAL,
        new Guidance(Optional.of("In \"our\" style."), Optional.empty(), false),
        Optional.of("(a picture)"));
  }

  @Test
  void aStreamIsAskedForWithItsUsage() throws Exception {
    assertThat(
            Written.body(
                ChatRequest.map(words("16:9", "2K"), MODEL, Dialect.OPENAI, true, false), store))
        .isEqualTo(
            """
            {"model":"google/gemini","messages":[{"role":"user","content":[{"type":"text","text":"cat"}]}],\
            "stream":true,"stream_options":{"include_usage":true}}\
            """);
  }

  @Test
  void openRouterIsToldRatioAndSizeAndAskedForThePrice() throws Exception {
    assertThat(
            Written.body(
                ChatRequest.map(words("16:9", "2K"), MODEL, Dialect.OPENROUTER, true, true), store))
        .isEqualTo(
            """
            {"model":"google/gemini","messages":[{"role":"user","content":[{"type":"text","text":"cat"}]}],\
            "stream":true,"modalities":["image","text"],"image_config":{"aspect_ratio":"16:9","image_size":"2K"},"usage":{"include":true}}\
            """);
    assertThat(
            Written.body(
                ChatRequest.map(words("99:1", "9K"), MODEL, Dialect.OPENROUTER, false, true),
                store))
        .endsWith(
            "\"stream\":false,\"modalities\":[\"image\",\"text\"],\"usage\":{\"include\":true}}");
  }

  @Test
  void imagesOfOpenRouterHoldEveryPictureOfTheBranchOnce() throws Exception {
    assertThat(Written.body(ImagesRequest.ofOpenRouter(branch("16:9", "2K"), MODEL, true), store))
        .isEqualTo(
            """
            {"model":"google/gemini","prompt":"Asked before, oldest first:\\n- \\"night\\"\\n🌙 \\\\\\n\\nAsked now:\\nstars","n":1,\
            "aspect_ratio":"16:9","resolution":"2K","input_references":[\
            {"type":"image_url","image_url":{"url":"data:image/jpeg;base64,cGhvdG8="}},\
            {"type":"image_url","image_url":{"url":"data:image/png;base64,bWFkZSEh"}}]}\
            """);
  }

  @Test
  void imagesOfOpenAiKnowPixelsOnly() throws Exception {
    assertThat(Written.body(ImagesRequest.ofOpenAi(words("16:9", "2K"), MODEL, true), store))
        .isEqualTo(
            """
            {"model":"google/gemini","prompt":"cat","n":1,"size":"2752x1536","response_format":"b64_json"}\
            """);
    assertThat(Written.body(ImagesRequest.ofOpenAi(words("16:9", "2K"), MODEL, false), store))
        .doesNotContain("size");
  }

  @ParameterizedTest
  @CsvSource({
    "https://h.example, https://h.example/v1/chat/completions",
    "https://h.example/, https://h.example/v1/chat/completions",
    "https://h.example/v1, https://h.example/v1/chat/completions",
    "https://h.example/gate/v1/, https://h.example/gate/v1/chat/completions",
    "https://h.example/gate, https://h.example/gate/v1/chat/completions",
    "https://h.example:8443/v1beta/openai, https://h.example:8443/v1beta/openai/chat/completions",
    "https://generativelanguage.googleapis.com/v1beta, https://generativelanguage.googleapis.com/v1beta/openai/chat/completions",
    "https://generativelanguage.googleapis.com/v1beta/, https://generativelanguage.googleapis.com/v1beta/openai/chat/completions",
    "https://generativelanguage.googleapis.com/v1beta/openai/, https://generativelanguage.googleapis.com/v1beta/openai/chat/completions",
    "https://gate.example/v1beta, https://gate.example/v1beta/chat/completions",
    "https://generativelanguage.googleapis.com, https://generativelanguage.googleapis.com/v1beta/openai/chat/completions"
  })
  void theAddressMayCarryAPathAndAVersion(URI base, String address) {
    assertThat(OpenAiAddress.of(endpoint(base)).chatCompletions()).hasToString(address);
  }

  @ParameterizedTest
  @CsvSource({
    "https://openrouter.ai, https://openrouter.ai/api/v1/images",
    "https://openrouter.ai/api, https://openrouter.ai/api/v1/images",
    "https://openrouter.ai/api/v1, https://openrouter.ai/api/v1/images"
  })
  void theAddressOfOpenRouterMayBeItsNameAlone(URI base, String address) {
    assertThat(OpenAiAddress.ofOpenRouter(endpoint(base)).images()).hasToString(address);
  }

  private static Endpoint endpoint(URI base) {
    return new Endpoint("x", new Wire.OpenAiChat(false), base, Authentication.BEARER, List.of());
  }

  private ImageRequest words(String ratio, String size) {
    return request(List.of(new Content(Author.MEMBER, List.of(Part.Text.of("cat")))), ratio, size);
  }

  private ImageRequest branch(String ratio, String size) throws IOException {
    Part photo = Part.Image.of(kept("photo", MediaType.JPEG));
    Part made =
        new Part.Image(kept("made!!", MediaType.PNG), Optional.of(Written.token(store, "c2ln")));
    return request(
        List.of(
            new Content(Author.MEMBER, List.of(photo, Part.Text.of("\"night\"\n🌙 \\"))),
            new Content(Author.MODEL, List.of(Part.Text.of("There."), made)),
            new Content(Author.MEMBER, List.of(Part.Text.of("stars")))),
        ratio,
        size);
  }

  private ImageRequest request(List<Content> contents, String ratio, String size) {
    return new ImageRequest(
        standard, contents, AspectRatio.parse(ratio), Optional.of(new ImageSize(size)));
  }

  private Blob kept(String text, MediaType type) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (BlobDraft draft = store.begin()) {
      draft.write(bytes, 0, bytes.length);
      return new Blob(draft.keep(), type, bytes.length, 2, 2);
    }
  }
}
