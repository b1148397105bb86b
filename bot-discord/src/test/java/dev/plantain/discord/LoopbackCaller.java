package dev.plantain.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Calls the REST API of the small Discord by hand, as its bot. */
final class LoopbackCaller implements AutoCloseable {
  private final LoopbackDiscord discord;
  private final HttpClient http = HttpClient.newHttpClient();

  LoopbackCaller(LoopbackDiscord discord) {
    this.discord = discord;
  }

  /**
   * Calls a route.
   *
   * @param route as {@code POST channels/1/messages}; APP stands for the bot's id
   * @param body JSON with single quotation marks; empty for none
   */
  JsonNode call(String route, String body) {
    String json = body.replace('\'', '"');
    return send(route, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /** What is answered; an object that says {@code broken} where nothing is. */
  JsonNode send(String route, String type, byte[] body) {
    String[] words = route.split(" ", 2);
    HttpRequest request =
        HttpRequest.newBuilder(
                discord.apiUrl().resolve(words[1].replace("APP", String.valueOf(discord.botId()))))
            .header("Authorization", "Bot " + LoopbackDiscord.TOKEN)
            .header("User-Agent", "DiscordBot (https://example.org, 1)")
            .header("Content-Type", type)
            .method(
                words[0],
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      return answer.body().isEmpty()
          ? LoopbackWire.object()
          : LoopbackWire.MAPPER.readTree(answer.body());
    } catch (IOException broken) {
      return LoopbackWire.object().put("broken", true);
    } catch (InterruptedException ending) {
      throw new IllegalStateException(ending);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
