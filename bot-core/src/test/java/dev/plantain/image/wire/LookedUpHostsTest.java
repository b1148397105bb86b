package dev.plantain.image.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.plantain.image.Usage;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Limits;
import dev.plantain.image.endpoint.Load;
import dev.plantain.image.endpoint.Uploads;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.gemini.Painted;
import dev.plantain.media.MediaStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures at hosts that the operator named, whose addresses somebody else decides. */
class LookedUpHostsTest {
  private static final byte[] PNG = Painted.picture("png", 20, 10, 1);

  @TempDir private Path folder;
  private MediaStore store;
  private HttpServer server;
  private final InetAddress here = InetAddress.getLoopbackAddress();
  private final List<String> lookedUp = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    store = new MediaStore(folder);
    server = HttpServer.create(new InetSocketAddress(here, 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, PNG.length);
          exchange.getResponseBody().write(PNG);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aNamedHostIsAskedAtTheVeryAddressThatWasLookedAt() throws Exception {
    InetAddress elsewhere = InetAddress.getByName("127.0.0.2");

    byte[] fetched = fetched(_ -> List.of(lookedUp.isEmpty() ? here : elsewhere));

    assertThat(fetched).isEqualTo(PNG);
    assertThat(lookedUp).containsExactly("pictures.example");
  }

  @Test
  void oneAddressOfOurOwnNetworkAmongOthersIsEnoughToRefuse() throws Exception {
    InetAddress inside = InetAddress.getByName("10.0.0.1");

    assertThatThrownBy(() -> fetched(_ -> List.of(here, inside)))
        .isInstanceOf(GarbledAnswer.class)
        .hasMessageContaining("pictures.example")
        .hasMessageContaining("public internet");
    try (var left = Files.list(folder.resolve("drafts"))) {
      assertThat(left).isEmpty();
    }
  }

  private byte[] fetched(Dns names) throws IOException {
    Endpoint endpoint =
        new Endpoint(
            "gate",
            new Wire.OpenAiChat(false),
            URI.create("http://gate.example"),
            Authentication.BEARER,
            List.of(),
            Map.of(),
            Duration.ofSeconds(5),
            Optional.empty(),
            Limits.NONE,
            Load.ANY,
            Optional.empty(),
            Set.of("Pictures.example"),
            Uploads.NONE);
    LinkedPictures linked =
        new LinkedPictures(
            endpoint,
            store,
            name -> {
              List<InetAddress> addresses = names.lookup(name);
              lookedUp.add(name);
              return addresses;
            },
            here::equals);
    String address = "http://pictures.example:" + server.getAddress().getPort() + "/a.png";
    Answer answer =
        new Answer(
            List.of(new AnswerPart.Link(address, Optional.empty())),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Usage.NONE,
            Optional.empty(),
            true);
    try (LinkedPictures.Fetched fetched =
        linked.fetched(answer, new Work<>(Duration.ofSeconds(20)))) {
      return Files.readAllBytes(fetched.pictures().getFirst().draft().file());
    }
  }
}
