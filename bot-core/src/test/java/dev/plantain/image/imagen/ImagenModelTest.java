package dev.plantain.image.imagen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageModelContract;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Cause;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Made;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageResult.Refused;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Usage;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.Painted;
import dev.plantain.image.gemini.ScriptedAnswer;
import dev.plantain.image.openai.LoopbackOpenAi;
import dev.plantain.media.MediaStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImagenModelTest extends ImageModelContract {
  private static final String PICTURE =
      Base64.getEncoder().encodeToString(Painted.picture("png", 20, 10, 1));

  private final LoopbackOpenAi server =
      new LoopbackOpenAi(
          new Wire.Imagen(), Authentication.GOOGLE_KEY, "/gate/v1beta/models/[^/]+:predict");

  @AfterEach
  void stop() {
    server.close();
    assertThat(server.refused()).isEmpty();
  }

  @Override
  protected ImageModel provider(MediaStore mediaStore) {
    Endpoint endpoint = server.endpoint("/gate/");
    return new ImagenModel(endpoint, LoopbackOpenAi.credential(endpoint), mediaStore);
  }

  @Override
  protected ModelSpec model() {
    return ModelCatalogue.packaged().find("imagen-4.0-generate-001").orElseThrow();
  }

  @Override
  protected boolean edits() {
    return false;
  }

  @Test
  void theRequestIsWrittenAsGoogleDocumentedIt() throws Exception {
    made(
        new ImageRequest(
            model(),
            request("a \"cat\"").contents(),
            AspectRatio.parse("16:9"),
            Optional.of(new ImageSize("2K"))));

    assertThat(server.asked().getLast().body())
        .hasToString(
            """
            {"instances":[{"prompt":"a \\"cat\\""}],"parameters":{"sampleCount":1,"aspectRatio":"16:9","imageSize":"2K"}}\
            """);
  }

  @Test
  void whatWasAskedBeforeStandsAboveWhatIsAskedNow() throws Exception {
    made(
        request(
            List.of(
                new Content(Author.MEMBER, List.of(Part.Text.of("a cat"))),
                new Content(Author.MODEL, List.of(Part.Text.of("Which one?"))),
                new Content(Author.MEMBER, List.of(Part.Text.of("a black one"))))));

    assertThat(server.asked().getLast().words())
        .containsExactly("Asked before, oldest first:\n- a cat\n\nAsked now:\na black one");
  }

  @Test
  void aPictureBesideFilteredOnesIsShown() throws Exception {
    Made made =
        (Made)
            answered(
                "{\"predictions\":[{\"raiFilteredReason\":\"no\"},{\"bytesBase64Encoded\":\"%s\"}]}"
                    .formatted(PICTURE));
    assertThat(made.parts()).singleElement().isInstanceOf(Part.Image.class);
  }

  @Test
  void filteredPicturesAloneAreARefusalInTheProvidersWords() throws Exception {
    assertThat(answered("{\"predictions\":[{\"raiFilteredReason\":\"It was filtered.\"}]}"))
        .isEqualTo(new Refused(Cause.UNSAFE, Optional.of("It was filtered."), Usage.NONE));
    Refused prohibited =
        (Refused)
            answered(
                "{\"predictions\":[{\"raiFilteredReason\":\"It violated Vertex AI's usage guidelines.\"}]}");
    assertThat(prohibited.cause()).isEqualTo(Cause.PROHIBITED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"predictions\":[]}", "{\"predictions\":null}"})
  void nothingAtAllIsARefusal(String body) throws Exception {
    assertThat(((Refused) answered(body)).cause()).isEqualTo(Cause.UNSAFE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "{\"hello\":1}",
        "{\"predictions\":[{\"bytesBase64Encoded\":\"QUJD\"}]}",
        "{\"predictions\":[{\"bytesBase64Encoded\":\"iVBOR"
      })
  void whatIsNoAnswerIsGarbled(String body) throws Exception {
    ImageResult result = answered(body);
    assertThat(result).isInstanceOf(Failed.class);
    assertThat(((Failed) result).problem()).isEqualTo(Problem.GARBLED);
  }

  @Test
  void anErrorInsideOfAnAnswerCounts() throws Exception {
    assertThat(((Failed) answered("{\"error\":{\"code\":503,\"message\":\"busy\"}}")).problem())
        .isEqualTo(Problem.OVERLOADED);
  }

  private ImageResult answered(String body) throws InterruptedException {
    server.answer(ScriptedAnswer.json(body));
    return provider(store).generate(request("a cat"));
  }
}
