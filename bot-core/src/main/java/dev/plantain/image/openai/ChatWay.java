package dev.plantain.image.openai;

import dev.plantain.image.endpoint.Endpoint;
import dev.plantain.image.endpoint.Wire;
import dev.plantain.image.openai.ChatRequest.Dialect;
import okhttp3.HttpUrl;

/** How a chat of OpenAI's shape is spoken to at an endpoint. */
record ChatWay(HttpUrl address, Dialect dialect, boolean streamed) {

  /**
   * @param endpoint speaks {@link Wire.OpenAiChat} or {@link Wire.OpenRouterChat}
   */
  static ChatWay of(Endpoint endpoint) {
    return switch (endpoint.wire()) {
      case Wire.OpenAiChat chat ->
          new ChatWay(
              OpenAiAddress.of(endpoint).chatCompletions(), Dialect.OPENAI, chat.streamed());
      case Wire.OpenRouterChat chat ->
          new ChatWay(
              OpenAiAddress.ofOpenRouter(endpoint).chatCompletions(),
              Dialect.OPENROUTER,
              chat.streamed());
      case Wire.Gemini _,
          Wire.OpenRouterImages _,
          Wire.OpenAiImages _,
          Wire.Vertex _,
          Wire.Imagen _ ->
          throw new IllegalArgumentException(endpoint.name() + " speaks no chat of OpenAI's shape");
    };
  }
}
