package dev.plantain.image.wire;

import dev.plantain.config.Secret;
import dev.plantain.image.endpoint.Authentication;
import java.io.IOException;
import okhttp3.Request;

/** What proves to an endpoint who asks. */
public interface Credential {

  /**
   * Adds the headers that prove it. May block on the network to get or renew a token.
   *
   * @throws IOException there is no token now
   */
  void authorize(Request.Builder request) throws IOException;

  /** The text without what is secret, which gateways have been seen to repeat in complaints. */
  String hiddenIn(String text);

  /** A key in a header. */
  record Key(Authentication authentication, Secret key) implements Credential {
    @Override
    public void authorize(Request.Builder request) {
      request.header(authentication.header(), authentication.value(key));
    }

    @Override
    public String hiddenIn(String text) {
      return text.replace(key.reveal(), key.toString());
    }
  }
}
