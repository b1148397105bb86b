package dev.plantain.image.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Part;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Made;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.PlainRequest;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.Painted;
import dev.plantain.image.gemini.ScriptedAnswer;
import dev.plantain.image.imagen.ImagenModel;
import dev.plantain.media.MediaStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that are cut at every byte, and that come in pieces of every size, on each wire. */
class CutAnswersTest {
  private static final byte[] PNG = Painted.picture("png", 3, 2, 1);

  @TempDir private Path folder;
  private MediaStore store;

  @BeforeEach
  void openStore() throws IOException {
    store = new MediaStore(folder);
  }

  /** A wire and an answer that it may bring. */
  record Way(Wire wire, ScriptedAnswer answer) {
    @Override
    public String toString() {
      return wire.toString();
    }
  }

  static Stream<Way> ways() {
    return Stream.of(
        new Way(new Wire.OpenAiChat(false), ChatAnswers.markdown(PNG)),
        new Way(new Wire.OpenAiChat(true), ChatAnswers.streamed(PNG, 40)),
        new Way(new Wire.OpenRouterChat(false), ChatAnswers.images(PNG, "0.1")),
        new Way(new Wire.OpenRouterChat(true), ChatAnswers.imagesInEvents(PNG, "0.1")),
        new Way(new Wire.OpenRouterImages(), ChatAnswers.data(PNG, "0.1")),
        new Way(new Wire.OpenAiImages(), ChatAnswers.data(PNG, "0.1")),
        new Way(new Wire.Imagen(), ChatAnswers.prediction(PNG)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whereverAnAnswerIsCutItIsTheRightPictureOrGarbled(Way way) throws Exception {
    byte[] whole = bytes(way.answer());
    try (LoopbackOpenAi server = new LoopbackOpenAi(way.wire(), Authentication.BEARER, ".*")) {
      ImageModel model = model(server);
      for (int end = 0; end < whole.length; end++) {
        byte[] cut = Arrays.copyOf(whole, end);
        server.answer(
            ScriptedAnswer.of(
                200, way.answer().contentType(), end == 0 ? -1 : end, out -> out.write(cut)));
        ImageResult result = model.generate(request());
        if (result instanceof Failed failed) {
          assertThat(failed.problem()).as("cut at %s", end).isEqualTo(Problem.GARBLED);
        } else {
          assertShows(result);
        }
      }
      assertThat(server.refused()).isEmpty();
    }
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void inWhateverPiecesAnAnswerComesItIsTheSame(Way way) throws Exception {
    byte[] whole = bytes(way.answer());
    try (LoopbackOpenAi server = new LoopbackOpenAi(way.wire(), Authentication.BEARER, ".*")) {
      ImageModel model = model(server);
      for (int piece = 1; piece < 200; piece += 1 + piece / 8) {
        int size = piece;
        server.answer(
            ScriptedAnswer.of(
                200,
                way.answer().contentType(),
                0,
                out -> {
                  for (int at = 0; at < whole.length; at += size) {
                    out.write(whole, at, Math.min(size, whole.length - at));
                    out.flush();
                  }
                }));
        assertShows(model.generate(request()));
      }
    }
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whateverIsChangedInAnAnswerItEndsAndLeavesNoFile(Way way) throws Exception {
    byte[] whole = bytes(way.answer());
    try (LoopbackOpenAi server = new LoopbackOpenAi(way.wire(), Authentication.BEARER, ".*")) {
      ImageModel model = model(server);
      for (int seed = 0; seed < 300; seed++) {
        Random random = new Random(seed);
        byte[] changed = whole.clone();
        for (int count = random.nextInt(1, 4); count > 0; count--) {
          changed[random.nextInt(changed.length)] =
              (byte) "{}[]\":,\\ \n\u0000\u00ffdx0".charAt(random.nextInt(15));
        }
        server.answer(
            ScriptedAnswer.of(
                200, way.answer().contentType(), changed.length, out -> out.write(changed)));
        assertThat(model.generate(request())).isNotNull();
      }
    }
    assertNothingIsLeft();
  }

  private ImageModel model(LoopbackOpenAi server) {
    Endpoint endpoint = server.endpoint();
    return endpoint.wire() instanceof Wire.Imagen
        ? new ImagenModel(endpoint, LoopbackOpenAi.credential(endpoint), store)
        : LoopbackOpenAi.model(endpoint, store);
  }

  private static byte[] bytes(ScriptedAnswer answer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    answer.body().write(bytes);
    return bytes.toByteArray();
  }

  private void assertShows(ImageResult result) throws IOException {
    assertThat(result).isInstanceOf(Made.class);
    Part last = ((Made) result).parts().getLast();
    assertThat(store.open(((Part.Image) last).blob().id()).readAllBytes()).isEqualTo(PNG);
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder.resolve("drafts"))) {
      assertThat(left).isEmpty();
    }
  }

  private static ImageRequest request() {
    return PlainRequest.of("a cat");
  }
}
