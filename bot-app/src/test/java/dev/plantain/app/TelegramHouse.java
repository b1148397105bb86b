package dev.plantain.app;

import dev.plantain.image.gemini.LoopbackGemini;
import dev.plantain.image.gemini.ScriptedAnswer;
import dev.plantain.media.Pictures;
import dev.plantain.telegram.LoopbackTelegram;
import dev.plantain.telegram.LoopbackTelegram.Chat;
import dev.plantain.telegram.LoopbackTelegram.Shown;
import dev.plantain.telegram.LoopbackTelegram.User;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A group of two on a Telegram of our own, a Gemini of our own, and the program between them. */
final class TelegramHouse implements AutoCloseable {
  final LoopbackTelegram telegram = new LoopbackTelegram();
  final LoopbackGemini gemini = new LoopbackGemini();
  final User ann = telegram.user("Ann");
  final User bob = telegram.user("Bob");
  final Chat group = telegram.supergroup("Photographers", ann, bob);
  final byte[] photo = Pictures.jpeg(64, 48, 1);
  final byte[] night = Pictures.png(1264, 848, 2);
  private final Path folder;

  TelegramHouse(Path folder) throws IOException {
    this.folder = folder;
    telegram.addBot(group, ann);
  }

  RunningJar start() {
    return RunningJar.start(folder, environment(), "run");
  }

  Map<String, String> environment() {
    return Map.of(
        "TELEGRAM_TOKEN", LoopbackTelegram.TOKEN,
        "TELEGRAM_API_URL", telegram.apiUrl().toString(),
        "GEMINI_API_KEY", LoopbackGemini.KEY,
        "GEMINI_BASE_URL", gemini.baseUrl().toString(),
        "DATA_DIR", folder.resolve("data").toString());
  }

  ScriptedAnswer nightAnswer(String signature) {
    return ScriptedAnswer.picture("Here it is.", night, "image/png", signature);
  }

  /** Waits until the bot has posted this many pictures, and returns its posts. */
  List<Shown> awaitPictures(int count) throws InterruptedException {
    telegram.awaitMessages(group, messages -> pictures(messages).size() == count);
    return pictures(telegram.transcript(group));
  }

  private static List<Shown> pictures(List<Shown> messages) {
    return messages.stream()
        .filter(Shown::byBot)
        .filter(shown -> shown.photo().isPresent())
        .toList();
  }

  @Override
  public void close() {
    telegram.close();
    gemini.close();
  }
}
