package dev.plantain.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.media.Pictures;
import dev.plantain.telegram.LoopbackTelegram.Manner;
import dev.plantain.telegram.LoopbackTelegram.Post;
import dev.plantain.telegram.LoopbackTelegram.Shown;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people send who mean no good, or do not know better. */
@Timeout(180)
class HostileInputIT {
  private static final String ASK = "@plantain_bot make it nighttime";

  @TempDir private Path folder;

  @Test
  void everyBadFileGetsItsAnswerAndTheBotLives() throws Exception {
    try (TelegramHouse house = new TelegramHouse(folder);
        RunningJar jar = house.start()) {
      Map<String, byte[]> files = new LinkedHashMap<>();
      files.put("not a picture", "just some text".getBytes(StandardCharsets.UTF_8));
      files.put("damaged", Arrays.copyOf(house.photo, house.photo.length / 2));
      files.put("larger than", new byte[25_000_000]);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Post sent =
            house.telegram.document(
                house.ann,
                house.group,
                file.getValue(),
                "picture.png",
                "image/png",
                ASK,
                Manner.plain());
        awaitAnswer(house, sent, answer -> answer.text().contains(file.getKey()));
      }
      assertThat(house.gemini.asked()).isEmpty();
      aGoodRequestIsServed(house);
      jar.kill();
    }
  }

  @Test
  void wordsOfEveryKindArriveAtTheModelAsTheyAre() throws Exception {
    String words =
        "*bold* <b>html</b> [link](x) `code` שלום עולם 👩‍👩‍👧 zero\u200Bwidth & \"quotes\" _under_";
    try (TelegramHouse house = new TelegramHouse(folder);
        RunningJar jar = house.start()) {
      house.telegram.photo(house.ann, house.group, house.photo, "@plantain_bot " + words);
      house.awaitShown(1);
      assertThat(house.gemini.asked().getFirst().words()).isEqualTo(words);
      assertThat(house.telegram.violations()).isEmpty();
      jar.kill();
    }
  }

  @Test
  void whatWasSaidToOthersIsInNoFileOfTheBot() throws Exception {
    try (TelegramHouse house = new TelegramHouse(folder);
        RunningJar jar = house.start()) {
      house.telegram.say(house.bob, house.group, "my secret holidays");
      Manner album = Manner.plain().inAlbum("a1");
      house.telegram.photo(house.bob, house.group, house.photo, "more secret holidays", album);
      house.telegram.photo(house.bob, house.group, Pictures.jpeg(40, 40, 9), "", album);
      aGoodRequestIsServed(house);
      jar.stop();
      for (String name : new String[] {"plantain.db", "plantain.db-wal"}) {
        Path file = folder.resolve("data").resolve(name);
        if (Files.exists(file)) {
          assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
              .doesNotContain("my secret holidays");
        }
      }
    }
  }

  private static void aGoodRequestIsServed(TelegramHouse house) throws InterruptedException {
    house.telegram.photo(house.ann, house.group, house.photo, ASK);
    house.awaitShown(1);
  }

  private static void awaitAnswer(TelegramHouse house, Post asked, Predicate<Shown> wanted)
      throws InterruptedException {
    house.telegram.awaitMessages(
        house.group,
        messages ->
            messages.stream()
                .filter(Shown::byBot)
                .filter(shown -> shown.replyTo() == asked.messageId())
                .anyMatch(wanted));
  }
}
