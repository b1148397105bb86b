package dev.plantain.image.endpoint;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** What an endpoint speaks. Whoever adds one is told by the compiler where it has to be handled. */
public sealed interface Wire {

  /** Google's {@code generateContent}, or a gateway that passes it on. */
  record Gemini() implements Wire {}

  /**
   * {@code /v1/chat/completions} with pictures in the words of the answer.
   *
   * @param streamed whether the answer has to come in pieces
   */
  record OpenAiChat(boolean streamed) implements Wire {}

  /** OpenRouter's chat, whose answers carry pictures and the price beside the words. */
  record OpenRouterChat(boolean streamed) implements Wire {}

  /** OpenRouter's {@code /api/v1/images}. */
  record OpenRouterImages() implements Wire {}

  /**
   * {@code /images/generations} as OpenAI shaped it and Google offers it: words in, pictures out.
   */
  record OpenAiImages() implements Wire {}

  /**
   * Google's {@code generateContent} on Vertex AI.
   *
   * @param project empty for express mode, which takes a key instead of an account
   * @param location such as {@code global} or {@code europe-west4}
   * @param credentials the file of a service account; empty for what the machine has by itself
   */
  record Vertex(Optional<String> project, String location, Optional<Path> credentials)
      implements Wire {
    /** Where Google serves this location: gemini.md, section 6. */
    public URI usualAddress() {
      String host = location.equals("global") ? "aiplatform" : location + "-aiplatform";
      return URI.create("https://" + host + ".googleapis.com");
    }
  }

  /** Imagen's {@code :predict}: words in, pictures out. */
  record Imagen() implements Wire {}
}
