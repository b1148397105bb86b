package dev.plantain.image.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.config.Secret;
import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.Attempt;
import dev.plantain.image.BatchModel;
import dev.plantain.image.BatchModel.Look;
import dev.plantain.image.BatchModel.Parcel;
import dev.plantain.image.BatchModel.Sent;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Cause;
import dev.plantain.image.ImageResult.Made;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Rendering;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Route;
import dev.plantain.image.endpoint.RoutedBatches;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.wire.Credential;
import dev.plantain.media.MediaStore;
import dev.plantain.time.DrivenClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches at Google, over real HTTP. */
class GeminiBatchesTest {
  private static final ModelSpec MODEL = ModelCatalogue.packaged().standard();

  @TempDir Path folder;
  private final DrivenClock clock = new DrivenClock();
  private final LoopbackBatches google = new LoopbackBatches();
  private MediaStore store;
  private RoutedBatches batches;

  @BeforeEach
  void begin() throws IOException {
    store = new MediaStore(folder);
    batches = batches(google.endpoint());
  }

  private RoutedBatches batches(Endpoint endpoint) {
    return new RoutedBatches(
        List.of(new Route(MODEL, List.of(endpoint), Optional.empty())),
        (of, key) ->
            Optional.of(
                new GeminiBatches(
                    of, new Credential.Key(of.authentication(), key.orElseThrow()), store)),
        clock);
  }

  @AfterEach
  void end() {
    google.close();
  }

  private static Map<String, ImageRequest> asked(String... words) {
    Map<String, ImageRequest> asked = new LinkedHashMap<>();
    for (String one : words) {
      asked.put(
          "k" + asked.size(),
          new ImageRequest(
              MODEL,
              List.of(new Content(Author.MEMBER, List.of(Part.Text.of(one)))),
              Optional.empty(),
              Optional.of(new ImageSize("1K"))));
    }
    return asked;
  }

  private static final class Tried implements BatchModel.Trying {
    private Optional<String> line = Optional.empty();

    @Override
    public Optional<String> line() {
      return line;
    }

    @Override
    public void at(String at) {
      line = Optional.of(at);
    }

    @Override
    public void refused() {
      line = Optional.empty();
    }
  }

  private final Tried tried = new Tried();

  private Parcel sent(Map<String, ImageRequest> asked) throws InterruptedException {
    return ((Sent.Accepted) batches.send("label-1", asked, tried)).parcel();
  }

  private final Map<String, Rendering> taken = new LinkedHashMap<>();

  private Look look(Parcel parcel, Map<String, ImageRequest> asked) throws InterruptedException {
    return batches.look(parcel, asked, taken::put);
  }

  @Test
  void eachRequestGoesAsItWouldAloneUnderItsKey() throws InterruptedException {
    Parcel parcel = sent(asked("a \"fox\"", "a hare"));

    assertThat(parcel).isEqualTo(new Parcel("loopback/1", "batches/b1"));
    JsonNode requests = google.requests().getFirst();
    assertThat(requests).hasSize(2);
    assertThat(requests.get(0).path("metadata").path("key").asText()).isEqualTo("k0");
    assertThat(requests.at("/0/request/contents/0/parts/0/text").asText()).isEqualTo("a \"fox\"");
    assertThat(requests.at("/0/request/generationConfig/imageConfig/imageSize").asText())
        .isEqualTo("1K");
  }

  @Test
  void answersComeWhenItIsDoneAtHalfThePrice() throws InterruptedException {
    Map<String, ImageRequest> asked = asked("a fox", "a hare");
    Parcel parcel = sent(asked);
    assertThat(look(parcel, asked)).isInstanceOf(Look.Working.class);
    google.state("BATCH_STATE_RUNNING");
    assertThat(look(parcel, asked)).isInstanceOf(Look.Working.class);
    assertThat(taken).isEmpty();

    google.state("BATCH_STATE_SUCCEEDED");
    assertThat(look(parcel, asked)).isInstanceOf(Look.Done.class);
    assertThat(taken).containsOnlyKeys("k0", "k1");
    for (Rendering rendering : taken.values()) {
      assertThat(rendering.result()).isInstanceOf(Made.class);
      assertThat(rendering.attempts())
          .singleElement()
          .extracting(Attempt::microDollars)
          .isEqualTo((MODEL.listedPrice(Optional.of(new ImageSize("1K"))) + 1) / 2);
    }
  }

