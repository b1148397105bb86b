package dev.plantain.image.gemini;

import dev.plantain.media.BlobId;
import java.time.Instant;

/**
 * A picture that was put at the provider as a file.
 *
 * @param name what the provider calls it, such as {@code files/abc}
 * @param uri by which requests refer to it; no secret, as it opens to the same key only
 * @param expiresAt when the provider deletes it by itself
 */
public record Upload(BlobId picture, String name, String uri, String mimeType, Instant expiresAt) {}
