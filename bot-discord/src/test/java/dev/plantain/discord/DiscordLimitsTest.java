package dev.plantain.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plantain.discord.DiscordRefs.Address;
import dev.plantain.discord.LoopbackDiscord.Channel;
import dev.plantain.discord.LoopbackDiscord.Fault;
import dev.plantain.discord.LoopbackDiscord.File;
import dev.plantain.discord.LoopbackDiscord.Guild;
import dev.plantain.discord.LoopbackDiscord.User;
import dev.plantain.platform.Card;
import dev.plantain.platform.CommandSpec;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.OutgoingMessage;
import dev.plantain.platform.Picture;
import dev.plantain.platform.Place;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformException.Reason;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How often Discord can be asked, how much it takes, and what need not be asked. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DiscordLimitsTest {
  private static final String POSTS = "POST /channels/*/messages";
  private static final long MANAGE_SERVER = 32;

  private final LoopbackDiscord discord = new LoopbackDiscord();
  private final User owner = discord.user("Cy");
  private final User ann = discord.user("Ann");
  private final User bo = discord.user("Bo");
  private final Guild guild = discord.guild("Pictures", owner, ann, bo);
  private final Channel channel = discord.channel(guild, "general");
  private final Address address =
      new Address(Optional.of(Long.toString(guild.id())), Long.toString(channel.id()));
  private final HeardEvents heard = new HeardEvents();
  private final DiscordPlatform platform = HeardEvents.platform(discord);

  @BeforeEach
  void start() {
    discord.tier(guild, 2);
    discord.permissions(guild, ann, MANAGE_SERVER);
    platform.start(heard, List.of(new CommandSpec("new", Map.of("en", "Begin anew"))));
  }

  @AfterEach
  void nothingWasDoneThatDiscordRefuses() {
    platform.close();
    try {
      assertThat(discord.violations()).isEmpty();
    } finally {
      discord.close();
    }
  }

  @Test
  void whatIsPostedInABurstArrivesOnce() {
    discord.limitRates(Duration.ofSeconds(1));

    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 12)
          .mapToObj(number -> outgoing(Card.of("Card " + number)))
          .forEach(message -> many.execute(() -> platform.post(message)));
    }

    assertThat(discord.posts(channel))
        .extracting(LoopbackDiscord.Shown::words)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 12).mapToObj(number -> "Card " + number).toList());
  }

  @Test
  void aLongLimitIsHandedOnInsteadOfWaitedFor() {
    discord.next(POSTS, new Fault.RateLimited(3_600, false));

    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatExceptionOfType(PlatformException.Unavailable.class)
          .isThrownBy(() -> platform.post(outgoing(Card.of("Card"))))
          .satisfies(limited -> assertThat(limited.mayHaveHappened()).isFalse())
          .satisfies(limited ->
              assertThat(limited.retryAfter().orElseThrow())
                  .isBetween(Duration.ofMinutes(50), Duration.ofMinutes(60)));
    }

    assertThat(discord.requests(POSTS)).hasSize(1);
    assertThat(discord.posts(channel)).isEmpty();
  }

  @Test
  void aPictureThatIsTooLargeAgainstExpectationIsMadeSmaller(@TempDir Path folder)
      throws IOException {
    Picture picture = noise(folder);
    discord.next(POSTS, Fault.refusal(413, 40005, "Request entity too large"));

    platform.post(outgoing(new Card(List.of(), Optional.of(picture), List.of())));

    File shown = discord.posts(channel).getFirst().files().getFirst();
    assertThat(shown.name()).isEqualTo("noise.jpg");
    assertThat(shown.bytes().length).isLessThanOrEqualTo(10 << 20);
    assertThat(discord.requests(POSTS)).hasSize(2);
  }

  @Test
  void whatIsTooLargeHoweverSmallIsToldSo(@TempDir Path folder) throws IOException {
    Picture picture = noise(folder);
    discord.next(POSTS, Fault.refusal(413, 40005, "Request entity too large"));
    discord.next(POSTS, Fault.refusal(413, 40005, "Request entity too large"));

    assertThatExceptionOfType(PlatformException.Rejected.class)
        .isThrownBy(
            () -> platform.post(outgoing(new Card(List.of(), Optional.of(picture), List.of()))))
        .matches(refused -> refused.reason() == Reason.TOO_LARGE);
  }

  @Test
  void whoeverDoesSomethingNeedNotBeLookedUp() {
    discord.command(ann, channel, "new", Map.of());
    MemberRef moderator = heard.next(IncomingEvent.Command.class).sender().member();
    discord.command(bo, channel, "new", Map.of());
    MemberRef member = heard.next(IncomingEvent.Command.class).sender().member();

    assertThat(platform.isModerator(new Place(address.ref(), false), moderator)).isTrue();
    assertThat(platform.isModerator(new Place(address.ref(), false), member)).isFalse();
    assertThat(discord.requests("GET /guilds/*/members/*")).isEmpty();
  }

  @Test
  void whoeverDoesNothingIsLookedUp() {
    MemberRef moderator = DiscordRefs.member(Long.toString(ann.id()));

    assertThat(platform.isModerator(new Place(address.ref(), false), moderator)).isTrue();
    assertThat(discord.requests("GET /guilds/*/members/*")).hasSize(1);
  }

  private static Picture noise(Path folder) throws IOException {
    BufferedImage noise = new BufferedImage(2_000, 2_000, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(7);
    for (int y = 0; y < noise.getHeight(); y++) {
      for (int x = 0; x < noise.getWidth(); x++) {
        noise.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    Path file = folder.resolve("noise.png");
    ImageIO.write(noise, "png", file.toFile());
    return new Picture(
        file, "image/png", 2_000, 2_000, Files.size(file), "noise.png", "Noise", false, false);
  }

  private OutgoingMessage outgoing(Card card) {
    return new OutgoingMessage(
        "card:" + card, address.ref(), Optional.empty(), card, false, false, other -> false);
  }
}