  @Test
  void oneThatFailsOrIsRefusedHarmsNoOther() throws InterruptedException {
    Map<String, ImageRequest> asked = asked("bad", "odd", "fox");
    Parcel parcel = sent(asked);
    google.makes(request ->
        switch (request.at("/contents/0/parts/0/text").asText()) {
          case "bad" -> refused();
          case "odd" -> LoopbackBatches.error(13, "An internal error has occurred.");
          default -> LoopbackBatches.painted(9, 9);
        });
    google.state("BATCH_STATE_SUCCEEDED");

    assertThat(look(parcel, asked)).isInstanceOf(Look.Done.class);
    assertThat(result("k0"))
        .isInstanceOfSatisfying(
            ImageResult.Refused.class,
            refused -> assertThat(refused.cause()).isEqualTo(Cause.UNSAFE));
    assertThat(result("k1")).isInstanceOf(ImageResult.Failed.class);
    assertThat(result("k2")).isInstanceOf(Made.class);
  }

  private ImageResult result(String key) {
    return Optional.ofNullable(taken.get(key)).orElseThrow().result();
  }

  private static com.fasterxml.jackson.databind.node.ObjectNode refused() {
    var answer = LoopbackBatches.painted(8, 8);
    var candidate =
        (com.fasterxml.jackson.databind.node.ObjectNode) answer.at("/response/candidates/0");
    candidate.remove("content");
    candidate.put("finishReason", "IMAGE_SAFETY");
    return answer;
  }

  @Test
  void aBatchThatArrivedUnheardIsFoundByItsLabelAndNotPostedAgain() throws InterruptedException {
    Map<String, ImageRequest> asked = asked("a fox");
    google.dropsNext();
    assertThat(batches.send("label-1", asked, tried))
        .isInstanceOfSatisfying(
            Sent.NotAccepted.class,
            not -> assertThat(not.failed().problem()).isEqualTo(Problem.UNREACHABLE));

    assertThat(sent(asked)).isEqualTo(new Parcel("loopback/1", "batches/b1"));
    assertThat(google.posts()).isEqualTo(1);
    assertThat(batches.send("label-2", asked, new Tried())).isInstanceOf(Sent.Accepted.class);
    assertThat(google.posts()).isEqualTo(2);
  }

  private RoutedBatches both(LoopbackBatches other) {
    Endpoint there = other.endpoint();
    Endpoint second =
        new Endpoint("second", there.wire(), there.baseUrl(), there.authentication(), there.keys());
    return new RoutedBatches(
        List.of(new Route(MODEL, List.of(google.endpoint(), second), Optional.empty())),
        (of, key) ->
            Optional.of(
                new GeminiBatches(
                    of, new Credential.Key(of.authentication(), key.orElseThrow()), store)),
        clock);
  }

  @Test
  void nobodyElseIsAskedWhileItMayHaveArrivedSomewhere() throws InterruptedException {
    try (LoopbackBatches other = new LoopbackBatches()) {
      RoutedBatches both = both(other);
      Map<String, ImageRequest> asked = asked("a fox");
      google.dropsNext();
      both.send("label-1", asked, tried);
      google.failsLists(true);
      assertThat(both.send("label-1", asked, tried))
          .isInstanceOfSatisfying(
              Sent.NotAccepted.class, not -> assertThat(not.mayHaveArrived()).isTrue());
      google.failsLists(false);

      assertThat(both.send("label-1", asked, tried))
          .isEqualTo(new Sent.Accepted(new Parcel("loopback/1", "batches/b1")));
      assertThat(google.posts()).isEqualTo(1);
      assertThat(other.posts()).isZero();
    }
  }

  @Test
  void behindAnErrorOfTheServerTheBatchMayStand() throws InterruptedException {
    try (LoopbackBatches other = new LoopbackBatches()) {
      RoutedBatches both = both(other);
      google.failsNext(true);
      assertThat(both.send("label-1", asked("a fox"), tried)).isInstanceOf(Sent.NotAccepted.class);

      assertThat(both.send("label-1", asked("a fox"), tried))
          .isEqualTo(new Sent.Accepted(new Parcel("loopback/1", "batches/b1")));
      assertThat(other.posts()).isZero();
    }
  }

