package dev.plantain.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.gemini.ScriptedAnswer;
import dev.plantain.media.MediaStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A provider that is told what to answer, and what holds of answers on every wire. A test of what
 * is made of answers extends it.
 */
public abstract class AnswerScene {
  @TempDir protected Path folder;
  protected MediaStore store;

  /** The model under test, keeping its pictures in the store. */
  protected abstract ImageModel model();

  /** Adds to what the provider answers next. */
  protected abstract void answers(ScriptedAnswer answer);

  @BeforeEach
  void openStore() throws IOException {
    store = new MediaStore(folder);
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(folder.resolve("drafts"))) {
      assertThat(left).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "\"text\"", "{\"hello\":1}", "<html><title>Hotel</title></html>"})
  void whatIsNoAnswerOfAnyWireIsGarbled(String body) throws Exception {
    assertThat(problem(answered(body))).isEqualTo(Problem.GARBLED);
    try (Stream<Path> kept = Files.walk(folder.resolve("blobs"))) {
      assertThat(kept.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void deepNestingIsGarbled() throws Exception {
    assertThat(problem(answered("{\"a\":" + "[".repeat(100_000)))).isEqualTo(Problem.GARBLED);
  }

  @Test
  void aPackedAnswerThatNobodyAskedForIsGarbled() throws Exception {
    answers(ScriptedAnswer.json("\u001f\u008b").with(Map.of("Content-Encoding", "gzip")));
    Failed failed = (Failed) asked();
    assertThat(failed.problem()).isEqualTo(Problem.GARBLED);
    assertThat(failed.detail()).contains("gzip");
  }

  protected ImageResult answered(String body) throws InterruptedException {
    answers(ScriptedAnswer.json(body));
    return asked();
  }

  protected ImageResult asked() throws InterruptedException {
    return model().generate(PlainRequest.of("a cat"));
  }

  protected static Problem problem(ImageResult result) {
    assertThat(result).isInstanceOf(Failed.class);
    return ((Failed) result).problem();
  }

  /** What others recorded; the test is skipped where that is not there. */
  protected static String recorded(String name) throws IOException {
    Path fixture =
        Path.of(System.getProperty("plantain.root", "."))
            .resolve("../shared/reference/fixtures")
            .resolve(name);
    assumeTrue(Files.exists(fixture), "the recordings are not on this machine");
    return Files.readString(fixture);
  }
}
