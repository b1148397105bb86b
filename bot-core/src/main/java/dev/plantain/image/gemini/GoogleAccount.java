package dev.plantain.image.gemini;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import dev.plantain.image.wire.Credential;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * An account at Google: its tokens are got and renewed, before they end, by Google's own library.
 */
public final class GoogleAccount implements Credential {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

  private final Optional<Path> file;
  private @Nullable GoogleCredentials credentials;

  /**
   * Reads and reaches nothing yet.
   *
   * @param file of a service account's key
   */
  public GoogleAccount(Path file) {
    this.file = Optional.of(file);
  }

  /** What the machine has by itself, such as the metadata server of a virtual machine. */
  public GoogleAccount() {
    this.file = Optional.empty();
  }

  @Override
  public void authorize(Request.Builder request) throws IOException {
    GoogleCredentials known = credentials();
    known.refreshIfExpired();
    request.header("Authorization", "Bearer " + known.getAccessToken().getTokenValue());
  }

  private synchronized GoogleCredentials credentials() throws IOException {
    GoogleCredentials known = credentials;
    if (known == null) {
      known = (file.isPresent() ? read(file.get()) : GoogleCredentials.getApplicationDefault());
      known = known.createScoped(List.of(SCOPE));
      credentials = known;
    }
    return known;
  }

  private static GoogleCredentials read(Path file) throws IOException {
    try (InputStream json = Files.newInputStream(file)) {
      return ServiceAccountCredentials.fromStream(json);
    }
  }

  @Override
  public String hiddenIn(String text) {
    GoogleCredentials known;
    synchronized (this) {
      known = credentials;
    }
    AccessToken token = known == null ? null : known.getAccessToken();
    return token == null ? text : text.replace(token.getTokenValue(), "(secret)");
  }
}
