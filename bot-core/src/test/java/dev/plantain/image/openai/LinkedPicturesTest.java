package dev.plantain.image.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Part;
import dev.plantain.image.AnswerScene;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Made;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageResult.Refused;
import dev.plantain.image.ImageResult.Spoke;
import dev.plantain.image.PlainRequest;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Limits;
import dev.plantain.image.endpoint.Load;
import dev.plantain.image.endpoint.Uploads;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.Painted;
import dev.plantain.image.gemini.ScriptedAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that only link to their picture. */
class LinkedPicturesTest extends AnswerScene {
  private static final byte[] PNG = Painted.picture("png", 20, 10, 1);

  private final LoopbackOpenAi server =
      new LoopbackOpenAi(new Wire.OpenAiChat(false), Authentication.BEARER, "/v1/chat/completions");

  @BeforeEach
  void offer() {
    server.file("/made/cat.png", file(PNG));
    server.file("/made/17", file(PNG));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected ImageModel model() {
    return LoopbackOpenAi.model(server.endpoint(), store);
  }

  @Override
  protected void answers(ScriptedAnswer answer) {
    server.answer(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"content\":\"![image](@/made/cat.png)\"",
        "\"content\":\"![](@/made/17)\"",
        "\"content\":\"@/made/cat.png?x=1.\"",
        "\"content\":\"@/made/17\"",
        "\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"@/made/17\"}}]",
        "\"content\":\"\",\"images\":[{\"image_url\":{\"url\":\"@/made/cat.png\"}}]"
      })
  void aPictureAtTheEndpointsOwnHostIsFetchedWithoutTheKey(String message) throws Exception {
    Made made = (Made) message(message);
    assertThat(made.parts()).singleElement().isInstanceOf(Part.Image.class);
    assertThat(store.open(((Part.Image) made.parts().getFirst()).blob().id()).readAllBytes())
        .isEqualTo(PNG);
    assertThat(server.fetched())
        .singleElement()
        .satisfies(headers -> {
          assertThat(headers).doesNotContainKeys("Authorization", "X-goog-api-key", "Cookie");
          assertThat(headers.toString()).doesNotContain(LoopbackOpenAi.KEY);
        });
  }

  @Test
  void wordsStayAroundItAndOneLinkTwiceIsOnePicture() throws Exception {
    Made made =
        (Made)
            message(
                "\"content\":\"Here:\\n![a](@/made/cat.png)\\n@/made/17\\nagain ![a](@/made/cat.png) bye\"");
    assertThat(made.parts())
        .extracting(part -> part instanceof Part.Text text ? text.words() : "(picture)")
        .containsExactly("Here:\n", "(picture)", "(picture)", "\nagain ", " bye");
  }

  @Test
  void linksBesideAPictureAreJustWords() throws Exception {
    Made made =
        (Made)
            message(
                "\"content\":\"@/made/cat.png " + ChatAnswers.dataUri(PNG).replace("@", "") + "\"");
    assertThat(server.fetched()).isEmpty();
    assertThat(made.parts()).hasSize(2);
  }

  @Test
  void aLinkAmongWordsIsNoPicture() throws Exception {
    Spoke spoke =
        (Spoke)
            message("\"content\":\"See https://en.example/cat for cats.\\nhttps://b.example/\"");
    assertThat(spoke.parts()).hasSize(1);
  }

  @Test
  void aRefusalIsNotFollowed() throws Exception {
    server.answer(
        ScriptedAnswer.json(
            ChatAnswers.completion(
                "\"content\":\"" + server.baseUrl() + "/made/cat.png\"",
                ",\"finish_reason\":\"content_filter\"")));
    assertThat(asked(endpoint(Set.of()))).isInstanceOf(Refused.class);
    assertThat(server.fetched()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://169.254.169.254/latest/meta-data/a.png, 169.254.169.254",
    "http://localhost:1/a.png, localhost",
    "http://other.example/secret?token=1, other.example",
    "http://127.0.0.1.nip.example/a.png, 127.0.0.1.nip.example"
  })
  void hostsThatNobodyNamedAreNotAsked(String address, String host) throws Exception {
    Failed failed = garbled("\"content\":\"![](" + address + ")\"", Set.of());
    assertThat(failed.detail()).contains(host).doesNotContain("token").contains("picture hosts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "localhost",
        "10.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.2]",
        "2130706433"
      })
  void namedHostsAreNotAskedWhereTheyAreOurOwnNetwork(String host) throws Exception {
    int port = server.baseUrl().getPort();
    Failed failed =
        garbled(
            "\"content\":\"![](http://" + host + ":" + port + "/made/cat.png)\"",
            Set.of("169.254.169.254", "localhost", "10.0.0.1", "::1", "127.0.0.2", "2130706433"));
    assertThat(server.fetched()).isEmpty();
    assertThat(failed.detail()).contains("public internet");
  }

  @Test
  void anotherPortOfTheEndpointsMachineIsOurOwnNetworkToo() throws Exception {
    try (LoopbackOpenAi other =
        new LoopbackOpenAi(new Wire.OpenAiChat(false), Authentication.BEARER, "/x")) {
      other.file("/a.png", file(PNG));
      garbled("\"content\":\"![](" + other.baseUrl() + "/a.png)\"", Set.of());
      assertThat(other.fetched()).isEmpty();
    }
  }

  @Test
  void redirectsAreFollowedAFewTimesAndCheckedEachTime() throws Exception {
    for (int hop = 1; hop <= 5; hop++) {
      server.file("/hop/" + hop, redirect(hop == 1 ? "/made/cat.png" : "/hop/" + (hop - 1)));
    }
    assertThat(message("\"content\":\"![](@/hop/3)\"")).isInstanceOf(Made.class);
    garbled("\"content\":\"![](@/hop/4)\"", Set.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/iam",
        "file:///etc/passwd",
        "//10.0.0.1/a.png",
        "http://localhost/"
      })
  void aRedirectIntoOurOwnNetworkIsNotFollowed(String target) throws Exception {
    server.file("/hop", redirect(target));
    garbled("\"content\":\"![](@/hop)\"", Set.of("169.254.169.254", "10.0.0.1"));
    assertThat(server.fetched()).hasSize(1);
  }

  @Test
  void whatIsNoPictureOrNotThereIsGarbled() throws Exception {
    server.file("/made/page.png", ScriptedAnswer.body(200, "text/html", "<html>"));
    server.file("/made/gone.png", ScriptedAnswer.body(404, "image/png", "no"));
    server.file("/made/cut.png", file(PNG).cutAfter(30));
    for (String path : List.of("page.png", "gone.png", "cut.png")) {
      assertThat(garbled("\"content\":\"![](@/made/" + path + ")\"", Set.of()).detail())
          .contains("127.0.0.1")
          .doesNotContain("made");
    }
  }

  @Test
  void aPictureWithoutEndIsGarbled() throws Exception {
    byte[] block = new byte[1 << 20];
    server.file(
        "/made/endless.png",
        ScriptedAnswer.of(
            200,
            "image/png",
            0,
            out -> {
              out.write(PNG);
              while (true) {
                out.write(block);
              }
            }));
    assertThat(garbled("\"content\":\"![](@/made/endless.png)\"", Set.of()).detail())
        .contains("64 MB");
  }

  @Test
  void theTimeLimitHoldsForThePictureToo() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    server.file("/made/late.png", file(PNG).after(never));
    Endpoint usual = endpoint(Set.of());
    Endpoint hasty =
        new Endpoint(
            usual.name(),
            usual.wire(),
            usual.baseUrl(),
            usual.authentication(),
            usual.keys(),
            Map.of(),
            Duration.ofSeconds(10),
            Optional.of(Duration.ofMillis(700)),
            Limits.NONE,
            Load.ANY,
            Optional.empty(),
            Set.of(),
            Uploads.NONE);
    answer("\"content\":\"![](@/made/late.png)\"");
    assertThat(((Failed) asked(hasty)).problem()).isEqualTo(Problem.TIMED_OUT);
    never.countDown();
  }

