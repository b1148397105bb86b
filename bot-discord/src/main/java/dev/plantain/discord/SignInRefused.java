package dev.plantain.discord;

/** Discord does not let us in: nothing works until the operator changes something. */
public final class SignInRefused extends RuntimeException {

  private SignInRefused(String message) {
    super(message);
  }

  static SignInRefused badToken() {
    return new SignInRefused(
        "Discord does not accept the token. Check discord.token, or reset it in the Developer"
            + " Portal, page Bot; with a proxy, check discord.api-url too.");
  }

  static SignInRefused intentSwitchedOff() {
    return new SignInRefused(
        "Discord does not let us read the content of all messages. Switch on the Message Content"
            + " Intent in the Developer Portal, page Bot, or set discord.message-content to false.");
  }

  static SignInRefused shards() {
    return new SignInRefused(
        "Discord does not take this number of shards. Set discord.shards to auto.");
  }
}