  @Test
  void whereItDoesNotStandTheNextIsAskedFirst() throws InterruptedException {
    try (LoopbackBatches other = new LoopbackBatches()) {
      RoutedBatches both = both(other);
      google.failsNext(false);
      assertThat(both.send("label-1", asked("a fox"), tried)).isInstanceOf(Sent.NotAccepted.class);

      assertThat(both.send("label-1", asked("a fox"), tried))
          .isEqualTo(new Sent.Accepted(new Parcel("second/1", "batches/b1")));
      assertThat(google.posts()).isEqualTo(1);
    }
  }

  @Test
  void whatBreaksOffIsTakenAgain() throws Exception {
    Map<String, ImageRequest> asked = asked("a fox", "a hare", "an owl");
    Parcel parcel = sent(asked);
    google.state("BATCH_STATE_SUCCEEDED");
    google.words(body -> body.substring(0, body.length() * 2 / 3));
    assertThat(look(parcel, asked)).isInstanceOf(Look.Unknown.class);
    assertThat(taken).hasSizeLessThan(3);

    google.words(body -> body);
    assertThat(look(parcel, asked)).isInstanceOf(Look.Done.class);
    assertThat(taken)
        .hasSize(3)
        .allSatisfy((key, made) -> assertThat(made.result()).isInstanceOf(Made.class));
  }

  @Test
  void whereverADocumentIsCutNothingWrongIsTaken() throws InterruptedException {
    Map<String, ImageRequest> asked = asked("a fox", "a hare");
    Parcel parcel = sent(asked);
    google.state("BATCH_STATE_SUCCEEDED");
    int[] length = {0};
    google.words(body -> {
      length[0] = body.length();
      return body;
    });
    assertThat(look(parcel, asked)).isInstanceOf(Look.Done.class);
    for (int cut = 0; cut < length[0]; cut += 7) {
      int at = cut;
      taken.clear();
      google.words(body -> body.substring(0, at));
      assertThat(look(parcel, asked)).isInstanceOf(Look.Unknown.class);
      assertThat(taken.values())
          .allSatisfy(made -> assertThat(made.result()).isInstanceOf(Made.class));
    }
  }

  @Test
  void aBatchThatFailedExpiredOrIsUnknownBringsNothing() throws InterruptedException {
    Map<String, ImageRequest> asked = asked("a fox");
    Parcel parcel = sent(asked);
    for (String state : List.of("BATCH_STATE_FAILED", "BATCH_STATE_EXPIRED", "JOB_STATE_EXPIRED")) {
      google.state(state);
      assertThat(perhapsPaid(look(parcel, asked))).isFalse();
    }
    google.state("BATCH_STATE_OF_TOMORROW");
    google.words(
        body -> body.replaceFirst("\\{", "{\"error\":{\"code\":13,\"message\":\"It broke.\"},"));
    assertThat(perhapsPaid(look(parcel, asked))).isFalse();
    assertThat(perhapsPaid(look(new Parcel("loopback/1", "batches/none"), asked)))
        .as("who does not know it any more may have made it")
        .isTrue();
    assertThat(look(new Parcel("elsewhere/1", "batches/b1"), asked))
        .isInstanceOf(Look.Unknown.class);
    assertThat(taken).isEmpty();
  }

  private static boolean perhapsPaid(Look look) {
    return ((Look.Gone) look).perhapsPaid();
  }

  @Test
  void aBatchIsFoundOnWhateverPageItStands() throws InterruptedException {
    google.pages(2);
    for (int number = 1; number <= 4; number++) {
      batches.send("other-" + number, asked("a fox"), new Tried());
    }
    google.dropsNext();
    batches.send("label-1", asked("a hare"), tried);

    assertThat(sent(asked("a hare"))).isEqualTo(new Parcel("loopback/1", "batches/b5"));
    assertThat(google.posts()).isEqualTo(5);
  }

  @Test
  void whoIsBusyTookNothingAndTheNextIsAskedAtOnce() throws InterruptedException {
    try (LoopbackBatches other = new LoopbackBatches()) {
      google.isBusy(true);
      assertThat(both(other).send("label-1", asked("a fox"), tried))
          .isEqualTo(new Sent.Accepted(new Parcel("second/1", "batches/b1")));

      other.isBusy(true);
      Tried anew = new Tried();
      assertThat(both(other).send("label-2", asked("a fox"), anew))
          .isInstanceOfSatisfying(
              Sent.NotAccepted.class,
              not -> {
                assertThat(not.failed().problem()).isEqualTo(Problem.RATE_LIMITED);
                assertThat(not.mayHaveArrived()).isFalse();
              });
      assertThat(anew.line()).as("it is nowhere, for certain").isEmpty();
      assertThat(batches.serves(MODEL)).isTrue();
    }
  }

