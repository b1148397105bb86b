package dev.plantain.bench;

import com.google.genai.Client;
import com.google.genai.types.Blob;
import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Google's Java SDK. */
final class Sdk {
  private static final String MODEL = "gemini-nano-banana-2.1";

  private final Client client;
  private final List<Path> photos;

  Sdk(URI baseUrl, List<Path> photos) {
    this.photos = photos;
    this.client =
        Client.builder()
            .apiKey("key")
            .httpOptions(HttpOptions.builder().baseUrl(baseUrl.toString()).build())
            .build();
  }

  /** Asks, and returns the picture of the answer. */
  byte[] generate() throws IOException {
    List<Part> parts = new ArrayList<>();
    parts.add(Part.fromText("make it nighttime"));
    for (Path photo : photos) {
      parts.add(Part.fromBytes(Files.readAllBytes(photo), "image/png"));
    }
    GenerateContentResponse response =
        client.models.generateContent(
            MODEL,
            Content.fromParts(parts.toArray(Part[]::new)),
            GenerateContentConfig.builder().responseModalities("TEXT", "IMAGE").build());
    return Objects.requireNonNull(response.parts()).stream()
        .flatMap(part -> part.inlineData().flatMap(Blob::data).stream())
        .findFirst()
        .orElseThrow();
  }
}
