package dev.plantain.telegram;

import dev.plantain.config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where and as whom we talk to Telegram.
 *
 * @param token as BotFather gives it: {@code 123456:ABC...}
 * @param apiUrl of Telegram, of a local Bot API server or of a gateway, which may have a path
 * @param pollTimeout how long Telegram holds a request for updates: 1 to 50 seconds
 * @param maxDownloadBytes the largest file that {@code getFile} gives; servers of one's own give
 *     larger ones
 */
public record TelegramConfig(
    Secret token, URI apiUrl, Duration pollTimeout, long maxDownloadBytes) {

  public static final URI PUBLIC_API = URI.create("https://api.telegram.org");
  public static final Duration LONGEST_POLL = Duration.ofSeconds(50);

  /** Of the public server (Bot API 10.3, getFile). */
  public static final long MOST_DOWNLOAD_BYTES = 20L << 20;

  public TelegramConfig {
    if (!token.reveal().matches("[A-Za-z0-9:_-]+")) {
      throw new IllegalArgumentException(
          "The Telegram token holds characters that no token has."
              + " Copy it again from BotFather; it looks like 123456:ABC-def.");
    }
    String scheme = String.valueOf(apiUrl.getScheme());
    if (!List.of("https", "http").contains(scheme) || apiUrl.getHost() == null) {
      throw new IllegalArgumentException(
          "The address of the Telegram API must start with https:// or http:// and name a host.");
    }
    if (pollTimeout.compareTo(Duration.ofSeconds(1)) < 0
        || pollTimeout.compareTo(LONGEST_POLL) > 0) {
      throw new IllegalArgumentException(
          "Telegram holds a request for 1 to 50 seconds, not for " + pollTimeout + ".");
    }
  }

  public TelegramConfig(Secret token) {
    this(token, PUBLIC_API, LONGEST_POLL);
  }

  public TelegramConfig(Secret token, URI apiUrl, Duration pollTimeout) {
    this(token, apiUrl, pollTimeout, MOST_DOWNLOAD_BYTES);
  }
}