  @Test
  void whereTheLineIsGoneToWhichItWasPostedItMayHaveArrived() throws InterruptedException {
    tried.at("elsewhere/1");
    assertThat(batches.send("label-1", asked("a fox"), tried))
        .isInstanceOfSatisfying(
            Sent.NotAccepted.class, not -> assertThat(not.mayHaveArrived()).isTrue());
    assertThat(google.posts()).isZero();
  }

  @Test
  void answersWithoutKeysAreInTheOrderOfTheRequests() throws InterruptedException {
    Map<String, ImageRequest> asked = asked("bad", "a fox");
    Parcel parcel = sent(asked);
    google.makes(request ->
        request.at("/contents/0/parts/0/text").asText().equals("bad")
            ? LoopbackBatches.error(8, "Resource has been exhausted.")
            : LoopbackBatches.painted(9, 9));
    google.state("BATCH_STATE_SUCCEEDED");
    google.words(body -> body.replaceAll("\\{\"key\":\"k\\d\"}", "{}"));

    assertThat(look(parcel, asked)).isInstanceOf(Look.Done.class);
    assertThat(result("k0"))
        .isInstanceOfSatisfying(
            ImageResult.Failed.class,
            failed -> assertThat(failed.problem()).isEqualTo(Problem.RATE_LIMITED));
    assertThat(result("k1")).isInstanceOf(Made.class);
  }

  @Test
  void whatIsCancelledEndsWithWhatWasMade() throws InterruptedException {
    Map<String, ImageRequest> asked = asked("a fox");
    Parcel parcel = sent(asked);
    batches.cancel(parcel);

    assertThat(look(parcel, asked)).isInstanceOf(Look.Done.class);
    assertThat(taken).hasSize(1);
  }

  @Test
  void aModelWhoseBatchesAreRefusedIsNotAskedForThemAgainSoon() throws InterruptedException {
    ModelSpec unknown = ModelCatalogue.packaged().named("gemini-of-tomorrow");
    RoutedBatches routed =
        new RoutedBatches(
            List.of(new Route(unknown, List.of(google.endpoint()), Optional.empty())),
            (of, key) ->
                Optional.of(
                    new GeminiBatches(
                        of, new Credential.Key(of.authentication(), key.orElseThrow()), store)),
            clock);
    ImageRequest request =
        new ImageRequest(
            unknown,
            List.of(new Content(Author.MEMBER, List.of(Part.Text.of("a fox")))),
            Optional.empty(),
            Optional.empty());
    assertThat(routed.serves(unknown)).isTrue();
    assertThat(routed.send("label-1", Map.of("k", request), tried))
        .isInstanceOf(Sent.NotAccepted.class);
    assertThat(routed.serves(unknown)).isFalse();

    clock.advance(Duration.ofHours(6));
    assertThat(routed.serves(unknown)).isTrue();
  }

  @Test
  void aKeyThatIsRefusedStaysOutOfWhatIsTold() throws InterruptedException {
    Endpoint wrong =
        new Endpoint(
            "loopback",
            new Wire.Gemini(),
            URI.create(google.endpoint().baseUrl().toString()),
            Authentication.GOOGLE_KEY,
            List.of(new Secret("AIza-wrong")));

    assertThat(batches(wrong).send("label-1", asked("a fox"), tried))
        .isInstanceOfSatisfying(
            Sent.NotAccepted.class,
            not -> {
              assertThat(not.failed().problem()).isEqualTo(Problem.KEY_REJECTED);
              assertThat(not.failed().detail()).doesNotContain("AIza-wrong");
            });
  }

  @Test
  void nobodyThereIsToldWithinTheTimeOfAConnection() throws InterruptedException {
    google.close();

    assertThat(batches.send("label-1", asked("a fox"), tried))
        .isInstanceOfSatisfying(
            Sent.NotAccepted.class,
            not -> assertThat(not.failed().problem()).isEqualTo(Problem.UNREACHABLE));
  }
}
