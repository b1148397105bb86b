package dev.plantain.discord;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands the bot may register, and what it is told of them. */
final class LoopbackCommandsTest {
  private final LoopbackDiscord discord = new LoopbackDiscord();
  private final LoopbackCaller caller = new LoopbackCaller(discord);

  @AfterEach
  void end() {
    caller.close();
    discord.close();
  }

  @Test
  void commandsAreKeptAndToldInAllLanguagesToWhoAsks() {
    JsonNode first =
        caller.call(
            "PUT applications/APP/commands",
            "[{'name': 'new', 'description': 'Anew', 'description_localizations': {'de': 'Neu'}},"
                + " {'type': 3, 'name': 'Edit this'}]");
    JsonNode again =
        caller.call(
            "PUT applications/APP/commands", "[{'name': 'new', 'description': 'Once more'}]");

    assertThat(again.path(0).path("id")).isEqualTo(first.path(0).path("id"));
    assertThat(again.size()).isEqualTo(1);
    caller.call(
        "PUT applications/APP/commands",
        "[{'name': 'new', 'description': 'Anew', 'description_localizations': {'de': 'Neu'}}]");
    String dictionary = "description_localizations";
    assertThat(caller.call("GET applications/APP/commands", "").path(0).has(dictionary)).isFalse();
    assertThat(
            caller
                .call("GET applications/APP/commands?with_localizations=true", "")
                .path(0)
                .has(dictionary))
        .isTrue();
    assertThat(discord.commandChanges()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{'name': 'New', 'description': 'a'}]",
        "[{'name': 'new'}]",
        "[{'type': 3, 'name': 'Edit', 'description': 'a'}]",
        "[{'name': 'new', 'description': 'a'}, {'name': 'new', 'description': 'b'}]",
        "[{'name': 'new', 'description': 'a', 'name_localizations': {'de': 'Neu'}}]",
        "[{'name': 'new', 'description': 'a', 'name_localizations': {'de': 'neu'}},"
            + " {'name': 'other', 'description': 'b', 'name_localizations': {'de': 'neu'}}]",
        "[{'name': 'new', 'description': 'a', 'options': [{'type': 3, 'name': 'x',"
            + " 'description': 'a'}, {'type': 3, 'name': 'y', 'description': 'a',"
            + " 'required': true}]}]",
      })
  void aCommandThatCannotBeIsRefused(String body) {
    assertThat(caller.call("PUT applications/APP/commands", body).path("code").asInt())
        .isEqualTo(50035);
  }
}
