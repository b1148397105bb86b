package dev.plantain.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.app.GroupHouse.Seen;
import dev.plantain.discord.LoopbackDiscord.Channel;
import dev.plantain.discord.LoopbackDiscord.Guild;
import dev.plantain.discord.LoopbackDiscord.Interaction;
import dev.plantain.discord.LoopbackDiscord.Post;
import dev.plantain.image.gemini.AskedOfGemini;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the delivered program does on Discord alone. */
@Timeout(180)
class DiscordHouseIT {
  @TempDir private Path folder = Path.of("");
  private @Nullable DiscordHouse open;

  @BeforeEach
  void open() throws IOException {
    open = new DiscordHouse(folder);
  }

  @AfterEach
  void close() {
    house().close();
  }

  private DiscordHouse house() {
    return Objects.requireNonNull(open);
  }

  /** Discord, unlike Telegram, does not keep it for us. */
  @Test
  void aMemberWhoIsChosenInAFieldGetsALimitOfTheirOwn() throws Exception {
    DiscordHouse house = house();
    try (RunningJar jar = house.start()) {
      house.limits(Map.of("what", "member", "who", house.ann, "amount", "0/day"));
      house.awaitWords("Ann: 0/day");
      String asked = house.asks("make it nighttime");

      assertThat(house.awaitWords("your limit is 0/day").replyTo()).contains(asked);
      assertThat(house.violations()).isEmpty();
      jar.stop();
    }
  }

  @Test
  void whatWasSaidToTheBotWhileItWasAwayIsAnsweredOnce() throws Exception {
    DiscordHouse house = house();
    try (RunningJar jar = house.start()) {
      house.asks("make it nighttime");
      house.awaitPictures(1);
      jar.kill();
    }
    house.awaitGone();
    house.discord.say(house.bob, house.group, "who is hungry?");
    house.discord.say(
        house.bob, house.group, "<@%d> now add stars".formatted(house.discord.botId()));

    for (int start = 0; start < 2; start++) {
      try (RunningJar jar = house.start()) {
        house.awaitPictures(2);
        house.startsOver();
        house.awaitPosts(3 + start);
        jar.kill();
      }
      house.awaitGone();
    }

    assertThat(house.gemini().asked()).hasSize(2);
    assertThat(house.gemini().asked().get(1).words()).isEqualTo("now add stars");
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void aPictureThatSomebodyPutAsideGoesWithWhatTheyAskForNext() throws Exception {
    DiscordHouse house = house();
    try (RunningJar jar = house.start()) {
      house.discord.awaitConnected();
      house.discord.await(
          "the commands", () -> house.discord.offered(house.bob, house.group, "imagine"));
      Post photo = house.discord.say(house.ann, house.group, "my house", house.file("house.jpg"));

      Interaction aside = house.discord.onMessage(house.bob, photo, "Use as reference");
      assertThat(house.discord.awaitAnswer(aside)).contains("Put aside");
      assertThat(aside.ephemeral()).isTrue();
      house.discord.command(
          house.bob,
          house.group,
          "imagine",
          Map.of("words", "a poster of this house", "aspect", "16:9", "size", "2K"));
      house.awaitPictures(1);

      AskedOfGemini asked = house.gemini().asked().getFirst();
      assertThat(asked.words()).isEqualTo("a poster of this house");
      assertThat(asked.contents().getFirst().parts())
          .anySatisfy(part -> assertThat(part.sha256()).isPresent());
      assertThat(asked.ratio()).contains("16:9");
      assertThat(house.violations()).isEmpty();
      jar.stop();
    }
  }

  @Test
  void theMenuOfAPictureAsksWhatShouldChangeAndTheButtonOfTheResultAsksAgain() throws Exception {
    DiscordHouse house = house();
    try (RunningJar jar = house.start()) {
      house.discord.awaitConnected();
      house.discord.await(
          "the commands", () -> house.discord.offered(house.bob, house.group, "edit"));
      Post photo = house.discord.say(house.ann, house.group, "my house", house.file("house.jpg"));

      Interaction menu = house.discord.onMessage(house.bob, photo, "Edit this image");
      house.discord.submit(menu, Map.of("words", "make it nighttime"));
      Seen first = house.awaitPictures(1).getFirst();
      Interaction change =
          house.discord.press(
              house.ann, new Post(house.group, Long.parseLong(first.message())), "✏️ Change");
      house.discord.submit(change, Map.of("words", "now add stars"));
      house.awaitPictures(2);

      assertThat(house.gemini().asked().get(1).contents())
          .extracting(AskedOfGemini.Said::role)
          .containsExactly("user", "model", "user");
      assertThat(house.violations()).isEmpty();
      jar.stop();
    }
  }

  @Test
  void aRequestOpensAThreadOfItsOwnWhereTheOperatorWantsIt() throws Exception {
    DiscordHouse house = house();
    try (RunningJar jar = house.startWith(Map.of("DISCORD_THREADS", "true"))) {
      Channel thread = house.threadOf(house.asks("make it nighttime"));
      house.discord.await("a thread", () -> house.discord.exists(thread));
      Post first =
          house
              .discord
              .awaitPosts(thread, posts -> posts.stream().anyMatch(post -> !post.files().isEmpty()))
              .getFirst()
              .post();
      house.discord.reply(house.bob, first, "now add stars");
      house.discord.awaitPosts(
          thread, posts -> posts.stream().filter(post -> !post.files().isEmpty()).count() == 2);

      assertThat(house.discord.posts(house.group)).isEmpty();
      assertThat(house.gemini().asked().get(1).contents()).hasSize(3);
      assertThat(house.violations()).isEmpty();
      jar.stop();
    }
  }

  @Test
  void whoeverBringsTheBotIntoAServerIsToldHowToUseIt() throws Exception {
    DiscordHouse house = house();
    try (RunningJar jar = house.start()) {
      house.discord.awaitConnected();
      Guild other = house.discord.guildWithoutBot("Painters", house.bob);
      Channel hall = house.discord.channel(other, "hall");
      house.discord.join(other);

      house.discord.awaitPosts(
          hall, posts -> posts.stream().anyMatch(post -> post.words().contains("mention")));
      assertThat(house.violations()).isEmpty();
      jar.stop();
    }
  }

  @Test
  void oneProgramServesBothPlatformsFromOneDatabase() throws Exception {
    DiscordHouse discord = house();
    try (TelegramHouse telegram = new TelegramHouse(discord.folder());
        RunningJar jar = discord.startBeside(telegram)) {
      discord.asks("make it nighttime");
      telegram.asks("make it dawn");

      discord.awaitPictures(1);
      telegram.awaitPictures(1);

      assertThat(discord.gemini().asked())
          .extracting(asked -> asked.words())
          .containsExactlyInAnyOrder("make it nighttime", "make it dawn");
      assertThat(discord.violations()).isEmpty();
      assertThat(telegram.violations()).isEmpty();
      jar.stop();
    }
  }
}
