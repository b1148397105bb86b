package dev.plantain.image.endpoint;

import dev.plantain.config.Secret;

/** The header in which an endpoint wants its key. */
public enum Authentication {
  /** {@code x-goog-api-key}, as Google wants it. */
  GOOGLE_KEY("x-goog-api-key", ""),
  /** {@code Authorization: Bearer …}, as most gateways want it. */
  BEARER("Authorization", "Bearer "),
  /** {@code Authorization} with nothing but the key, as some gateways want it. */
  RAW("Authorization", "");

  private final String header;
  private final String prefix;

  Authentication(String header, String prefix) {
    this.header = header;
    this.prefix = prefix;
  }

  public String header() {
    return header;
  }

  /** What the header holds; never to be logged. */
  public String value(Secret key) {
    return prefix + key.reveal();
  }
}
