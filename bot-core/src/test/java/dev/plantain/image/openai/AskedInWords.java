package dev.plantain.image.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A request that the loopback provider was sent and did not refuse for its form.
 *
 * @param path with which it was asked
 * @param words all that was said, in order
 * @param pictures the hashes of what was shown, in order
 * @param body as it came
 */
public record AskedInWords(
    String path, String model, List<String> words, List<String> pictures, JsonNode body) {}
