package dev.plantain.app;

import dev.plantain.image.gemini.LoopbackGemini;
import dev.plantain.image.gemini.ScriptedAnswer;
import dev.plantain.media.Pictures;
import dev.plantain.telegram.LoopbackTelegram;
import dev.plantain.telegram.LoopbackTelegram.Chat;
import dev.plantain.telegram.LoopbackTelegram.Fault;
import dev.plantain.telegram.LoopbackTelegram.Manner;
import dev.plantain.telegram.LoopbackTelegram.Post;
import dev.plantain.telegram.LoopbackTelegram.Shown;
import dev.plantain.telegram.LoopbackTelegram.User;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The group of two on a Telegram of our own. */
final class TelegramHouse implements GroupHouse {
  private static final String MENTION = "@plantain_bot ";

  /** That of the bot when it joined. */
  private static final int GREETINGS = 1;

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

  @Override
  public RunningJar start() {
    return RunningJar.start(folder, environment(), "run");
  }

  @Override
  public Map<String, String> environment() {
    return Map.of(
        "TELEGRAM_TOKEN",
        LoopbackTelegram.TOKEN,
        "TELEGRAM_API_URL",
        telegram.apiUrl().toString(),
        "GEMINI_API_KEY",
        LoopbackGemini.KEY,
        "GEMINI_BASE_URL",
        gemini.baseUrl().toString(),
        "GEMINI_UPLOADS",
        "reused",
        "DATA_DIR",
        folder.resolve("data").toString());
  }

  @Override
  public LoopbackGemini gemini() {
    return gemini;
  }

  @Override
  public ScriptedAnswer nightAnswer(String signature) {
    return ScriptedAnswer.picture("Here it is.", night, "image/png", signature);
  }

  @Override
  public byte[] night() {
    return night;
  }

  @Override
  public String asks(String words) {
    return String.valueOf(telegram.photo(ann, group, photo, MENTION + words).messageId());
  }

  @Override
  public void chats(String words, String answer) {
    telegram.photo(ann, group, photo, words);
    telegram.say(bob, group, answer);
  }

  @Override
  public void replies(Seen to, String words) {
    Post post = new Post(group, Integer.parseInt(to.message()));
    telegram.say(bob, group, words, Manner.plain().replyingTo(post));
  }

  @Override
  public void limits(String amount) {
    telegram.status(group, bob, "administrator");
    telegram.say(bob, group, "/limit@plantain_bot members " + amount);
  }

  @Override
  public void holds(String word) {
    telegram.say(ann, group, "/approve@plantain_bot word " + word);
  }

  @Override
  public String bobAsks(String words) {
    return String.valueOf(telegram.photo(bob, group, photo, MENTION + words).messageId());
  }

  @Override
  public void presses(Seen on, String label) {
    telegram.press(ann, new Post(group, Integer.parseInt(on.message())), label);
  }

  @Override
  public Seen awaitWords(String words) throws InterruptedException {
    telegram.awaitMessages(group, messages -> telling(messages, words).findFirst().isPresent());
    return telling(telegram.transcript(group), words)
        .findFirst()
        .map(TelegramHouse::seen)
        .orElseThrow();
  }

  private static Stream<Shown> telling(List<Shown> messages, String words) {
    return messages.stream().filter(Shown::byBot).filter(shown -> shown.text().contains(words));
  }

  @Override
  public void startsOver() {
    telegram.say(bob, group, "/new@plantain_bot");
  }

  @Override
  public void forgets() {
    telegram.say(ann, group, "/forget@plantain_bot");
  }

  @Override
  public List<Seen> awaitPictures(int count) throws InterruptedException {
    return awaitShown(count).stream().map(TelegramHouse::seen).toList();
  }

  /** Waits until the bot has posted this many pictures, and returns its posts. */
  List<Shown> awaitShown(int count) throws InterruptedException {
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
  public void awaitPost() throws InterruptedException {
    telegram.awaitMessages(group, messages -> messages.stream().anyMatch(Shown::byBot));
  }

  @Override
  public List<Seen> awaitPosts(int count) throws InterruptedException {
    telegram.awaitMessages(
        group, messages -> messages.stream().filter(Shown::byBot).count() >= count + GREETINGS);
    return telegram.botPosts(group).stream().skip(GREETINGS).map(TelegramHouse::seen).toList();
  }

  private static Seen seen(Shown shown) {
    return new Seen(
        String.valueOf(shown.post().messageId()),
        shown.text(),
        shown.photo(),
        Optional.of(shown.replyTo()).filter(id -> id > 0).map(String::valueOf));
  }

  @Override
  public Hanging hangs(Step step) {
    Fault.Hangs hangs = new Fault.Hangs();
    telegram.next(method(step), hangs);
    return new Hanging(hangs.arrived(), hangs.released());
  }

  @Override
  public void losesTheAnswer(Step step) {
    telegram.next(method(step), new Fault.DropsAfter());
  }

  private static String method(Step step) {
    return switch (step) {
      case POST_CARD -> "sendMessage";
      case FETCH_PHOTO -> "getFile";
      case SHOW_RESULT -> "editMessageMedia";
    };
  }

  /** Telegram notices nothing: it is asked for news, or it is not. */
  @Override
  public void awaitGone() {}

  @Override
  public List<String> violations() {
    return telegram.violations();
  }

  @Override
  public void close() {
    telegram.close();
    gemini.close();
  }
}
