package dev.plantain.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class DiscordWholeHouseIT extends WholeHouseContract {
  @Override
  GroupHouse newHouse(Path folder) throws IOException {
    return new DiscordHouse(folder);
  }

  /** Discord, unlike Telegram, does not keep it for us. */
  @Test
  void whatWasSaidToTheBotWhileItWasAwayIsAnsweredOnce() throws Exception {
    DiscordHouse house = (DiscordHouse) house();
    try (RunningJar jar = house.start()) {
      house.asks("make it nighttime");
      house.awaitPictures(1);
      jar.kill();
    }
    house.discord.await("an end of the connection", () -> !house.discord.isConnected());
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
      house.discord.await("an end of the connection", () -> !house.discord.isConnected());
    }

    assertThat(house.gemini().asked()).hasSize(2);
    assertThat(house.gemini().asked().get(1).words()).isEqualTo("now add stars");
    assertThat(house.violations()).isEmpty();
  }

  @Test
  void oneProgramServesBothPlatformsFromOneDatabase() throws Exception {
    DiscordHouse discord = (DiscordHouse) house();
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
