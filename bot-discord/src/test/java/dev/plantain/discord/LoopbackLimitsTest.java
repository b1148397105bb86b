package dev.plantain.discord;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.discord.LoopbackDiscord.Channel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoopbackLimitsTest {

  @Test
  void theSixthMessageIsRefusedForAWhile() {
    try (LoopbackDiscord discord = new LoopbackDiscord();
        LoopbackCaller caller = new LoopbackCaller(discord)) {
      Channel channel = discord.channel(discord.guild("Pictures", discord.user("Ann")), "general");
      discord.limitRates(Duration.ofHours(1));
      String route = "POST channels/%d/messages".formatted(channel.id());

      for (int i = 0; i < 5; i++) {
        assertThat(caller.call(route, "{'content': 'x'}").path("id").asText()).isNotEmpty();
      }
      JsonNode refused = caller.call(route, "{'content': 'x'}");

      assertThat(refused.path("retry_after").asDouble()).isBetween(3_000.0, 3_600.0);
      assertThat(refused.path("global").asBoolean()).isFalse();
      assertThat(discord.limitedRequests()).isOne();
      assertThat(discord.posts(channel)).hasSize(5);
    }
  }
}
