package dev.plantain.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.config.Secret;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.DayCounts;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Limits;
import dev.plantain.image.endpoint.Load;
import dev.plantain.image.endpoint.Route;
import dev.plantain.image.endpoint.RoutedModel;
import dev.plantain.image.endpoint.Uploads;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.GeminiModel;
import dev.plantain.image.gemini.LoopbackGemini;
import dev.plantain.image.gemini.Painted;
import dev.plantain.image.gemini.ScriptedAnswer;
import dev.plantain.image.wire.Credential;
import dev.plantain.platform.MessageRef;
import dev.plantain.quota.AuditResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many requests over two endpoints of which a fifth of all calls fails, billed by the double: what
 * we wrote down is what it takes, to the micro-dollar, and every request has an answer.
 */
class SoakTest {
  private static final int REQUESTS = Integer.getInteger("soak.requests", 100);
  private static final int FAILING_PERCENT = 20;
  private static final ModelSpec NANO = model("gemini-nano-banana-2.1");
  private static final ModelSpec PRO = model("gemini-3-pro-image");
  private static final byte[] PICTURE = Painted.picture("jpg", 64, 48, 1);

  @TempDir Path folder;
  private final LoopbackGemini google = new LoopbackGemini();
  private final LoopbackGemini gateway = new LoopbackGemini();
  private final Random random = new Random(1);
  private Scene scene;
  private long billed;
  private int failures;
  private int calls;

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
    google.decides(model -> Optional.of(decide(model)));
    gateway.decides(model -> Optional.of(decide(model)));
    List<Endpoint> both =
        List.of(
            endpoint("google", google, Optional.of(30)),
            endpoint("gateway", gateway, Optional.empty()));
    scene
        .model()
        .asks(
            new RoutedModel(
                List.of(
                    new Route(NANO, both, Optional.of(PRO)),
                    new Route(PRO, both, Optional.empty())),
                (endpoint, key) ->
                    new GeminiModel(
                        endpoint,
                        new Credential.Key(endpoint.authentication(), key.orElseThrow()),
                        scene.media()),
                DayCounts.inMemory(),
                false,
                scene.clock),
            NANO);
  }

  @AfterEach
  void end() {
    scene.close();
    google.close();
    gateway.close();
  }

  @Test
  void theBooksAreTheProvidersBill() {
    List<MessageRef> asked = new ArrayList<>();
    for (int number = 0; number < REQUESTS; number++) {
      asked.add(scene.by(scene.ann).toUs().says("picture " + number));
      if (number % 5 == 0) {
        scene.settle();
        scene.clock.advance(Duration.ofSeconds(random.nextInt(20)));
      }
    }
    scene.settle();

    assertThat(asked)
        .allSatisfy(request -> assertThat(scene.answerTo(request).words()).isNotEmpty());
    assertThat(failures).isGreaterThan(calls / 10);
    assertThat(sum("select sum(micro_dollars) as n from paid_call")).isEqualTo(billed);
    assertThat(sum("select sum(micro_dollars) as n from paid_call where lost = 0"))
        .isEqualTo(scene.spent().microDollars());
    assertThat(scene.spent().pictures())
        .isEqualTo(asked.stream().filter(one -> scene.answerTo(one).file().isPresent()).count());
    assertThat(scene.audit()).isInstanceOf(AuditResult.Agrees.class);
    assertThat(scene.count("reservation")).isZero();
    assertThat(scene.count("job where state <> 'ended'")).isZero();
  }

  /** What the double answers to the next call, and bills. */
  private ScriptedAnswer decide(String model) {
    calls++;
    ModelSpec spec = model(model);
    if (random.nextInt(100) >= FAILING_PERCENT) {
      int prompt = random.nextInt(4000);
      int words = random.nextInt(900);
      bill(spec, prompt, words, 1120);
      return ScriptedAnswer.json(
          """
          {"candidates":[{"content":{"role":"model","parts":[{"inlineData":{"mimeType":"image/jpeg","data":"%s"}}]},
           "finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":%d,"candidatesTokenCount":%d,"totalTokenCount":%d,
           "candidatesTokensDetails":[{"modality":"IMAGE","tokenCount":1120}]}}
          """
              .formatted(
                  Base64.getEncoder().encodeToString(PICTURE),
                  prompt,
                  words + 1120,
                  prompt + words + 1120));
    }
    failures++;
    return switch (random.nextInt(9)) {
      case 0 -> ScriptedAnswer.error(503, "UNAVAILABLE", "The model is overloaded.");
      case 1 ->
          ScriptedAnswer.error(429, "RESOURCE_EXHAUSTED", "Quota exceeded. Please retry in 3.5s.");
      case 2 -> ScriptedAnswer.error(500, "INTERNAL", "An internal error has occurred.");
      case 3 -> ScriptedAnswer.json("{\"promptFeedback\":{\"blockReason\":\"OTHER\"}}");
      case 4 -> {
        int prompt = random.nextInt(1, 4000);
        bill(spec, prompt, 200, 0);
        yield ScriptedAnswer.json(
            """
            {"candidates":[{"finishReason":"IMAGE_SAFETY"}],
             "usageMetadata":{"promptTokenCount":%d,"totalTokenCount":%d}}
            """
                .formatted(prompt, prompt + 200));
      }
      case 5 -> {
        // Nobody can tell what it counted: a double that bills the listed price is the worst case.
        billed += spec.listedPrice(Optional.empty());
        yield ScriptedAnswer.picture("", PICTURE, "image/jpeg", "c2ln").cutAfter(200);
      }
      case 6 -> {
        int prompt = random.nextInt(1, 4000);
        bill(spec, prompt, 300, 0);
        yield ScriptedAnswer.json(
            """
            {"candidates":[{"content":{"parts":[]},"finishReason":"NO_IMAGE"}],
             "usageMetadata":{"promptTokenCount":%d,"totalTokenCount":%d}}
            """
                .formatted(prompt, prompt + 300));
      }
      case 7 ->
          ScriptedAnswer.json(
              """
              {"candidates":[{"content":{},"finishReason":"IMAGE_OTHER",
                "finishMessage":"Unable to show the generated image. You will not be charged for this request."}],
               "usageMetadata":{"promptTokenCount":70,"totalTokenCount":700}}
              """);
      default -> ScriptedAnswer.body(502, "text/html", "<html>Bad gateway</html>");
    };
  }

  private void bill(ModelSpec model, long prompt, long words, long image) {
    var prices = model.prices().orElseThrow().tokens().orElseThrow();
    long millionths = prompt * prices.input() + words * prices.output() + image * prices.image();
    billed += Math.ceilDiv(millionths, 1_000_000L);
  }

  private long sum(String query) {
    return scene
        .database()
        .read(reading -> reading.first(query, row -> row.number("n")).orElseThrow());
  }

  private static Endpoint endpoint(
      String name, LoopbackGemini billing, Optional<Integer> perMinute) {
    return new Endpoint(
        name,
        new Wire.Gemini(),
        billing.baseUrl(),
        Authentication.GOOGLE_KEY,
        List.of(new Secret(LoopbackGemini.KEY)),
        Map.of(),
        Duration.ofSeconds(5),
        Optional.empty(),
        new Limits(perMinute, Optional.empty(), Optional.empty(), Optional.empty()),
        Load.ANY,
        Optional.empty(),
        Set.of(),
        Uploads.NONE);
  }

  private static ModelSpec model(String id) {
    return ModelCatalogue.packaged().find(id).orElseThrow();
  }
}
