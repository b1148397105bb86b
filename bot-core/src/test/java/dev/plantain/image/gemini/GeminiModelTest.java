package dev.plantain.image.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.AspectRatio;
import dev.plantain.image.Guidance;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageModelContract;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Made;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Safety;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.media.Blob;
import dev.plantain.media.MediaStore;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GeminiModelTest extends ImageModelContract {
  private final LoopbackGemini gemini = new LoopbackGemini();
  private final ModelCatalogue catalogue = ModelCatalogue.packaged();

  @AfterEach
  void stop() {
    gemini.close();
  }

  @Override
  protected ImageModel provider(MediaStore mediaStore) {
    return LoopbackGemini.model(gemini.endpoint(), mediaStore);
  }

  @Override
  protected ModelSpec model() {
    return catalogue.standard();
  }

  @Test
  void thePictureIsKeptByteForByteAndTheSignatureGoesBackCharacterByCharacter() throws Exception {
    byte[] picture = Painted.picture("png", 300, 200, 7);
    String signature = Painted.signature(8, 1_100_000);
    gemini.answer(ScriptedAnswer.picture("There.", picture, "image/webp", signature));

    Made made = made(request("a cat"));
    assertThat(store.open(last(made).blob().id()).readAllBytes()).isEqualTo(picture);
    made(request(branch(made, "add stars")));

    AskedOfGemini asked = gemini.asked().getLast();
    assertThat(asked.contents())
        .extracting(AskedOfGemini.Said::role)
        .containsExactly("user", "model", "user");
    AskedOfGemini.Piece sent = asked.contents().get(1).parts().get(1);
    assertThat(sent.sha256()).contains(AskedOfGemini.sha256(picture));
    assertThat(sent.signature()).contains(signature);
    assertThat(sent.mimeType()).contains("image/png");
  }

  @Test
  void aLargePictureComesAndGoesWhole() throws Exception {
    Path large = folder.resolve("large.png");
    byte[] bytes = new byte[16_000_000];
    new Random(1).nextBytes(bytes);
    byte[] header = Painted.picture("png", 4, 4, 1);
    System.arraycopy(header, 0, bytes, 0, header.length);
    Files.write(large, bytes);
    gemini.answer(ScriptedAnswer.streamed("", large, "image/png", "c2ln"));

    Made made = made(request("a cat"));
    made(request(branch(made, "again")));

    assertThat(store.path(last(made).blob().id())).hasSameBinaryContentAs(large);
    assertThat(gemini.asked().getLast().contents().get(1).parts())
        .anySatisfy(part -> assertThat(part.sha256()).contains(AskedOfGemini.sha256(bytes)));
  }

  @Test
  void ratioSizeAndHeadersAreSent() throws Exception {
    made(
        new ImageRequest(
            model(),
            request("a cat").contents(),
            AspectRatio.parse("16:9"),
            Optional.of(new ImageSize("2K"))));

    AskedOfGemini asked = gemini.asked().getLast();
    assertThat(asked.ratio()).contains("16:9");
    assertThat(asked.size()).contains("2K");
    assertThat(asked.headers()).containsEntry("Accept-Encoding", "identity");
    assertThat(asked.headers()).containsKey("Content-Length");
  }

  @Test
  void everyModelTakesWhatItIsGuidedBy() throws Exception {
    for (ModelSpec spec : catalogue.models()) {
      for (Guidance.Thinking level : Guidance.Thinking.values()) {
        for (Safety safety : Safety.values()) {
          ImageRequest guided =
              new ImageRequest(
                  spec,
                  request("a cat").contents(),
                  Optional.empty(),
                  Optional.empty(),
                  safety,
                  new Guidance(Optional.of("In \"our\" style."), Optional.of(level), true),
                  Optional.of("(a picture)"));
          assertThat(provider(store).generate(guided))
              .as("%s %s %s", spec.id(), level, safety)
              .isInstanceOf(Made.class);
        }
      }
    }
  }

  @Test
  void aPictureOfTheModelWithoutItsSignatureIsGivenAsTheMembersOwn() throws Exception {
    Blob photo = kept(Painted.picture("png", 64, 48, 1));
    made(request(branch(List.of(Part.Text.of("Here."), Part.Image.of(photo)), "brighter")));

    List<AskedOfGemini.Said> contents = gemini.asked().getLast().contents();
    assertThat(contents.get(1).parts())
        .extracting(AskedOfGemini.Piece::text)
        .containsExactly(Optional.of("Here."));
    assertThat(contents.get(2).parts().getFirst().sha256()).contains(photo.id().sha256());
    assertThat(contents.get(2).parts().getLast().text()).contains("brighter");
  }

  @Test
  void aSignatureThatIsRefusedIsLeftOutAndThePictureMoved() throws Exception {
    Made first = made(request("a cat"));
    gemini.answer(
        ScriptedAnswer.error(
            400, "INVALID_ARGUMENT", "invalid thought signature for content at index 1"));

    made(request(branch(first, "brighter")));

    AskedOfGemini repaired = gemini.asked().getLast();
    assertThat(gemini.asked()).hasSize(3);
    assertThat(repaired.contents().get(1).parts()).allMatch(part -> part.signature().isEmpty());
    assertThat(repaired.contents().get(2).parts().getFirst().sha256())
        .contains(last(first).blob().id().sha256());
  }

  @Test
  void whatIsRefusedAgainIsNotAskedAThirdTime() throws Exception {
    for (int round = 0; round < 3; round++) {
      gemini.answer(
          ScriptedAnswer.error(
              400, "INVALID_ARGUMENT", "Image part is missing a thought_signature in ..."));
    }
    assertThat(problem(request("a cat"))).isEqualTo(Problem.REQUEST_REJECTED);
    assertThat(gemini.asked()).hasSize(2);
  }

  @Test
  void aModelThatTakesNoRatioIsAskedWithoutOne() throws Exception {
    gemini.answer(
        ScriptedAnswer.error(
            400, "INVALID_ARGUMENT", "Aspect ratio is not enabled for this model"));
    made(
        new ImageRequest(
            model(), request("a cat").contents(), AspectRatio.parse("1:1"), Optional.empty()));

    assertThat(gemini.asked())
        .extracting(AskedOfGemini::ratio)
        .containsExactly(Optional.of("1:1"), Optional.empty());
  }

  @Test
  void aModelThatIsGoneIsSaidToBe() throws Exception {
    gemini.switchOff(model().id());
    assertThat(problem(request("a cat"))).isEqualTo(Problem.MODEL_GONE);
  }

  @Test
  void anInterruptEndsTheCall() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    gemini.answer(ScriptedAnswer.json("{}").after(never));
    FutureTask<ImageResult> task = new FutureTask<>(() -> provider(store).generate(request("a")));
    Thread thread = Thread.ofPlatform().start(task);
    await().until(() -> !gemini.asked().isEmpty());

    thread.interrupt();

    assertThatThrownBy(task::get).hasCauseInstanceOf(InterruptedException.class);
    never.countDown();
  }

  @Test
  void anAnswerThatTakesTooLongIsNotAskedForAgain() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    gemini.answer(ScriptedAnswer.json("{}").after(never));

    assertThat(
            problem(
                new ImageRequest(
                    hasty(), request("a").contents(), Optional.empty(), Optional.empty())))
        .isEqualTo(Problem.TIMED_OUT);
    assertThat(gemini.asked()).hasSize(1);
    never.countDown();
  }

  @Test
  void anAnswerThatBreaksOffIsGarbledAndNotAskedForAgain() throws Exception {
    gemini.answer(
        ScriptedAnswer.picture("", Painted.picture("png", 300, 300, 1), "image/png", "c2ln")
            .cutAfter(500));
    assertThat(problem(request("a cat"))).isEqualTo(Problem.GARBLED);
    assertThat(gemini.asked()).hasSize(1);
  }

  @Test
  void whereNobodyListensNothingIsReached() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    Endpoint endpoint = LoopbackGemini.endpoint(URI.create("http://127.0.0.1:" + port), "key");
    Failed failed = (Failed) LoopbackGemini.model(endpoint, store).generate(request("a cat"));
    assertThat(failed.problem()).isEqualTo(Problem.UNREACHABLE);
  }

  @Test
  void theAddressMayCarryAPathAndAVersion() throws Exception {
    for (String path : new String[] {"", "/", "/gate/way", "/gate/v1beta/"}) {
      Endpoint endpoint =
          LoopbackGemini.endpoint(gemini.baseUrl().resolve(path), LoopbackGemini.KEY);
      assertThat(LoopbackGemini.model(endpoint, store).generate(request("a cat")))
          .as(path)
          .isInstanceOf(Made.class);
    }
  }

  @Test
  void noFailureTellsTheKey() throws Exception {
    String key = LoopbackGemini.KEY;
    String echo = "API key not valid: " + key;
    for (int code : new int[] {400, 401, 403, 404, 429, 500, 503}) {
      gemini.answer(ScriptedAnswer.error(code, "X", echo));
      assertThat(provider(store).generate(request("a")).toString())
          .doesNotContain(key)
          .contains("(secret)");
    }
    gemini.answer(
        ScriptedAnswer.body(302, "text/html", "")
            .with(Map.of("Location", "http://127.0.0.1:1/?key=" + key)));
    assertThat(provider(store).generate(request("a")).toString()).doesNotContain(key);
    gemini.answer(ScriptedAnswer.json("{\"error\":\"" + echo + "\"}"));
    assertThat(provider(store).generate(request("a")).toString()).doesNotContain(key);
    assertThat(gemini.endpoint().toString()).doesNotContain(key);
    assertThatThrownBy(() -> LoopbackGemini.endpoint(Endpoint.GOOGLE, key + "\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(key);
  }

  private ModelSpec hasty() {
    ModelSpec known = model();
    return new ModelSpec(
        known.id(),
        known.name(),
        known.aliases(),
        known.ratios(),
        known.sizes(),
        known.pixels(),
        known.maxImages(),
        known.maxRequestBytes(),
        known.maxInputTokens(),
        known.signatures(),
        known.keepsShape(),
        Map.of(ModelSpec.DEFAULT, Duration.ofMillis(300)),
        known.thinking(),
        known.search(),
        known.prices(),
        known.retires(),
        known.successor());
  }

  private Problem problem(ImageRequest request) throws InterruptedException {
    return ((Failed) provider(store).generate(request)).problem();
  }

  private static List<Content> branch(Made made, String next) {
    return branch(made.parts(), next);
  }

  private static List<Content> branch(List<Part> made, String next) {
    return List.of(
        new Content(Author.MEMBER, List.of(Part.Text.of("a cat"))),
        new Content(Author.MODEL, made),
        new Content(Author.MEMBER, List.of(Part.Text.of(next))));
  }
}
