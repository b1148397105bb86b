package dev.plantain.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plantain.platform.IncomingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.telegram.telegrambots.meta.api.objects.Update;

class EveryUpdateTest {

  private static final Path UPDATES =
      Path.of(System.getProperty("plantain.root", ".."))
          .resolve("../shared/specs/telegram-updates-10.3.json");

  @Test
  void everyUpdateThatTelegramCanSendBecomesAnEventOrNothing() throws IOException {
    Assumptions.assumeTrue(Files.isReadable(UPDATES), "the updates are not at hand");
    EventMapper mapper = new EventMapper(7000, "plan_bot", false);
    int read = 0;
    int events = 0;
    for (JsonNode each : new ObjectMapper().readTree(UPDATES.toFile())) {
      Optional<Update> update = TolerantReader.update(saidBySomebody(each.path("update")));
      if (update.isPresent()) {
        read++;
        Optional<IncomingEvent> event = mapper.map(update.get());
        if (event.isPresent()) {
          events++;
          assertThat(event.get().key()).startsWith("telegram:7000:");
        }
      }
    }
    assertThat(read).isGreaterThan(2_900);
    assertThat(events).isGreaterThan(20);
  }

  /** Most of the updates leave out the optional sender, without whom a message means nothing. */
  private static JsonNode saidBySomebody(JsonNode update) {
    for (String kind : List.of("message", "edited_message")) {
      if (update.path(kind) instanceof ObjectNode message && !message.has("from")) {
        message.putObject("from").put("id", 42).put("is_bot", false).put("first_name", "Ann");
      }
    }
    return update;
  }
}
