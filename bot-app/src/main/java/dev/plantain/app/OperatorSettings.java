package dev.plantain.app;

import dev.plantain.config.About;
import dev.plantain.config.Between;
import dev.plantain.config.ByteCount;
import dev.plantain.config.Default;
import dev.plantain.config.Secret;
import dev.plantain.discord.DiscordConfig;
import dev.plantain.image.Guidance;
import dev.plantain.image.endpoint.Authentication;
import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Uploads;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.quota.Caps;
import dev.plantain.telegram.TelegramConfig;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that an operator sets. */
public record OperatorSettings(
    @About("Where the database and the pictures live.") @Default("data") Path dataDir,
    @About("The Telegram bot.") Telegram telegram,
    @About("The Discord bot.") Discord discord,
    @About("The image models, and Google's own way to them.") Gemini gemini,
    @About("Further ways to the models: gateways, Vertex AI and others.")
        Map<String, EndpointSettings> endpoints,
    @About("Which endpoints a model is asked at, by its id; without, at all, in their order.")
        Map<String, RouteSettings> routes,
    @About("How long and how often models are asked.") Requests requests,
    @About("What is said in a chat.") Conversation conversation,
    @About("The pictures that members send.") Media media,
    @About("What the whole bot may spend, above every rule of a chat.") Spending spending,
    @About("A model that answers in words. Without one, all below that needs it is off.") Text text,
    @About("Better words for a request (/improve), shown before anything is made.") Improve improve,
    @About("A look at requests before anything is made.") Precheck precheck,
    @About("A file of styles of your own; those with the id of a packaged one take its place.")
        Optional<Path> styles) {

  /** How Telegram is reached. */
  public record Telegram(
      @About("What BotFather gave you. Without it the bot does not serve Telegram.")
          Optional<Secret> token,
      @About("Where the Bot API is reached; change it for a Bot API server of your own.")
          @Default("https://api.telegram.org")
          URI apiUrl,
      @About("How long Telegram holds a request for news.")
          @Default("50 s")
          @Between(least = "1 s", most = "50 s")
          Duration pollTimeout,
      @About("The largest file that the Bot API lets us fetch; more with a server of your own.")
          @Default("20 MiB")
          @Between(least = "1 MB", most = "2 GB")
          ByteCount maxDownload) {

    TelegramConfig config(Secret knownToken) {
      try {
        return new TelegramConfig(knownToken, apiUrl, pollTimeout, maxDownload.bytes());
      } catch (IllegalArgumentException e) {
        throw new OperatorException("TELEGRAM_TOKEN: " + e.getMessage());
      }
    }
  }

  /** How Discord is reached. */
  public record Discord(
      @About("What the Developer Portal gave you. Without it the bot does not serve Discord.")
          Optional<Secret> token,
      @About("Where the API is reached, which also names the gateway; change it for a proxy.")
          @Default("https://discord.com/api/v10/")
          URI apiUrl,
      @About("Where pictures of people are fetched; change it for a proxy.")
          @Default("https://cdn.discordapp.com/")
          URI cdnUrl,
      @About("Whether to ask for the message content intent, so that every reply can be read.")
          @Default("false")
          boolean messageContent,
      @About("Whether a request in a channel opens a thread of its own, for all that follows.")
          @Default("false")
          boolean threads,
      @About("How many connections share the servers: auto, or a number.") @Default("auto")
          String shards,
      @About("The id of one server that alone gets the commands, at once: for development.")
          Optional<String> developmentGuild) {

    DiscordConfig config(Secret knownToken) {
      try {
        return new DiscordConfig(
            knownToken,
            apiUrl,
            cdnUrl,
            messageContent,
            threads,
            DiscordConfig.shards(shards),
            developmentGuild);
      } catch (IllegalArgumentException e) {
        throw new OperatorException("discord: " + e.getMessage());
      }
    }
  }

  /** How the models are reached. */
  public record Gemini(
      @About("Your Gemini API key. Without it, and without endpoints, there are simple filters.")
          Optional<Secret> apiKey,
      @About("Where the models are reached; change it for a gateway.")
          @Default("https://generativelanguage.googleapis.com")
          URI baseUrl,
      @About("The model that is used unless somebody chooses another.")
          @Default("gemini-nano-banana-2.1")
          String model,
      @About("The models that members may choose; empty for all that are not retired.") @Default("")
          List<String> models,
      @About("How many pictures are made at once.") @Default("4") @Between(least = "1", most = "64")
          int concurrency,
      @About("Words that go to the model with every request, such as a house style.")
          Optional<String> instruction,
      @About(
              "How long models think that let one choose; without, as long as they do by themselves.")
          Optional<Guidance.Thinking> thinking,
      @About("Whether models that can look things up first may do so; Google bills searches extra.")
          @Default("false")
          boolean search,
      @About(
              "When a picture is put there as a file: never, reused (from its second use on) or"
                  + " always; without, reused at Google and never at a gateway.")
          Optional<Uploads.When> uploads) {

    Guidance guidance() {
      return new Guidance(instruction, thinking, search);
    }

    Endpoint endpoint(Secret knownKey) {
      try {
        return new Endpoint(
                NAME, new Wire.Gemini(), baseUrl, Authentication.GOOGLE_KEY, List.of(knownKey))
            .with(
                new Uploads(
                    uploads.orElseGet(() -> EndpointSettings.usual(baseUrl)),
                    Uploads.GOOGLES_MOST));
      } catch (IllegalArgumentException e) {
        throw new OperatorException("GEMINI_API_KEY: " + e.getMessage());
      }
    }

    /** What routes call it. */
    static final String NAME = "gemini";
  }

  /** How patient we are with models. */
  public record Requests(
      @About("How long a model that has no room is asked again, from the first time on.")
          @Default("15 min")
          @Between(least = "10 s", most = "7 d")
          Duration patience,
      @About("Whether to ask again what may have been billed although no picture came.")
          @Default("false")
          boolean payTwice,
      @About("How many pictures may be asked for at once with /batch; 0 to take no batches.")
          @Default("20")
          @Between(least = "0", most = "100")
          int batchMost,
      @About(
              "How long a request is answered, free of charge, by the picture that the same request"
                  + " made in the same community, such as 1 d. Without it each makes a new one.")
          @Between(least = "1 min", most = "365 d")
          Optional<Duration> repeatsWithin) {}

  /** The rules of a conversation. */
  public record Conversation(
      @About("After a pause of this length, words alone begin a new conversation.")
          @Default("60 min")
          @Between(least = "1 min", most = "3650 d")
          Duration idleTime,
      @About("How many characters a request may have.")
          @Default("8000")
          @Between(least = "100", most = "100000")
          int maxCharacters) {}

  /** What members may send. */
  public record Media(
      @About("How many megapixels a picture may have.")
          @Default("100")
          @Between(least = "1", most = "500")
          int maxMegapixels) {}

  /** The operator's caps. */
  public record Spending(
      @About("US dollars in a day of UTC, such as 5 or 2.50. Without it nothing caps a day.")
          Optional<String> perDay,
      @About("US dollars in a month of UTC, such as 50. Without it nothing caps a month.")
          Optional<String> perMonth) {

    Caps caps() {
      return new Caps(
          perMonth.map(written -> microDollars("SPENDING_PER_MONTH", written)),
          perDay.map(written -> microDollars("SPENDING_PER_DAY", written)));
    }
  }

  /** The text model. */
  public record Text(
      @About("Its id, as its provider calls it. Without it there is none.") Optional<String> model,
      @About("The endpoints at which it is asked, the first choice first; empty for all that can.")
          @Default("")
          List<String> endpoints,
      @About("How long an answer may take.")
          @Default("30 s")
          @Between(least = "1 s", most = "10 min")
          Duration timeLimit,
      @About("US dollars for a million tokens that it reads, such as 0.10, for the books.")
          Optional<String> inputPrice,
      @About("US dollars for a million tokens that it writes, such as 0.40, for the books.")
          Optional<String> outputPrice) {}

  /** Better words. */
  public record Improve(
      @About("How often a member may ask for them in 24 hours; 0 switches /improve off.")
          @Default("20")
          @Between(least = "0", most = "100000")
          int perDay) {}

  /** The look at requests. */
  public record Precheck(
      @About("What the text model looks at before a picture is made; each look costs a little.")
          @Default("nothing")
          dev.plantain.words.Precheck.Sight looksAt,
      @About("What becomes of a request where it does not answer, or not with a judgement.")
          @Default("allow")
          dev.plantain.words.Precheck.Doubt inDoubt,
      @About("What is not to be asked for, in your words.")
          @Default(
              "Sexual content. Anything sexual or demeaning about minors. Real people shown naked, in"
                  + " crimes or in ways that hurt them. Cruelty and gore. Hatred against groups of"
                  + " people. Help with weapons or drugs. Forged documents.")
          String rules) {}

  static long microDollars(String setting, String written) {
    if (!written.matches("[0-9]{1,7}(\\.[0-9]{1,6})?")) {
      throw new OperatorException(
          setting + ": write US dollars as a number such as 5 or 2.50, not “" + written + "”.");
    }
    return new BigDecimal(written).movePointRight(6).longValueExact();
  }
}
