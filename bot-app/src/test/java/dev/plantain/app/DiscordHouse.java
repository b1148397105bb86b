package dev.plantain.app;

import dev.plantain.discord.LoopbackDiscord;
import dev.plantain.discord.LoopbackDiscord.Channel;
import dev.plantain.discord.LoopbackDiscord.Fault;
import dev.plantain.discord.LoopbackDiscord.File;
import dev.plantain.discord.LoopbackDiscord.Guild;
import dev.plantain.discord.LoopbackDiscord.Post;
import dev.plantain.discord.LoopbackDiscord.Shown;
import dev.plantain.discord.LoopbackDiscord.User;
import dev.plantain.image.gemini.LoopbackGemini;
import dev.plantain.image.gemini.ScriptedAnswer;
import dev.plantain.media.Pictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The group of two on a Discord of our own. */
final class DiscordHouse implements GroupHouse {
  final LoopbackDiscord discord = new LoopbackDiscord();
  final LoopbackGemini gemini = new LoopbackGemini();
  final User ann = discord.user("Ann");
  final User bob = discord.user("Bob");
  private final Guild guild = discord.guild("Photographers", ann, bob);
  final Channel group = discord.channel(guild, "pictures");
  final byte[] photo = Pictures.jpeg(64, 48, 1);
  private final byte[] night = Pictures.png(1264, 848, 2);
  private static final long MANAGE_SERVER = 1 << 5;

  private final Path folder;

  DiscordHouse(Path folder) throws IOException {
    this.folder = folder;
  }

  @Override
  public RunningJar start() {
    return RunningJar.start(folder, environment(), "run");
  }

  @Override
  public Map<String, String> environment() {
    return Map.of(
        "DISCORD_TOKEN",
        LoopbackDiscord.TOKEN,
        "DISCORD_API_URL",
        discord.apiUrl().toString(),
        "GEMINI_API_KEY",
        LoopbackGemini.KEY,
        "GEMINI_BASE_URL",
        gemini.baseUrl().toString(),
        "GEMINI_UPLOADS",
        "reused",
        "DATA_DIR",
        folder.resolve("data").toString());
  }

  /** One program for both, with our Gemini. */
  RunningJar startBeside(TelegramHouse telegram) {
    return startWith(telegram.environment());
  }

  /** With further settings. */
  RunningJar startWith(Map<String, String> further) {
    Map<String, String> all = new HashMap<>(further);
    all.putAll(environment());
    return RunningJar.start(folder, all, "run");
  }

  /** The thread that belongs to a message of the group. */
  Channel threadOf(String message) {
    return new Channel(Long.parseLong(message), group.guild(), "thread");
  }

  Path folder() {
    return folder;
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
    return asks(ann, words);
  }

  private String asks(User member, String words) {
    discord.awaitConnected();
    Post post =
        discord.say(member, group, "<@%d> %s".formatted(discord.botId(), words), file("house.jpg"));
    return String.valueOf(post.messageId());
  }

  File file(String name) {
    return new File(name, "image/jpeg", photo);
  }

  @Override
  public void chats(String words, String answer) {
    discord.awaitConnected();
    Post post = discord.say(ann, group, words, file("holidays.jpg"));
    discord.reply(bob, post, answer);
  }

  @Override
  public void replies(Seen to, String words) {
    discord.reply(bob, new Post(group, Long.parseLong(to.message())), words);
  }

  @Override
  public void limits(String amount) {
    limits(Map.of("what", "members", "amount", amount));
  }

  /** Bob, who may manage the server, fills in the fields of the command. */
  void limits(Map<String, Object> fields) {
    discord.awaitConnected();
    discord.permissions(group.guild().orElseThrow(), bob, MANAGE_SERVER);
    discord.command(bob, group, "limit", fields);
  }

  @Override
  public void holds(String word) {
    discord.awaitConnected();
    discord.command(ann, group, "approve", Map.of("what", "word", "value", word));
  }

  @Override
  public String bobAsks(String words) {
    return asks(bob, words);
  }

  @Override
  public void presses(Seen on, String label) {
    discord.awaitConnected();
    discord.press(ann, new Post(group, Long.parseLong(on.message())), label);
  }

  @Override
  public Seen awaitWords(String words) {
    return discord
        .awaitPosts(group, posts -> posts.stream().anyMatch(post -> post.words().contains(words)))
        .stream()
        .filter(post -> post.words().contains(words))
        .findFirst()
        .map(DiscordHouse::seen)
        .orElseThrow();
  }

  @Override
  public void startsOver() {
    discord.awaitConnected();
    discord.command(bob, group, "new", Map.of());
  }

  @Override
  public void forgets() {
    discord.command(ann, group, "forget", Map.of());
  }

  @Override
  public List<Seen> awaitPictures(int count) {
    return pictures(discord.awaitPosts(group, posts -> pictures(posts).size() == count)).stream()
        .map(DiscordHouse::seen)
        .toList();
  }

  private static List<Shown> pictures(List<Shown> posts) {
    return posts.stream().filter(post -> !post.files().isEmpty()).toList();
  }

  @Override
  public void awaitPost() {
    discord.awaitPosts(group, posts -> !posts.isEmpty());
  }

  @Override
  public List<Seen> awaitPosts(int count) {
    return discord.awaitPosts(group, posts -> posts.size() >= count).stream()
        .map(DiscordHouse::seen)
        .toList();
  }

  private static Seen seen(Shown shown) {
    return new Seen(
        String.valueOf(shown.post().messageId()),
        shown.words(),
        shown.files().stream().findFirst().map(File::bytes),
        shown.replyTo().map(post -> String.valueOf(post.messageId())));
  }

  @Override
  public Hanging hangs(Step step) {
    Fault.Stalls stalls = new Fault.Stalls();
    discord.next(route(step), stalls);
    return new Hanging(stalls.arrived(), stalls.released());
  }

  @Override
  public void losesTheAnswer(Step step) {
    discord.next(route(step), new Fault.DropsAfter());
  }

  private static String route(Step step) {
    return switch (step) {
      case POST_CARD -> "POST /channels/*/messages";
      case FETCH_PHOTO -> "GET /attachments/**";
      case SHOW_RESULT -> "PATCH /channels/*/messages/*";
    };
  }

  @Override
  public void awaitGone() {
    discord.await("an end of the connection", () -> !discord.isConnected());
  }

  @Override
  public List<String> violations() {
    return discord.violations();
  }

  @Override
  public void close() {
    discord.close();
    gemini.close();
  }
}
