package dev.plantain.telegram;

import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformException.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the refusals of the Bot API mean for us. Its only sign is often the English description. */
final class Refusals {

  private record Sign(String words, Reason reason) {}

  /** The first that occurs in the description counts. */
  private static final List<Sign> SIGNS =
      List.of(
          new Sign("message to edit not found", Reason.MESSAGE_GONE),
          new Sign("message to delete not found", Reason.MESSAGE_GONE),
          new Sign("message to react not found", Reason.MESSAGE_GONE),
          new Sign("message can't be edited", Reason.MESSAGE_GONE),
          new Sign("message can't be deleted", Reason.MESSAGE_GONE),
          new Sign("message_id_invalid", Reason.MESSAGE_GONE),
          new Sign("wrong message identifier", Reason.MESSAGE_GONE),
          new Sign("wrong file_id", Reason.ATTACHMENT_GONE),
          new Sign("wrong file identifier", Reason.ATTACHMENT_GONE),
          new Sign("invalid file_id", Reason.ATTACHMENT_GONE),
          new Sign("file reference", Reason.ATTACHMENT_GONE),
          new Sign("file_reference", Reason.ATTACHMENT_GONE),
          new Sign("file is too big", Reason.TOO_LARGE),
          new Sign("too large", Reason.TOO_LARGE),
          new Sign("photo_invalid_dimensions", Reason.TOO_LARGE),
          new Sign("chat not found", Reason.CHAT_CLOSED),
          new Sign("not enough rights", Reason.CHAT_CLOSED),
          new Sign("have no rights", Reason.CHAT_CLOSED),
          new Sign("need administrator rights", Reason.CHAT_CLOSED),
          new Sign("chat_write_forbidden", Reason.CHAT_CLOSED),
          new Sign("chat_restricted", Reason.CHAT_CLOSED),
          new Sign("chat_admin_required", Reason.CHAT_CLOSED),
          new Sign("chat_send_", Reason.CHAT_CLOSED),
          new Sign("group chat was deactivated", Reason.CHAT_CLOSED),
          new Sign("peer_id_invalid", Reason.CHAT_CLOSED),
          new Sign("user is deactivated", Reason.CHAT_CLOSED),
          new Sign("topic_closed", Reason.CHAT_CLOSED),
          new Sign("topic_deleted", Reason.CHAT_CLOSED),
          new Sign("message thread not found", Reason.CHAT_CLOSED));

  private Refusals() {}

  static RuntimeException of(String method, Answer.Refused refused) {
    String told = "Telegram refused %s: %s".formatted(method, refused.description());
    if (refused.migratedTo().isPresent()) {
      return new ChatMoved(refused.migratedTo().get());
    }
    return switch (refused.code()) {
      case 429 -> new PlatformException.Unavailable(told, refused.retryAfter(), false);
      case 401 -> new TokenRejected(refused.code());
      case 404 ->
          isAboutTheToken(refused)
              ? new TokenRejected(refused.code())
              : new PlatformException.Rejected(Reason.INVALID, told);
      case 409 -> new PlatformException.Unavailable(told, Optional.empty(), false);
      case 413 -> new PlatformException.Rejected(Reason.TOO_LARGE, told);
      default ->
          refused.code() >= 500
              ? new PlatformException.Unavailable(told, refused.retryAfter(), true)
              : rejected(told, refused);
    };
  }

  /** An unknown method is answered with 404, too, but says so. */
  static boolean isAboutTheToken(Answer.Refused refused) {
    return refused.code() == 401
        || (refused.code() == 404
            && !refused.description().toLowerCase(Locale.ROOT).contains("method not found"));
  }

  private static RuntimeException rejected(String told, Answer.Refused refused) {
    String description = refused.description().toLowerCase(Locale.ROOT);
    if (description.contains("message is not modified")) {
      return new NotModified();
    }
    Reason otherwise = refused.code() == 403 ? Reason.CHAT_CLOSED : Reason.INVALID;
    Reason reason =
        SIGNS.stream()
            .filter(sign -> description.contains(sign.words()))
            .findFirst()
            .map(Sign::reason)
            .orElse(otherwise);
    return new PlatformException.Rejected(reason, told);
  }
}
