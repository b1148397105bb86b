package dev.plantain.image.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Addresses of the public internet, as opposed to those by which a machine reaches itself, its
 * neighbours or the service that hands out its credentials (169.254.169.254). Source: the special
 * purpose registries of IANA, as in RFC 6890.
 */
final class PublicAddress {
  private PublicAddress() {}

  static boolean is(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes);
  }

  private static boolean isPublic4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    int third = bytes[2] & 0xff;
    return switch (first) {
      case 0 -> false;
      case 100 -> second < 64 || second > 127;
      case 192 -> second != 0 || third > 2 || third == 1;
      case 198 -> second != 18 && second != 19 && (second != 51 || third != 100);
      case 203 -> second != 0 || third != 113;
      default -> first < 224;
    };
  }

  private static boolean isPublic6(byte[] bytes) {
    if (startsWith(bytes, 0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)) {
      return isPublicWithin(bytes, 12);
    }
    boolean globalUnicast = (bytes[0] & 0xe0) == 0x20;
    boolean teredo = startsWith(bytes, 0x20, 0x01, 0x00, 0x00);
    boolean documentation = startsWith(bytes, 0x20, 0x01, 0x0d, 0xb8);
    boolean sixToFour = startsWith(bytes, 0x20, 0x02);
    return globalUnicast && !teredo && !documentation && (!sixToFour || isPublicWithin(bytes, 2));
  }

  private static boolean isPublicWithin(byte[] bytes, int at) {
    try {
      return is(InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4)));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int index = 0; index < prefix.length; index++) {
      if ((bytes[index] & 0xff) != prefix[index]) {
        return false;
      }
    }
    return true;
  }
}
