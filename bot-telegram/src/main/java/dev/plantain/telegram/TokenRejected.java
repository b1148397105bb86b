package dev.plantain.telegram;

/** Telegram does not know our token: nothing works until the operator changes the configuration. */
public final class TokenRejected extends RuntimeException {
  TokenRejected(int status) {
    super(
        "Telegram does not accept the token (status %d).".formatted(status)
            + " Check telegram.token, or ask BotFather for a new one;"
            + " with an API server of your own, check telegram.api-url too.");
  }
}
