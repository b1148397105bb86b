package dev.plantain.bench;

import java.nio.ByteBuffer;
import java.security.MessageDigestSpi;
import java.security.Provider;
import java.security.Security;

/** Takes the place of SHA-256 and computes nothing, to show what the hash costs. */
final class WithoutHash extends Provider {
  private static final String NAME = "WithoutHash";
  private static long made;

  WithoutHash() {
    super(NAME, "1", "no hash at all");
    put("MessageDigest.SHA-256", Nothing.class.getName());
  }

  static void on() {
    Security.insertProviderAt(new WithoutHash(), 1);
  }

  static void off() {
    Security.removeProvider(NAME);
  }

  private static synchronized long next() {
    return ++made;
  }

  /** A different name for each file. */
  public static final class Nothing extends MessageDigestSpi {
    @Override
    protected void engineUpdate(byte input) {}

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {}

    @Override
    protected byte[] engineDigest() {
      return ByteBuffer.allocate(32).putLong(next()).array();
    }

    @Override
    protected void engineReset() {}
  }
}
