package dev.plantain.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.config.Secret;
import dev.plantain.image.Attempt;
import dev.plantain.image.Attempt.Basis;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Cause;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Usage;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.DayCounts;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Limits;
import dev.plantain.image.endpoint.Load;
import dev.plantain.image.endpoint.Route;
import dev.plantain.image.endpoint.RoutedModel;
import dev.plantain.image.endpoint.Uploads;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.AskedOfGemini;
import dev.plantain.image.gemini.GeminiWords;
import dev.plantain.image.gemini.LoopbackGemini;
import dev.plantain.image.gemini.Painted;
import dev.plantain.image.gemini.ScriptedAnswer;
import dev.plantain.image.openai.AskedInWords;
import dev.plantain.image.openai.LoopbackOpenAi;
import dev.plantain.image.openai.OpenAiChatWords;
import dev.plantain.image.wire.Credential;
import dev.plantain.media.Blob;
import dev.plantain.media.BlobDraft;
import dev.plantain.media.MediaStore;
import dev.plantain.media.MediaType;
import dev.plantain.time.DrivenClock;
import dev.plantain.words.TextModel.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text model over the wires that can write, each spoken to by a strict double. */
class RoutedTextModelTest {
  private static final String ID = "a-writer";
  private static final Question QUESTION =
      new Question("Say it \"again\".", "a cat\nand a dog", List.of());

  @TempDir Path folder;
  private final DrivenClock clock = new DrivenClock();

  private TextModel model(Endpoint endpoint) throws IOException {
    return model(endpoint, Duration.ofSeconds(20));
  }

  private TextModel model(Endpoint endpoint, Duration limit) throws IOException {
    ModelSpec spec = spec(limit);
    MediaStore media = new MediaStore(folder);
    RoutedModel routed =
        new RoutedModel(
            List.of(new Route(spec, List.of(endpoint), Optional.empty())),
            (at, key) -> open(at, key, media),
            DayCounts.inMemory(),
            false,
            clock);
    return new RoutedTextModel(routed, spec);
  }

  private static ModelSpec spec(Duration limit) {
    return ModelSpec.ofWords(
        ID,
        limit,
        Optional.of(
            new ModelSpec.Prices(
                Map.of(),
                Optional.of(new ModelSpec.TokenPrices(100_000, 400_000, 0)),
                LocalDate.EPOCH,
                "a test")));
  }

  private static ImageModel open(Endpoint endpoint, Optional<Secret> key, MediaStore media) {
    Credential credential = new Credential.Key(endpoint.authentication(), key.orElseThrow());
    return endpoint.wire() instanceof Wire.Gemini
        ? new GeminiWords(endpoint, credential, media)
        : new OpenAiChatWords(endpoint, credential, media);
  }

  private static LoopbackGemini gemini() {
    LoopbackGemini gemini = new LoopbackGemini();
    gemini.hasWriter(ID);
    return gemini;
  }

  private Blob photo() throws IOException {
    byte[] bytes = Painted.picture("png", 32, 18, 1);
    try (BlobDraft draft = new MediaStore(folder).begin()) {
      draft.write(bytes, 0, bytes.length);
      return new Blob(draft.keep(), MediaType.PNG, bytes.length, 32, 18);
    }
  }

  @Test
  void googleIsAskedForWordsAloneAndWhatItCountsIsPaid() throws Exception {
    try (LoopbackGemini gemini = gemini()) {
      TextAnswer answer = model(gemini.endpoint()).answer(QUESTION);

      assertThat(answer)
          .isEqualTo(
              new TextAnswer.Said(
                  "a cat\nand a dog",
                  // 200 tokens in, 100 out with the thoughts.
                  List.of(new Attempt("loopback", ID, "", 0, 20 + 40, Basis.TOKENS))));
      AskedOfGemini asked = gemini.asked().getFirst();
      assertThat(asked.contents()).hasSize(1);
      assertThat(asked.words()).isEqualTo("a cat\nand a dog");
    }
  }

