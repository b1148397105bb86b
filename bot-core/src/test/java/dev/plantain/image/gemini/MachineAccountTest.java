package dev.plantain.image.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The account of a virtual machine, which its metadata server gives tokens for. */
class MachineAccountTest {
  private static final String ACCOUNTS = "/computeMetadata/v1/instance/service-accounts/";

  @TempDir private Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer metadata;

  @BeforeEach
  void start() throws IOException {
    metadata = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    metadata.createContext("/", this::answer);
    metadata.start();
  }

  @AfterEach
  void stop() {
    metadata.stop(0);
  }

  /** As strict as Google's: it answers to none that does not say whom it takes it for. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean meant = "Google".equals(exchange.getRequestHeaders().getFirst("Metadata-Flavor"));
      Optional<String> told = meant ? told(exchange.getRequestURI()) : Optional.empty();
      byte[] body = told.orElse("Not Found").getBytes(UTF_8);
      exchange.getResponseHeaders().set("Metadata-Flavor", "Google");
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(!meant ? 403 : told.isPresent() ? 200 : 404, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Optional<String> told(URI address) {
    return switch (address.getPath()) {
      case "/" -> Optional.of("computeMetadata/");
      case ACCOUNTS ->
          Optional.of(
              """
              {"default":{"aliases":["default"],"email":"bot@garden.iam.gserviceaccount.com",
               "scopes":["https://www.googleapis.com/auth/cloud-platform"]}}
              """);
      case ACCOUNTS + "default/token" -> {
        asked.add(String.valueOf(address.getQuery()));
        yield Optional.of(
            "{\"access_token\":\"ya29.machine-%d\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"
                .formatted(asked.size()));
      }
      default -> Optional.empty();
    };
  }

  @Test
  void aMachineThatHasAnAccountNeedsNoFileAndKeepsItsToken() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Duser.home=" + folder,
            "-cp",
            System.getProperty("java.class.path"),
            MachineAccountReader.class.getName());
    builder.environment().keySet().removeIf(name -> name.matches("GOOGLE_.*|NO_GCE_CHECK"));
    builder.environment().put("CLOUDSDK_CONFIG", folder.toString());
    builder.environment().put("GCE_METADATA_HOST", "127.0.0.1:" + metadata.getAddress().getPort());
    Process machine = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();

    assertThat(new String(machine.getInputStream().readAllBytes(), UTF_8).lines())
        .containsExactly("Bearer ya29.machine-1", "Bearer ya29.machine-1");
    assertThat(asked).hasSize(1);
    assertThat(asked.getFirst()).contains("auth/cloud-platform");
  }
}