  private Failed garbled(String message, Set<String> hosts) throws InterruptedException {
    answer(message);
    Failed failed = (Failed) asked(endpoint(hosts));
    assertThat(failed.problem()).isEqualTo(Problem.GARBLED);
    return failed;
  }

  private ImageResult message(String message) throws InterruptedException {
    answer(message);
    return asked(endpoint(Set.of()));
  }

  private void answer(String message) {
    server.answer(
        ScriptedAnswer.json(
            ChatAnswers.completion(
                message.replace("@", server.baseUrl().toString()), ",\"finish_reason\":\"stop\"")));
  }

  private Endpoint endpoint(Set<String> hosts) {
    Endpoint plain = server.endpoint();
    return new Endpoint(
        plain.name(),
        plain.wire(),
        plain.baseUrl(),
        plain.authentication(),
        plain.keys(),
        Map.of(),
        Duration.ofSeconds(2),
        Optional.empty(),
        Limits.NONE,
        Load.ANY,
        Optional.empty(),
        hosts,
        Uploads.NONE);
  }

  private ImageResult asked(Endpoint endpoint) throws InterruptedException {
    return LoopbackOpenAi.model(endpoint, store).generate(PlainRequest.of("a cat"));
  }

  private static ScriptedAnswer file(byte[] bytes) {
    return ScriptedAnswer.of(200, "image/png", bytes.length, out -> out.write(bytes));
  }

  private static ScriptedAnswer redirect(String target) {
    return ScriptedAnswer.body(302, "text/html", "").with(Map.of("Location", target));
  }
}
