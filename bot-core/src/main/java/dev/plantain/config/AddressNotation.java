package dev.plantain.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Addresses of services: http or https, without credentials, in one spelling. */
final class AddressNotation {
  /** Wider than RFC 3986's host: names of containers often hold an underscore. */
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?");

  private AddressNotation() {}

  /** The address in lower case up to its path, without a slash at its end. */
  static Optional<URI> parse(String written) {
    try {
      return normalised(new URI(written));
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty();
    }
  }

  private static Optional<URI> normalised(URI address) throws URISyntaxException {
    String scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    String authority = Optional.ofNullable(address.getRawAuthority()).orElse("");
    boolean usable =
        (scheme.equals("http") || scheme.equals("https"))
            && isHostAndPort(authority)
            && address.getRawQuery() == null
            && address.getRawFragment() == null;
    if (!usable) {
      return Optional.empty();
    }
    String path = Optional.ofNullable(address.getRawPath()).orElse("").replaceAll("/+$", "");
    return Optional.of(new URI(scheme + "://" + authority.toLowerCase(Locale.ROOT) + path));
  }

  private static boolean isHostAndPort(String authority) {
    var matcher = HOST_AND_PORT.matcher(authority);
    if (!matcher.matches()) {
      return false;
    }
    int port = Integer.parseInt(Optional.ofNullable(matcher.group(2)).orElse("80"));
    return port >= 1 && port <= 65_535;
  }
}
