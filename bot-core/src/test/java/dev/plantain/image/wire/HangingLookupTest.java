package dev.plantain.image.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.config.Secret;
import dev.plantain.image.ImageResult.Failed;
import dev.plantain.image.ImageResult.Problem;
import dev.plantain.image.Usage;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.media.MediaStore;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be cut, and does not end by itself, holds nobody. */
@Timeout(30)
class HangingLookupTest {
  private static final LongNames NONE =
      new LongNames(Set.of(), Set.of(), Set.of(), Optional.empty(), Set.of());
  private static final Credential KEY =
      new Credential.Key(Authentication.BEARER, new Secret("key"));

  @TempDir private Path folder;
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void goOn() {
    never.countDown();
  }

  @Test
  void aLookupEndsWithTheTimeForAConnection() {
    Lookups lookups = new Lookups(this::hanging, Duration.ofMillis(50));
    assertThatThrownBy(() -> lookups.lookup("slow.example"))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("slow.example was not looked up within 50 ms");
  }

  @Test
  void aLookupThatEndsSaysWhatItFound() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    assertThat(new Lookups(_ -> List.of(here), Duration.ofSeconds(9)).lookup("here.example"))
        .containsExactly(here);
    Lookups failing =
        new Lookups(
            name -> {
              throw new UnknownHostException(name + " is nowhere");
            },
            Duration.ofSeconds(9));
    assertThatThrownBy(() -> failing.lookup("a.example"))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("a.example is nowhere");
  }

  @Test
  void aCallWhoseHostIsNotFoundInTimeIsOverAndCostsNothing() throws Exception {
    Failed failed = asked(KEY, this::hanging, Duration.ofMillis(100));
    assertThat(failed.problem()).isEqualTo(Problem.UNREACHABLE);
    assertThat(failed.detail()).contains("slow.example");
  }

  @Test
  void aTokenThatDoesNotComeInTimeEndsTheCall() throws Exception {
    Failed failed = asked(new HangingToken(never), Dns.SYSTEM, Duration.ofMillis(100));
    assertThat(failed.problem()).isEqualTo(Problem.UNREACHABLE);
    assertThat(failed.detail()).contains("Neither token nor connection");
  }

  @Test
  void aCallThatIsCancelledWaitsForNoLookup() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Dns names =
        name -> {
          begun.countDown();
          return hanging(name);
        };
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                asked(KEY, names, Duration.ofMinutes(5));
              } catch (Exception cancelled) {
                Thread.currentThread().interrupt();
              }
            });
    begun.await();
    caller.interrupt();
    caller.join();
    assertThat(never.getCount()).isEqualTo(1);
  }

  private Failed asked(Credential credential, Dns names, Duration limit) throws Exception {
    Endpoint endpoint =
        new Endpoint(
            "slow",
            new Wire.OpenAiChat(false),
            URI.create("http://slow.example"),
            Authentication.BEARER,
            List.of());
    Exchange exchange = new Exchange(endpoint, credential, new MediaStore(folder), names);
    Exchange.Reply reply =
        exchange.post(
            HttpUrl.get("http://slow.example/v1"),
            List.of(new RequestPiece.Json(ByteString.encodeUtf8("{}"))),
            new Exchange.Asked("nano", limit),
            NONE,
            _ ->
                new Answer(
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Usage.NONE,
                    Optional.empty(),
                    true));
    return (Failed) ((Exchange.Reply.Ended) reply).result();
  }

  private List<InetAddress> hanging(String name) throws UnknownHostException {
    await(never);
    throw new UnknownHostException(name);
  }

  /** As a system call does, it heeds no interrupt. */
  private static void await(CountDownLatch latch) {
    boolean open = false;
    while (!open) {
      try {
        latch.await();
        open = true;
      } catch (InterruptedException unheeded) {
        open = latch.getCount() == 0;
      }
    }
  }

  private record HangingToken(CountDownLatch never) implements Credential {
    @Override
    public void authorize(Request.Builder request) {
      await(never);
    }

    @Override
    public String hiddenIn(String text) {
      return text;
    }
  }
}