  @Test
  void picturesGoWithTheWords() throws Exception {
    try (LoopbackGemini gemini = gemini()) {
      model(gemini.endpoint()).answer(new Question("Look.", "a cat", List.of(photo())));

      assertThat(gemini.asked().getFirst().contents().getFirst().parts()).hasSize(2);
    }
    try (LoopbackOpenAi chat = chat(new Wire.OpenAiChat(false))) {
      model(chat.endpoint()).answer(new Question("Look.", "a cat", List.of(photo())));

      assertThat(chat.asked().getFirst().pictures()).hasSize(1);
      assertThat(chat.refused()).isEmpty();
    }
  }

  private static LoopbackOpenAi chat(Wire wire) {
    LoopbackOpenAi chat = new LoopbackOpenAi(wire, Authentication.BEARER, ".*/chat/completions");
    chat.hasWriter(ID);
    return chat;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aChatGetsTheInstructionBeforeTheWordsWholeOrStreamed(boolean streamed) throws Exception {
    for (Wire wire : List.of(new Wire.OpenAiChat(streamed), new Wire.OpenRouterChat(streamed))) {
      try (LoopbackOpenAi chat = chat(wire)) {
        TextAnswer answer = model(chat.endpoint()).answer(QUESTION);

        assertThat(chat.refused()).isEmpty();
        assertThat(answer)
            .isInstanceOfSatisfying(
                TextAnswer.Said.class,
                said -> assertThat(said.words()).isEqualTo("a cat\nand a dog"));
        AskedInWords asked = chat.asked().getFirst();
        assertThat(asked.body().path("messages").get(0).path("content").asText())
            .isEqualTo("Say it \"again\".");
        assertThat(asked.body().path("messages")).hasSize(2);
      }
    }
  }

  @Test
  void whatAnAnswerLinksToIsNotFetched() throws Exception {
    try (LoopbackOpenAi chat = chat(new Wire.OpenAiChat(false))) {
      chat.file("/x.png", ScriptedAnswer.body(200, "image/png", "none"));
      String words = "a cat like ![this](" + chat.baseUrl() + "/x.png)";
      TextAnswer answer = model(chat.endpoint()).answer(new Question("Again.", words, List.of()));

      assertThat(chat.fetched()).isEmpty();
      assertThat(answer)
          .isInstanceOfSatisfying(
              TextAnswer.Said.class, said -> assertThat(said.words()).isEqualTo(words));
    }
  }

  @Test
  void aPictureInThePlaceOfWordsIsNone() throws Exception {
    try (LoopbackGemini gemini = gemini()) {
      gemini.answer(
          ScriptedAnswer.picture("Here.", Painted.picture("png", 8, 8, 1), "image/png", ""));

      assertThat(model(gemini.endpoint()).answer(QUESTION))
          .isInstanceOfSatisfying(
              TextAnswer.Failed.class,
              failed -> assertThat(failed.problem()).isEqualTo(Problem.GARBLED));
    }
  }

  @Test
  void aRefusalAndAFailureAreValuesThatHideTheKey() throws Exception {
    try (LoopbackGemini gemini = gemini()) {
      gemini.answer(ScriptedAnswer.json("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}"));
      assertThat(model(gemini.endpoint()).answer(QUESTION)).isInstanceOf(TextAnswer.Refused.class);

      gemini.answer(ScriptedAnswer.error(503, "UNAVAILABLE", "busy, says " + LoopbackGemini.KEY));
      TextAnswer busy = model(gemini.endpoint()).answer(QUESTION);
      assertThat(busy)
          .isInstanceOfSatisfying(
              TextAnswer.Failed.class,
              failed -> assertThat(failed.problem()).isEqualTo(Problem.OVERLOADED));
      assertThat(busy.toString()).doesNotContain(LoopbackGemini.KEY);

      gemini.answer(ScriptedAnswer.body(200, "text/html", "<html>"));
      assertThat(model(gemini.endpoint()).answer(QUESTION)).isInstanceOf(TextAnswer.Failed.class);
    }
  }

  @Test
  void whereThereIsNoRoomNobodyIsAskedAndItIsSaidWhenThereWillBe() throws Exception {
    try (LoopbackGemini gemini = gemini()) {
      Limits limits =
          new Limits(Optional.of(1), Optional.empty(), Optional.empty(), Optional.empty());
      TextModel model = model(with(gemini.endpoint(), limits, Load.ANY));
      model.answer(QUESTION);

      assertThat(model.answer(QUESTION))
          .isEqualTo(new TextAnswer.Waits(clock.instant().plusSeconds(60), Problem.RATE_LIMITED));
      assertThat(gemini.asked()).hasSize(1);
    }
  }

  @Test
  void whoCannotTakeAllPicturesIsShownNone() throws Exception {
    Question look = new Question("Look.", "two cats", List.of(photo(), photo()));
    long one = look.pictures().getFirst().bytes();
    try (LoopbackGemini gemini = gemini()) {
      for (Load load :
          List.of(
              new Load(Optional.of(1_000_000 + one * 2), Optional.empty()),
              new Load(Optional.empty(), Optional.of(one - 1)))) {
        assertThat(model(with(gemini.endpoint(), Limits.NONE, load)).answer(look))
            .isInstanceOfSatisfying(
                TextAnswer.Failed.class,
                failed -> assertThat(failed.problem()).isEqualTo(Problem.REQUEST_REJECTED));
      }
      assertThat(gemini.asked()).isEmpty();

      Load enough = new Load(Optional.of(1_000_000 + one * 3), Optional.of(one));
      assertThat(model(with(gemini.endpoint(), Limits.NONE, enough)).answer(look))
          .isInstanceOf(TextAnswer.Said.class);
      assertThat(gemini.asked().getFirst().contents().getFirst().parts()).hasSize(3);
    }
  }

  @Test
  void picturesThatAreTooLargeTogetherAreShownToNobodyAndCostNothing() throws Exception {
    try (LoopbackGemini gemini = gemini()) {
      Blob photo = photo();
      Blob large = new Blob(photo.id(), photo.type(), 6_750_001, photo.width(), photo.height());
      assertThat(
              model(gemini.endpoint())
                  .answer(new Question("Judge.", "a cat", List.of(large, large))))
          .isInstanceOfSatisfying(
              TextAnswer.Failed.class,
              failed -> {
                assertThat(failed.problem()).isEqualTo(Problem.REQUEST_REJECTED);
                assertThat(failed.paid()).isEmpty();
              });
      assertThat(gemini.asked()).isEmpty();
    }
  }

  @Test
  void whatARefusalTookIsPaid() throws Exception {
    Usage counted = new Usage(1_000, 500, 0, 1_500, Optional.empty());
    TextModel refusing =
        new RoutedTextModel(
            _ -> new ImageResult.Refused(Cause.UNSAFE, Optional.empty(), counted),
            spec(Duration.ofSeconds(20)));

    assertThat(refusing.answer(QUESTION))
        .isEqualTo(
            new TextAnswer.Refused(List.of(new Attempt(ID, ID, "", 0, 100 + 200, Basis.TOKENS))));
  }

  private static Endpoint with(Endpoint endpoint, Limits limits, Load load) {
    return new Endpoint(
        endpoint.name(),
        endpoint.wire(),
        endpoint.baseUrl(),
        endpoint.authentication(),
        endpoint.keys(),
        endpoint.theirNames(),
        endpoint.connectTimeout(),
        endpoint.timeLimit(),
        limits,
        load,
        endpoint.priceMicroDollars(),
        endpoint.pictureHosts(),
        Uploads.NONE);
  }

  @Test
  void anAnswerThatTakesTooLongIsNotWaitedFor() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (LoopbackGemini gemini = gemini()) {
      gemini.answer(ScriptedAnswer.words("late").after(never));

      assertThat(model(gemini.endpoint(), Duration.ofMillis(200)).answer(QUESTION))
          .isInstanceOfSatisfying(
              TextAnswer.Failed.class,
              failed -> {
                assertThat(failed.problem()).isEqualTo(Problem.TIMED_OUT);
                assertThat(failed.paid())
                    .as("it may have been billed")
                    .singleElement()
                    .satisfies(
                        paid -> assertThat(paid.basis()).isEqualTo(Basis.PERHAPS),
                        paid -> assertThat(paid.microDollars()).isGreaterThan(800));
              });
      never.countDown();
    }
  }
}
