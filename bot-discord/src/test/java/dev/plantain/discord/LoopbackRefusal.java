package dev.plantain.discord;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the small Discord answers when it does not do what the bot wants. */
final class LoopbackRefusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  final int status;
  final int code;

  LoopbackRefusal(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** The error that names a field which is not as it must be. */
  static LoopbackRefusal form(String what) {
    return new LoopbackRefusal(400, 50035, "Invalid Form Body: " + what);
  }

  static LoopbackRefusal unknown(int code, String what) {
    return new LoopbackRefusal(404, code, "Unknown " + what);
  }

  static LoopbackRefusal missingAccess() {
    return new LoopbackRefusal(403, 50001, "Missing Access");
  }

  static LoopbackRefusal missingPermissions() {
    return new LoopbackRefusal(403, 50013, "Missing Permissions");
  }

  ObjectNode json() {
    return LoopbackWire.object().put("message", String.valueOf(getMessage())).put("code", code);
  }
}
