package dev.plantain.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import dev.plantain.platform.PlatformException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.dv8tion.jda.api.requests.RestAction;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DiscordRestTest {
  private final HttpServer refusing;
  private final HttpUrl base;

  DiscordRestTest() throws IOException {
    refusing = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    base = HttpUrl.get("http://127.0.0.1:" + refusing.getAddress().getPort() + "/");
  }

  @BeforeEach
  void start() {
    refusing.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", "3600");
          exchange.getResponseHeaders().add("X-RateLimit-Global", "true");
          exchange.sendResponseHeaders(429, -1);
          exchange.close();
        });
    refusing.start();
  }

  @AfterEach
  void stop() {
    refusing.stop(0);
  }

  @Test
  void aLimitIsHeardHoweverSoonItIsTold() {
    RateLimits limits = new RateLimits(base, InstantSource.system());
    OkHttpClient client = new OkHttpClient.Builder().addInterceptor(limits).build();
    try (DiscordRest rest = new DiscordRest(Optional::empty, limits)) {
      assertThatExceptionOfType(PlatformException.Unavailable.class)
          .isThrownBy(() -> rest.await("anything", refusedAtOnce(client)))
          .satisfies(limited ->
              assertThat(limited.retryAfter().orElseThrow())
                  .isBetween(Duration.ofMinutes(50), Duration.ofMinutes(60)));
    } finally {
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }

  /** As in JDA, which asks on another thread and answers nothing while it waits for the limit. */
  private RestAction<?> refusedAtOnce(OkHttpClient client) {
    return (RestAction<?>)
        Proxy.newProxyInstance(
            RestAction.class.getClassLoader(),
            new Class<?>[] {RestAction.class},
            (action, method, arguments) -> {
              if (method.getName().equals("submit")) {
                ask(client);
                return new CompletableFuture<>();
              }
              return action;
            });
  }

  private void ask(OkHttpClient client) {
    try (Response refusal = client.newCall(new Request.Builder().url(base).build()).execute()) {
      assertThat(refusal.code()).isEqualTo(429);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
