package dev.plantain.app;

import dev.plantain.config.Configuration;
import dev.plantain.config.Secret;
import dev.plantain.discord.DiscordPlatform;
import dev.plantain.discord.SignInRefused;
import dev.plantain.platform.PlatformException;
import dev.plantain.storage.Database;
import dev.plantain.storage.Inspection;
import dev.plantain.telegram.TelegramPlatform;
import dev.plantain.telegram.TokenRejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code doctor} looks at, one finding for each thing. Changes nothing. */
final class Examination {
  private static final long LITTLE_ROOM_BYTES = 1_000_000_000;

  private final OperatorSettings settings;

  Examination(OperatorSettings settings) {
    this.settings = settings;
  }

  /** Blocks on the disk and the network. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(new Finding.Fine("settings", "all known, all in range"));
    Configuration.likelySlips(OperatorSettings.class, System.getenv())
        .forEach(slip ->
            findings.add(
                new Finding.Notice(
                    "settings", slip.place() + ": " + slip.problem(), slip.remedy())));
    findings.add(dataFolder());
    findings.add(database());
    findings.addAll(platforms());
    findings.addAll(new ModelExamination(settings).findings());
    findings.addAll(new WordsExamination(settings).findings());
    findings.addAll(styles());
    return findings;
  }

  static Finding java() {
    int feature = Runtime.version().feature();
    return feature >= 25
        ? new Finding.Fine("Java", Runtime.version().toString())
        : new Finding.Fault(
            "Java", "This is Java " + feature + ".", "Install a JDK 25 and start again.");
  }

  private List<Finding> styles() {
    String about = "styles";
    try {
      int count = House.styles(settings).all().size();
      return settings
          .styles()
          .<Finding>map(file -> new Finding.Fine(about, count + " styles, with those of " + file))
          .stream()
          .toList();
    } catch (OperatorException e) {
      return List.of(
          new Finding.Fault(
              about,
              String.valueOf(e.getMessage()),
              "Mend the file, or leave STYLES out; nothing starts until then."));
    }
  }

  private Finding dataFolder() {
    Path folder = settings.dataDir().toAbsolutePath();
    try {
      Path existing = folder;
      while (!Files.exists(existing) && existing.getParent() != null) {
        existing = existing.getParent();
      }
      if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
        return new Finding.Fault(
            "data folder",
            folder + " cannot be written.",
            "Change its owner or permissions, or set DATA_DIR to another folder.");
      }
      long free = Files.getFileStore(existing).getUsableSpace();
      String room = free / 1_000_000 + " MB free";
      return free < LITTLE_ROOM_BYTES
          ? new Finding.Notice(
              "data folder",
              folder + " has little room: " + room + ".",
              "Make some before it is full.")
          : new Finding.Fine("data folder", folder + ", " + room);
    } catch (IOException e) {
      return new Finding.Fault(
          "data folder",
          folder + " cannot be looked at: " + e.getMessage() + ".",
          "Check the disk and the path.");
    }
  }

  private Finding database() {
    return switch (Database.inspect(settings.dataDir())) {
      case Inspection.Absent absent ->
          new Finding.Fine("database", "none yet, made at first start");
      case Inspection.Sound sound ->
          new Finding.Fine(
              "database", "sound, version " + sound.version() + ", " + sound.bytes() + " bytes");
      case Inspection.Unusable unusable ->
          new Finding.Fault("database", unusable.message(), "The bot does not start with it.");
    };
  }

  private List<Finding> platforms() {
    List<Finding> findings = new ArrayList<>();
    settings.telegram().token().ifPresent(token -> findings.addAll(telegram(token)));
    settings.discord().token().ifPresent(token -> findings.addAll(discord(token)));
    if (findings.isEmpty()) {
      findings.add(
          new Finding.Fault(
              "tokens",
              "There is none, neither for Telegram nor for Discord.",
              "Get one from @BotFather and set TELEGRAM_TOKEN, or from the Discord Developer Portal"
                  + " and set DISCORD_TOKEN; `try` works without."));
    }
    return findings;
  }

  private List<Finding> discord(Secret token) {
    try {
      DiscordPlatform.Profile bot = DiscordPlatform.check(settings.discord().config(token));
      return List.of(
          new Finding.Fine("Discord token", bot.name() + " at " + settings.discord().apiUrl()),
          messageContent(bot));
    } catch (OperatorException | SignInRefused e) {
      return List.of(
          new Finding.Fault(
              "Discord token",
              String.valueOf(e.getMessage()),
              "Copy it again from the Developer Portal, page Bot (Reset Token)."));
    } catch (PlatformException e) {
      return List.of(
          new Finding.Fault(
              "Discord",
              settings.discord().apiUrl()
                  + " does not answer as it should: "
                  + e.getMessage()
                  + ".",
              "Check the network, DISCORD_API_URL and any proxy."));
    }
  }

  private Finding messageContent(DiscordPlatform.Profile bot) {
    String about = "message content";
    if (settings.discord().messageContent()) {
      return bot.hearsContent()
          ? new Finding.Fine(about, "every reply and mention can be read")
          : new Finding.Fault(
              about,
              "The bot asks for an intent that is switched off, and Discord will not let it in.",
              "Switch on the Message Content Intent in the Developer Portal, page Bot, or set"
                  + " DISCORD_MESSAGE_CONTENT=false.");
    }
    return new Finding.Notice(
        about,
        "not asked for: a mention in reply to somebody else's photo does not show the bot that"
            + " photo.",
        "That is fine for most. Else switch the intent on in the Developer Portal, page Bot, and"
            + " set DISCORD_MESSAGE_CONTENT=true.");
  }

  private List<Finding> telegram(Secret token) {
    try {
      TelegramPlatform.Profile bot =
          TelegramPlatform.check(settings.telegram().config(token), Main.CLOCK);
      return List.of(
          new Finding.Fine(
              "Telegram token", "@" + bot.name() + " at " + settings.telegram().apiUrl()),
          privacy(bot));
    } catch (OperatorException | TokenRejected e) {
      return List.of(
          new Finding.Fault(
              "Telegram token",
              String.valueOf(e.getMessage()),
              "Copy it again from @BotFather (/mybots, API Token)."));
    } catch (PlatformException e) {
      return List.of(
          new Finding.Fault(
              "Telegram",
              settings.telegram().apiUrl()
                  + " does not answer as it should: "
                  + e.getMessage()
                  + ".",
              "Check the network, TELEGRAM_API_URL and any proxy."));
    }
  }

  private static Finding privacy(TelegramPlatform.Profile bot) {
    return bot.readsAllGroupMessages()
        ? new Finding.Fine("privacy mode", "off, plain mentions in groups reach the bot")
        : new Finding.Notice(
            "privacy mode",
            "on: in groups the bot hears commands and replies, not plain mentions.",
            "To hear them, make it an admin, or send /setprivacy to @BotFather and add it again.");
  }
}
