package dev.plantain.image.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plantain.config.Secret;
import dev.plantain.conversation.Author;
import dev.plantain.conversation.Content;
import dev.plantain.conversation.Part;
import dev.plantain.image.Attempt;
import dev.plantain.image.ImageModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.image.ImageResult;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.ImageResult.Spoke;
import dev.plantain.image.ImageResult.Waits;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Rendering;
import dev.plantain.image.Usage;
import dev.plantain.media.Blob;
import dev.plantain.media.BlobId;
import dev.plantain.media.MediaType;
import dev.plantain.time.DrivenClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoutedModelTest {
  private static final ModelSpec PRO = model("gemini-3-pro-image");
  private static final ModelSpec OLD = model("gemini-3.1-flash-image");
  private static final ModelSpec NEW = model("gemini-nano-banana-2.1");

  private final DrivenClock clock = new DrivenClock();
  private final List<String> asked = new ArrayList<>();
  private final List<List<Long>> sizes = new ArrayList<>();
  private final Map<String, Deque<ImageResult>> answers = new HashMap<>();
  private final DayCounts days = DayCounts.inMemory();
  private boolean mayPayTwice;

  @Test
  void theFirstEndpointAnswersWhileItWorks() throws Exception {
    RoutedModel model = model(route(PRO, endpoint("google"), endpoint("gateway")));
    assertThat(render(model, PRO).result()).isInstanceOf(Spoke.class);
    assertThat(asked).containsExactly("google/key gemini-3-pro-image");
  }

  @ParameterizedTest
  @EnumSource(
      value = Problem.class,
      names = {
        "OVERLOADED",
        "RATE_LIMITED",
        "DAY_EXHAUSTED",
        "NOT_INCLUDED",
        "KEY_REJECTED",
        "LOCATION_REJECTED",
        "MODEL_GONE",
        "REQUEST_REJECTED",
        "UNREACHABLE"
      })
  void whatOneCannotServeTheNextDoes(Problem problem) throws Exception {
    answers("google/key", failed(problem));
    RoutedModel model = model(route(PRO, endpoint("google"), endpoint("gateway")));

    assertThat(render(model, PRO).result()).isInstanceOf(Spoke.class);
    assertThat(asked)
        .containsExactly("google/key gemini-3-pro-image", "gateway/key gemini-3-pro-image");
  }

  @ParameterizedTest
  @EnumSource(
      value = Problem.class,
      names = {"TIMED_OUT", "GARBLED"})
  void whatMayHaveBeenBilledIsNotAskedForAgainUnlessTheOperatorAllowsIt(Problem problem)
      throws Exception {
    answers("google/key", failed(problem));
    Rendering once = render(model(route(PRO, endpoint("google"), endpoint("gateway"))), PRO);
    assertThat(problem(once)).isEqualTo(problem);
    assertThat(asked).hasSize(1);
    assertThat(once.attempts())
        .containsExactly(new Attempt("google", PRO.id(), "", 0, 134_000, Attempt.Basis.PERHAPS));

    mayPayTwice = true;
    answers("google/key", failed(problem));
    Rendering twice = render(model(route(PRO, endpoint("google"), endpoint("gateway"))), PRO);
    assertThat(twice.result()).isInstanceOf(Spoke.class);
    assertThat(twice.attempts())
        .extracting(Attempt::endpoint, Attempt::basis)
        .containsExactly(
            tuple("google", Attempt.Basis.PERHAPS), tuple("gateway", Attempt.Basis.TOKENS));
  }

  @Test
  void aPictureThatIsRefusedIsNotTriedElsewhere() throws Exception {
    answers("google/key", failed(Problem.PICTURE_REJECTED));
    RoutedModel model = model(route(PRO, endpoint("google"), endpoint("gateway")));
    assertThat(problem(render(model, PRO))).isEqualTo(Problem.PICTURE_REJECTED);
    assertThat(asked).hasSize(1);
  }

  @Test
  void aModelThatNobodyServesIsLeftToItsSuccessorAtOnceFromThenOn() throws Exception {
    answers("google/key", failed(Problem.MODEL_GONE));
    RoutedModel model = model(route(OLD, endpoint("google")), route(NEW, endpoint("google")));

    assertThat(render(model, OLD).replaced()).isTrue();
    Rendering second = render(model, OLD);

    assertThat(((Spoke) second.result()).answeredBy()).isEqualTo(NEW.id());
    assertThat(asked)
        .containsExactly(
            "google/key " + OLD.id(), "google/key " + NEW.id(), "google/key " + NEW.id());
    clock.advance(Duration.ofHours(1));
    render(model, OLD);
    assertThat(asked.getLast()).endsWith(OLD.id());
  }

  @Test
  void aModelThatIsOverloadedIsLeftToItsFallback() throws Exception {
    answers("google/key", failed(Problem.OVERLOADED));
    RoutedModel model =
        model(
            new Route(PRO, List.of(endpoint("google")), Optional.of(NEW)),
            route(NEW, endpoint("google")));
    Rendering rendering = render(model, PRO);
    assertThat(((Spoke) rendering.result()).answeredBy()).isEqualTo(NEW.id());
    assertThat(rendering.replaced()).isFalse();
  }

  @Test
  void modelsThatStandInForEachOtherAreAskedOnceEach() throws Exception {
    answers("google/key", failed(Problem.OVERLOADED), failed(Problem.OVERLOADED));
    RoutedModel model =
        model(
            new Route(PRO, List.of(endpoint("google")), Optional.of(NEW)),
            new Route(NEW, List.of(endpoint("google")), Optional.of(PRO)));
    assertThat(problem(render(model, PRO))).isEqualTo(Problem.OVERLOADED);
    assertThat(asked).hasSize(2);
  }

  @Test
  void everyKeyIsTriedBeforeTheNextEndpoint() throws Exception {
    answers("google/one", failed(Problem.RATE_LIMITED));
    answers("google/two", failed(Problem.RATE_LIMITED));
    Endpoint google = endpoint("google", Limits.NONE, "one", "two");
    RoutedModel model = model(route(PRO, google, endpoint("gateway")));
    render(model, PRO);
    render(model, PRO);
    assertThat(asked)
        .containsExactly(
            "google/one " + PRO.id(),
            "google/two " + PRO.id(),
            "gateway/key " + PRO.id(),
            "gateway/key " + PRO.id());
  }

  @Test
  void whatTheMinuteDoesNotHoldWaitsHereAndIsNotSent() throws Exception {
    RoutedModel model = model(route(PRO, endpoint("google", perMinute(2), "key")));
    Instant begin = clock.instant();
    render(model, PRO);
    clock.advance(Duration.ofSeconds(20));
    render(model, PRO);
    clock.advance(Duration.ofSeconds(20));

    assertThat(render(model, PRO).result())
        .isEqualTo(new Waits(begin.plusSeconds(60), Problem.RATE_LIMITED));
    assertThat(asked).hasSize(2);
    clock.advance(Duration.ofSeconds(20));
    assertThat(render(model, PRO).result()).isInstanceOf(Spoke.class);
    assertThat(((Waits) render(model, PRO).result()).until()).isEqualTo(begin.plusSeconds(80));
  }

  @Test
  void aShortWaitIsBetterThanAnotherModelAndALongOneIsNot() throws Exception {
    RoutedModel model =
        model(
            new Route(PRO, List.of(endpoint("google", perMinute(1), "key")), Optional.of(NEW)),
            route(NEW, endpoint("gateway")));
    render(model, PRO);
    assertThat(render(model, PRO).result()).isInstanceOf(Waits.class);

    RoutedModel daily =
        model(
            new Route(
                PRO,
                List.of(
                    endpoint(
                        "daily",
                        new Limits(
                            Optional.empty(), Optional.of(1), Optional.empty(), Optional.empty()),
                        "key")),
                Optional.of(NEW)),
            route(NEW, endpoint("gateway")));
    render(daily, PRO);
    assertThat(((Spoke) render(daily, PRO).result()).answeredBy()).isEqualTo(NEW.id());
  }

  @Test
  void aDayThatIsUsedUpStaysSoAfterARestartAndEndsAtMidnightInCalifornia() throws Exception {
    Limits one = new Limits(Optional.empty(), Optional.of(1), Optional.empty(), Optional.empty());
    render(model(route(PRO, endpoint("google", one, "key"))), PRO);

    RoutedModel restarted = model(route(PRO, endpoint("google", one, "key")));
    Failed failed = (Failed) render(restarted, PRO).result();
    assertThat(failed.problem()).isEqualTo(Problem.DAY_EXHAUSTED);
    assertThat(asked).hasSize(1);

    clock.advance(failed.retryAfter().orElseThrow());
    assertThat(render(restarted, PRO).result()).isInstanceOf(Spoke.class);
    assertThat(clock.instant().atZone(Limiter.DAY_ZONE).getHour()).isZero();
  }

  @Test
  void tokensAreCountedByTheMinute() throws Exception {
    Limits tokens =
        new Limits(Optional.empty(), Optional.empty(), Optional.of(5_000), Optional.empty());
    RoutedModel model = model(route(PRO, endpoint("google", tokens, "key")));
    render(model, PRO);
    render(model, PRO);
    assertThat(render(model, PRO).result()).isInstanceOf(Waits.class);
    clock.advance(Duration.ofMinutes(1));
    assertThat(render(model, PRO).result()).isInstanceOf(Spoke.class);
  }

  @Test
  void aRefusalByTheProviderHoldsBackWhatFollowsUntilItSays() throws Exception {
    answers(
        "google/key",
        new Failed(Problem.RATE_LIMITED, Optional.of(Duration.ofSeconds(48)), "later"));
    RoutedModel model = model(route(PRO, endpoint("google")), route(NEW, endpoint("google")));
    Instant begin = clock.instant();
    assertThat(problem(render(model, PRO))).isEqualTo(Problem.RATE_LIMITED);
    assertThat(render(model, PRO).result())
        .isEqualTo(new Waits(begin.plusSeconds(48), Problem.RATE_LIMITED));
    // Google counts each model for itself.
    assertThat(render(model, NEW).result()).isInstanceOf(Spoke.class);
    assertThat(asked).hasSize(2);
  }

  @Test
  void anEndpointThatFailsAgainAndAgainIsLeftOutAndTriedNowAndThen() throws Exception {
    for (int failures = 0; failures < 7; failures++) {
      answers("google/key", failed(Problem.UNREACHABLE));
    }
    RoutedModel model = model(route(PRO, endpoint("google"), endpoint("gateway")));
    for (int round = 0; round < 10; round++) {
      render(model, PRO);
    }
    assertThat(askedOf("google")).isEqualTo(5);

    clock.advance(Duration.ofSeconds(30));
    render(model, PRO);
    render(model, PRO);
    assertThat(askedOf("google")).as("one probe").isEqualTo(6);
    clock.advance(Duration.ofSeconds(30));
    render(model, PRO);
    assertThat(askedOf("google")).as("the next comes later").isEqualTo(6);
    clock.advance(Duration.ofSeconds(30));
    render(model, PRO);
    clock.advance(Duration.ofMinutes(2));
    render(model, PRO);
    render(model, PRO);
    assertThat(askedOf("google")).as("it works again").isEqualTo(9);
  }

  @Test
  void aProbeThatIsRefusedForALimitShowsThatTheEndpointWorks() throws Exception {
    for (int failures = 0; failures < 5; failures++) {
      answers("google/key", failed(Problem.UNREACHABLE));
    }
    answers("google/key", failed(Problem.RATE_LIMITED));
    RoutedModel model =
        model(route(PRO, endpoint("google"), endpoint("gateway")), route(NEW, endpoint("google")));
    for (int round = 0; round < 5; round++) {
      render(model, PRO);
    }
    clock.advance(Duration.ofSeconds(30));
    render(model, PRO);
    assertThat(render(model, NEW).result()).isInstanceOf(Spoke.class);
    assertThat(askedOf("google")).isEqualTo(7);
  }

  @Test
  void aKeyThatIsRejectedIsNotSentWithEveryRequest() throws Exception {
    answers("google/key", failed(Problem.KEY_REJECTED));
    RoutedModel model = model(route(PRO, endpoint("google")));
    assertThat(problem(render(model, PRO))).isEqualTo(Problem.KEY_REJECTED);
    assertThat(problem(render(model, PRO))).isEqualTo(Problem.KEY_REJECTED);
    assertThat(asked).hasSize(1);
  }

  @Test
  void whatIsKnownToPassIsWaitedForRatherThanReportedAsBroken() throws Exception {
    answers("google/key", failed(Problem.KEY_REJECTED));
    answers("gateway/key", failed(Problem.OVERLOADED));
    RoutedModel model = model(route(PRO, endpoint("google"), endpoint("gateway")));
    assertThat(problem(render(model, PRO))).isEqualTo(Problem.OVERLOADED);
  }

  @Test
  void anAgreedPriceAndATrueOneOutweighTheListedOne() throws Exception {
    answers(
        "cheap/key",
        new Spoke(List.of(), PRO.id(), Usage.NONE),
        new Spoke(List.of(), PRO.id(), new Usage(0, 0, 0, 0, Optional.of(1_234L))));
    Endpoint cheap = priced("cheap", 50_000);
    RoutedModel model = model(route(PRO, cheap));
    assertThat(render(model, PRO).attempts())
        .containsExactly(new Attempt("cheap", PRO.id(), "", 0, 50_000, Attempt.Basis.AGREED));
    assertThat(render(model, PRO).attempts())
        .containsExactly(new Attempt("cheap", PRO.id(), "", 0, 1_234, Attempt.Basis.TOLD));
  }

  @Test
  void aRequestIsCutToWhatItsEndpointTakesAndGoesWholeToTheNext() throws Exception {
    answers("small/key", failed(Problem.OVERLOADED));
    RoutedModel model = model(route(PRO, loaded("small", 2_500_000), endpoint("gateway")));
    model.render(pictures(700_000, 600_000, 100_000));
    assertThat(sizes)
        .containsExactly(List.of(700_000L, 100_000L), List.of(700_000L, 600_000L, 100_000L));
  }

  @Test
  void aPictureThatAnEndpointTakesNotIsNotSentThere() throws Exception {
    Endpoint narrow = loaded("narrow", new Load(Optional.empty(), Optional.of(500_000L)));
    RoutedModel model = model(route(PRO, narrow, endpoint("gateway")));
    model.render(pictures(700_000, 100_000));
    assertThat(sizes).containsExactly(List.of(100_000L));
    model.render(pictures(700_000));
    assertThat(asked.getLast()).startsWith("gateway/");

    Rendering nowhere = model(route(PRO, narrow)).render(pictures(700_000));
    assertThat(problem(nowhere)).isEqualTo(Problem.REQUEST_REJECTED);
    assertThat(((Failed) nowhere.result()).detail()).contains("larger than what narrow takes");
    assertThat(nowhere.attempts()).isEmpty();
  }

  @Test
  void aRequestToVertexIsNotLargerThanItsDocumentationSays() throws Exception {
    Endpoint vertex =
        new Endpoint(
            "vertex",
            new Wire.Vertex(Optional.of("p"), "global", Optional.empty()),
            URI.create("https://vertex.test"),
            Authentication.BEARER,
            List.of(new Secret("key")));
    model(route(PRO, vertex)).render(pictures(7_000_000, 8_000_000, 6_000_000));
    assertThat(sizes).containsExactly(List.of(7_000_000L, 6_000_000L));
  }

  @Test
  void aModelThatStandsInIsGivenNoMorePicturesThanItTakes() throws Exception {
    answers("google/key", failed(Problem.OVERLOADED));
    ModelSpec three = model("gemini-2.5-flash-image");
    RoutedModel model =
        model(
            new Route(PRO, List.of(endpoint("google")), Optional.of(three)),
            route(three, endpoint("gateway")));
    model.render(pictures(1, 2, 3, 4, 5));
    assertThat(sizes.getLast()).containsExactly(1L, 4L, 5L);
  }

  /** A branch in which the member adds a picture with each turn. */
  private static ImageRequest pictures(int... bytes) {
    List<Content> contents = new ArrayList<>();
    for (int index = 0; index < bytes.length; index++) {
      if (index > 0) {
        contents.add(new Content(Author.MODEL, List.of(Part.Text.of("Which?"))));
      }
      BlobId id = new BlobId("%064d".formatted(index));
      contents.add(
          new Content(
              Author.MEMBER,
              List.of(
                  Part.Image.of(new Blob(id, MediaType.PNG, bytes[index], 8, 8)),
                  Part.Text.of("this"))));
    }
    return new ImageRequest(PRO, contents, Optional.empty(), Optional.empty());
  }

  private static List<Long> sizes(ImageRequest request) {
    return request.contents().stream()
        .flatMap(content -> content.parts().stream())
        .filter(Part.Image.class::isInstance)
        .map(part -> ((Part.Image) part).blob().bytes())
        .toList();
  }

  private RoutedModel model(Route... routes) {
    return new RoutedModel(List.of(routes), this::open, days, mayPayTwice, clock);
  }

  private ImageModel open(Endpoint endpoint, Optional<Secret> key) {
    String line = endpoint.name() + "/" + key.orElseThrow().reveal();
    return request -> {
      asked.add(line + " " + request.model().id());
      sizes.add(sizes(request));
      ImageResult scripted = answers.getOrDefault(line, new ArrayDeque<>()).poll();
      return scripted != null
          ? scripted
          : new Spoke(List.of(), request.model().id(), new Usage(10, 10, 0, 20, Optional.empty()));
    };
  }

  private void answers(String line, ImageResult... results) {
    answers.computeIfAbsent(line, _ -> new ArrayDeque<>()).addAll(List.of(results));
  }

  private long askedOf(String endpoint) {
    return asked.stream().filter(line -> line.startsWith(endpoint + "/")).count();
  }

  private static Rendering render(RoutedModel model, ModelSpec spec) throws Exception {
    return model.render(
        new ImageRequest(
            spec,
            List.of(new Content(Author.MEMBER, List.of(Part.Text.of("a cat")))),
            Optional.empty(),
            Optional.empty()));
  }

  private static Problem problem(Rendering rendering) {
    return ((Failed) rendering.result()).problem();
  }

  private static Failed failed(Problem problem) {
    return new Failed(problem, Optional.empty(), "as told");
  }

  private static Route route(ModelSpec model, Endpoint... endpoints) {
    return new Route(model, List.of(endpoints), Optional.empty());
  }

  private static Limits perMinute(int requests) {
    return new Limits(Optional.of(requests), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Endpoint endpoint(String name) {
    return endpoint(name, Limits.NONE, "key");
  }

  private static Endpoint endpoint(String name, Limits limits, String... keys) {
    return endpoint(name, limits, Load.ANY, Optional.empty(), keys);
  }

  private static Endpoint loaded(String name, long maxRequestBytes) {
    return loaded(name, new Load(Optional.of(maxRequestBytes), Optional.empty()));
  }

  private static Endpoint loaded(String name, Load load) {
    return endpoint(name, Limits.NONE, load, Optional.empty(), "key");
  }

  private static Endpoint priced(String name, long microDollars) {
    return endpoint(name, Limits.NONE, Load.ANY, Optional.of(microDollars), "key");
  }

  private static Endpoint endpoint(
      String name, Limits limits, Load load, Optional<Long> price, String... keys) {
    return new Endpoint(
        name,
        new Wire.Gemini(),
        URI.create("https://" + name + ".test"),
        Authentication.BEARER,
        Arrays.stream(keys).map(Secret::new).toList(),
        Map.of(),
        Duration.ofSeconds(1),
        Optional.empty(),
        limits,
        load,
        price,
        Set.of(),
        Uploads.NONE);
  }

  private static ModelSpec model(String id) {
    return ModelCatalogue.packaged().find(id).orElseThrow();
  }
}
