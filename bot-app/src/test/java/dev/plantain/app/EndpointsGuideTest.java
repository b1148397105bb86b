package dev.plantain.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.plantain.config.Configuration;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Offer;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Load;
import dev.plantain.image.endpoint.Route;
import dev.plantain.image.endpoint.Uploads;
import dev.plantain.image.endpoint.Uploads.When;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.media.MediaStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The guide to endpoints is true, and what contradicts itself is said to. */
class EndpointsGuideTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

  @TempDir private Path folder;

  @TestFactory
  List<DynamicTest> everyExampleOfTheGuideWorks() throws IOException {
    String guide =
        Files.readString(
            Path.of(System.getProperty("plantain.root", ".."), "docs", "endpoints.md"));
    List<DynamicTest> examples = new ArrayList<>();
    EXAMPLE
        .matcher(guide)
        .results()
        .map(found -> found.group(1))
        .forEach(example ->
            examples.add(
                DynamicTest.dynamicTest(
                    example.lines().skip(1).findFirst().orElseThrow().strip(),
                    () -> assertThat(ways(example, key()).endpoints()).hasSize(2))));
    assertThat(examples).hasSize(7);
    return examples;
  }

  @Test
  void batchesAreTakenAtGoogleAndWhereTheOperatorSaysSo() throws IOException {
    Ways ways =
        ways(
            """
            endpoints:
              willing: {base-url: "https://gateway.test", keys: [k], batches: true}
              plain: {base-url: "https://gateway.test", keys: [k]}
              chatting: {wire: openai-chat, base-url: "https://gateway.test", keys: [k], batches: true}
            """,
            key());
    MediaStore media = new MediaStore(folder.resolve("pictures"));

    assertThat(
            ways.endpoints().stream()
                .filter(endpoint ->
                    ways.openForBatches(endpoint, Optional.of(endpoint.keys().getFirst()), media)
                        .isPresent())
                .map(Endpoint::name))
        .containsExactly("gemini", "willing");
  }

  @Test
  void routesOrderEndpointsAndTheEnvironmentNamesThemWithoutDots() throws IOException {
    Map<String, String> environment = new HashMap<>(key());
    environment.put("ENDPOINTS_MY_GATEWAY_BASE_URL", "https://gateway.test/path");
    environment.put("ENDPOINTS_MY_GATEWAY_AUTHENTICATION", "bearer");
    environment.put("ENDPOINTS_MY_GATEWAY_KEYS", "sk-one, sk-two");
    environment.put("ROUTES_GEMINI_NANO_BANANA_2_1_ENDPOINTS", "my-gateway, gemini");
    environment.put("ROUTES_GEMINI_NANO_BANANA_2_1_FALLBACK", "gemini-3-pro-image");
    Ways ways = ways("requests:\n", environment);

    Route banana = route(ways, "gemini-nano-banana-2.1");
    assertThat(banana.endpoints())
        .extracting(Endpoint::name)
        .containsExactly("my-gateway", "gemini");
    assertThat(banana.fallback().orElseThrow().id()).isEqualTo("gemini-3-pro-image");
    assertThat(route(ways, "gemini-3-pro-image").endpoints())
        .extracting(Endpoint::name)
        .containsExactly("gemini", "my-gateway");
    Endpoint gateway = banana.endpoints().getFirst();
    assertThat(gateway.authentication()).isEqualTo(Authentication.BEARER);
    assertThat(gateway.keys()).hasSize(2);
    assertThat(gateway.toString()).doesNotContain("sk-one");
  }

  @Test
  void eachWireHasItsMakersAddressAndHeader() throws IOException {
    String yaml =
        """
        endpoints:
          a: {wire: openrouter, keys: [k]}
          b: {wire: openai-images, keys: [k]}
          c: {wire: vertex, project: p, location: europe-west4}
          d: {wire: imagen, keys: [k]}
        """;
    List<Endpoint> endpoints = ways(yaml, Map.of()).endpoints();
    assertThat(endpoints)
        .extracting(Endpoint::baseUrl)
        .containsExactly(
            URI.create("https://openrouter.ai/api"),
            URI.create("https://generativelanguage.googleapis.com/v1beta/openai"),
            URI.create("https://europe-west4-aiplatform.googleapis.com"),
            Endpoint.GOOGLE);
    assertThat(endpoints)
        .extracting(Endpoint::authentication)
        .containsExactly(
            Authentication.BEARER,
            Authentication.BEARER,
            Authentication.GOOGLE_KEY,
            Authentication.GOOGLE_KEY);
    assertThat(endpoints.get(2).wire())
        .isEqualTo(new Wire.Vertex(Optional.of("p"), "europe-west4", Optional.empty()));
  }

  @Test
  void picturesAreFilesAtGoogleAndElsewhereOnlyWhereThatIsSaid() throws IOException {
    Ways ways =
        ways(
            """
            endpoints:
              plain: {keys: [k]}
              gateway: {base-url: "https://gateway.test", keys: [k]}
              willing: {base-url: "https://gateway.test", keys: [k], uploads: always, max-request: 10 MB}
              unwilling: {keys: [k], uploads: never}
              vertex: {wire: vertex, project: p}
            """,
            key());
    assertThat(ways.endpoints())
        .extracting(Endpoint::name, Endpoint::uploads)
        .containsExactly(
            tuple("gemini", new Uploads(When.REUSED, 100_000_000)),
            tuple("plain", new Uploads(When.REUSED, 100_000_000)),
            tuple("gateway", new Uploads(When.NEVER, 100_000_000)),
            tuple("willing", new Uploads(When.ALWAYS, 10_000_000)),
            tuple("unwilling", new Uploads(When.NEVER, 100_000_000)),
            tuple("vertex", new Uploads(When.NEVER, 100_000_000)));
    Map<String, String> never = new HashMap<>(key());
    never.put("GEMINI_UPLOADS", "never");
    assertThat(ways("requests:\n", never).endpoints().getFirst().uploads().when())
        .isEqualTo(When.NEVER);
  }

  @Test
  void aRequestMayHoldMoreWhereEveryEndpointOfItsModelTakesFiles() throws IOException {
    String both =
        """
        endpoints:
          gateway: {base-url: "https://gateway.test", keys: [k], uploads: %s}
        routes:
          gemini-nano-banana-2.1: {endpoints: [gemini]}
          gemini-3.1-flash-image: {endpoints: [gemini], fallback: gemini-3-pro-image}
        """;
    Ways some = ways(both.formatted("never"), key());
    Ways all = ways(both.formatted("reused"), key());

    assertThat(roomy(some, "gemini-nano-banana-2.1")).isTrue();
    assertThat(roomy(some, "gemini-3-pro-image")).isFalse();
    assertThat(roomy(some, "gemini-3.1-flash-image")).isFalse();
    assertThat(roomy(all, "gemini-3-pro-image")).isTrue();
    assertThat(roomy(all, "gemini-3.1-flash-image")).isTrue();
  }

  private static boolean roomy(Ways ways, String model) {
    ModelSpec spec = ModelCatalogue.packaged().named(model);
    return ways.roomy(spec).maxRequestBytes() > spec.maxRequestBytes();
  }

  @Test
  void aModelIsAskedOnlyWhereItIsServed() throws IOException {
    Ways ways =
        ways(
            """
            endpoints:
              chat:
                wire: openai-chat
                base-url: https://chat.test
                keys: [k]
                models: [gemini-3-pro-image=google/pro]
            """,
            key());
    assertThat(route(ways, "gemini-3-pro-image").endpoints()).hasSize(2);
    assertThat(
            route(ways, "gemini-3-pro-image").endpoints().getLast().theirName("gemini-3-pro-image"))
        .isEqualTo("google/pro");
    assertThat(route(ways, "gemini-nano-banana-2.1").endpoints()).hasSize(1);
    assertThat(ways.routes()).noneMatch(route -> route.model().id().startsWith("imagen"));
  }

  @Test
  void aPictureIsReservedAtThePriceOfTheEndpointThatIsAskedFirst() throws IOException {
    String yaml =
        """
        endpoints:
          cheap: {keys: [k], price-per-request: 0.05}
        routes:
          gemini-3-pro-image: {endpoints: [cheap, gemini]}
        """;
    Offer offer = House.offer(settings(yaml, key()));
    assertThat(offer.price("gemini-3-pro-image", Optional.of(new ImageSize("4K"))))
        .isEqualTo(50_000);
    assertThat(offer.price("Nano Banana Pro", Optional.empty())).isEqualTo(50_000);
    assertThat(offer.price("gemini-nano-banana-2.1", Optional.empty()))
        .isEqualTo(offer.standard().listedPrice(Optional.empty()))
        .isPositive();
  }

  @Test
  void whatAnEndpointTakesCanBeSaid() throws IOException {
    String yaml =
        """
        endpoints:
          small: {keys: [k], max-request: 15 MB, max-picture: 10 MB}
        """;
    assertThat(ways(yaml, Map.of()).endpoints().getFirst().load())
        .isEqualTo(new Load(Optional.of(15_000_000L), Optional.of(10_000_000L)));
  }

  @Test
  void whatContradictsItselfIsSaidInWords() {
    assertRefused("endpoints:\n  a: {keys: []}\n", "endpoints.a: it has no keys");
    assertRefused("endpoints:\n  a: {wire: openai-chat, keys: [k]}\n", "Set its base-url");
    assertRefused("endpoints:\n  gemini: {keys: [k]}\n", "Choose another name");
    assertRefused("routes:\n  x: {endpoints: [nowhere]}\n", "there is no endpoint nowhere");
    assertRefused("endpoints:\n  a: {keys: [k], price-per-request: cheap}\n", "write US dollars");
    assertRefused("endpoints:\n  a: {keys: ['k 1']}\n", "copy it again");
    assertRefused(
        "endpoints:\n  a: {wire: vertex, project: p, uploads: always}\n",
        "only the wire gemini knows files");
  }

  private void assertRefused(String yaml, String words) {
    assertThatThrownBy(() -> ways(yaml, key()))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining(words);
  }

  private Ways ways(String yaml, Map<String, String> environment) throws IOException {
    return new Ways(settings(yaml, environment));
  }

  private OperatorSettings settings(String yaml, Map<String, String> environment)
      throws IOException {
    Path keys = Files.writeString(folder.resolve("keys"), "sk-from-a-file\n");
    Path file =
        Files.writeString(
            folder.resolve("plantain.yaml"),
            yaml.replace("/run/secrets/gateway-keys", keys.toString()));
    return Configuration.load(OperatorSettings.class, file, environment);
  }

  private static Route route(Ways ways, String model) {
    return ways.routes().stream()
        .filter(route -> route.model().id().equals(model))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> key() {
    return Map.of("GEMINI_API_KEY", "AIza-test");
  }
}
