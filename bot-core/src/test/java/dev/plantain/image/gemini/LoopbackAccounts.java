package dev.plantain.image.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Google's token service of our own on the loopback device: it gives a token for a claim that its
 * one account has signed.
 */
final class LoopbackAccounts implements AutoCloseable {
  private final KeyPair key = keyPair();
  private final AtomicInteger tokens = new AtomicInteger();
  private final HttpServer server;
  private volatile int lifeSeconds = 3600;

  LoopbackAccounts() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/token", this::answer);
    server.start();
  }

  /** How long tokens live from now on. */
  void tokensLive(int seconds) {
    lifeSeconds = seconds;
  }

  /** How many were given. */
  int tokens() {
    return tokens.get();
  }

  /** The last token that was given, or the first that will be. */
  String token() {
    return "ya29.loopback-" + Math.max(1, tokens.get());
  }

  /** The file that Google's console would give for the account. */
  Path keyFile(Path folder) throws IOException {
    String pem =
        "-----BEGIN PRIVATE KEY-----\\n"
            + Base64.getEncoder().encodeToString(key.getPrivate().getEncoded())
            + "\\n-----END PRIVATE KEY-----\\n";
    return Files.writeString(
        folder.resolve("account.json"),
        """
        {"type":"service_account","project_id":"garden","private_key_id":"1","private_key":"%s",
         "client_email":"bot@garden.iam.gserviceaccount.com","client_id":"1",
         "token_uri":"http://127.0.0.1:%d/token"}
        """
            .formatted(pem, server.getAddress().getPort()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      boolean signed = isSigned(form.replaceFirst(".*assertion=", "").replaceFirst("&.*", ""));
      byte[] body =
          (signed
                  ? "{\"access_token\":\"ya29.loopback-%d\",\"expires_in\":%d,\"token_type\":\"Bearer\"}"
                      .formatted(tokens.incrementAndGet(), lifeSeconds)
                  : "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}")
              .getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(signed ? 200 : 400, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private boolean isSigned(String assertion) {
    try {
      String[] parts = assertion.split("\\.", -1);
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
