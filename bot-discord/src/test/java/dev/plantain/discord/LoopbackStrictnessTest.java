package dev.plantain.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.discord.LoopbackDiscord.Channel;
import dev.plantain.discord.LoopbackDiscord.Fault;
import dev.plantain.discord.LoopbackDiscord.Guild;
import dev.plantain.discord.LoopbackDiscord.Interaction;
import dev.plantain.discord.LoopbackDiscord.Post;
import dev.plantain.discord.LoopbackDiscord.Shown;
import dev.plantain.discord.LoopbackDiscord.User;
import dev.plantain.time.DrivenClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small Discord is as strict as the large one, or the other tests would prove nothing. */
final class LoopbackStrictnessTest {
  private static final String BUTTON = "{'type': 2, 'style': 1, 'label': 'A', 'custom_id': 'a'}";
  private static final String MESSAGES = "POST channels/CHANNEL/messages";

  private final DrivenClock clock = new DrivenClock();
  private final LoopbackDiscord discord = new LoopbackDiscord(0, clock);
  private final LoopbackCaller caller = new LoopbackCaller(discord);
  private final User ada = discord.user("Ada");
  private final User bob = discord.user("Bob");
  private final Guild guild = discord.guild("Guild", ada, bob);
  private final Channel channel = discord.channel(guild, "pictures");

  @AfterEach
  void end() {
    caller.close();
    discord.close();
  }

  private JsonNode call(String route, String body) {
    return caller.call(route.replace("CHANNEL", String.valueOf(channel.id())), body);
  }

  private static int code(JsonNode answer) {
    return answer.path("code").asInt();
  }

  private Interaction asked() {
    call(
        "PUT applications/APP/commands",
        "[{'name': 'imagine', 'description': 'Draw', 'contexts': [0, 1, 2],"
            + " 'integration_types': [0, 1]}]");
    return discord.command(bob, channel, "imagine", Map.of());
  }

  private JsonNode answer(Interaction asked, String body) {
    return call("POST interactions/%d/%s/callback".formatted(asked.id(), asked.token()), body);
  }

  private JsonNode hook(String method, Interaction asked, String message, String body) {
    return call(method + " webhooks/APP/" + asked.token() + message, body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'content': 5} | is no",
        "{'content': 'a', 'extra': 1} | not described",
        "{'content': 'a', 'nonce': 'abcdefghijklmnopqrstuvwxyz'} | more than 25",
        "{'content': 'a', 'components': [{'type': 99}]} | none of",
        "{'content': 'a', 'message_reference': {}} | required",
        "{'flags': 32768, 'components': [{'type': 12, 'items': []}]} | less than 1"
      })
  void whatIsNotInTheDescriptionIsRefusedAndNoted(String body, String violation) {
    assumeThat(discord.checksRequests()).isTrue();

    assertThat(code(call(MESSAGES, body))).isEqualTo(50035);

    assertThat(discord.violations()).singleElement().asString().contains(violation);
    assertThat(discord.posts(channel)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 50006",
        "{'content': ' '} | 50006",
        "{'content': 'a', 'flags': 32768, 'components': [{'type': 10, 'content': 'b'}]} | 50035",
        "{'content': 'a', 'components': [{'type': 10, 'content': 'b'}]} | 50035",
        "{'content': 'a', 'components': [{'type': 1, 'components': [BUTTON, BUTTON]}]} | 50035",
        "{'content': 'a', 'message_reference': {'message_id': '1'}} | 50035",
        "{'flags': 32768, 'components': [{'type': 12, 'items': [{'media':"
            + " {'url': 'attachment://none.png'}}]}]} | 50035",
        "{'content': 'a', 'allowed_mentions': {'parse': ['users'], 'users': ['1']}} | 50035",
        "{'content': 'a', 'attachments': [{'id': 0, 'filename': 'none.png'}]} | 50035",
      })
  void aMessageThatCannotBeIsRefused(String body, int code) {
    assertThat(code(call(MESSAGES, body.replace("BUTTON", BUTTON)))).isEqualTo(code);

    assertThat(discord.posts(channel)).isEmpty();
  }

  @Test
  void textHasItsLimits() {
    String layout = "{'flags': 32768, 'components': [{'type': 10, 'content': '%s'}]}";
    assertThat(code(call(MESSAGES, "{'content': '%s'}".formatted("a".repeat(2001)))))
        .isEqualTo(50035);
    assertThat(code(call(MESSAGES, layout.formatted("a".repeat(4001))))).isEqualTo(50035);
    assertThat(code(call(MESSAGES, layout.formatted("a".repeat(4000))))).isZero();
    String two = "{'type': 10, 'content': 'a'}, {'type': 10, 'content': '%s'}";
    String both = "{'flags': 32768, 'components': [%s]}".formatted(two);
    assertThat(code(call(MESSAGES, both.formatted("a".repeat(4000))))).isEqualTo(50035);
  }

  @Test
  void theLayoutOfComponentsStays() {
    JsonNode post =
        call(MESSAGES, "{'flags': 32768, 'components': [{'type': 10, 'content': 'a'}]}");
    String route = "PATCH channels/CHANNEL/messages/" + post.path("id").asText();

    assertThat(code(call(route, "{'content': 'b'}"))).isEqualTo(50035);
    assertThat(code(call(route, "{'flags': 0}"))).isEqualTo(50035);
    assertThat(discord.posts(channel)).extracting(Shown::words).containsExactly("a");
  }

  @Test
  void aFileHasTheLimitOfItsServer() {
    assertThat(code(upload(11 << 20))).isEqualTo(40005);
    discord.tier(guild, 2);
    assertThat(code(upload(11 << 20))).isZero();
  }

  private JsonNode upload(int size) {
    byte[] head =
        """
        --x\r
        Content-Disposition: form-data; name="files[0]"; filename="a.png"\r
        Content-Type: image/png\r
        \r
        """
            .getBytes(StandardCharsets.UTF_8);
    byte[] tail = "\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8);
    byte[] body = new byte[head.length + size + tail.length];
    System.arraycopy(head, 0, body, 0, head.length);
    System.arraycopy(tail, 0, body, head.length + size, tail.length);
    return caller.send(
        MESSAGES.replace("CHANNEL", String.valueOf(channel.id())),
        "multipart/form-data; boundary=x",
        body);
  }

  @Test
  void aMessageWithTheSameNonceIsTheSameMessage() {
    String body = "{'content': 'a', 'nonce': 'n1', 'enforce_nonce': true}";
    discord.next("POST /channels/*/messages", new Fault.DropsAfter());

    assertThat(call(MESSAGES, body).has("broken")).isTrue();
    JsonNode again = call(MESSAGES, body);

    assertThat(discord.posts(channel))
        .extracting(each -> each.post().messageId())
        .containsExactly(again.path("id").asLong());
    assertThat(call("GET channels/CHANNEL/messages", "").path(0).has("nonce")).isFalse();
  }

  @Test
  void aRequestThatIsDroppedBeforeIsNotExecuted() {
    discord.next("POST /channels/*/messages", new Fault.DropsBefore());

    assertThat(call(MESSAGES, "{'content': 'a'}").has("broken")).isTrue();

    assertThat(discord.posts(channel)).isEmpty();
  }

  @Test
  void aRequestThatStallsIsExecutedOnceItIsReleased() throws InterruptedException {
    Fault.Stalls stalls = new Fault.Stalls();
    discord.next("POST /channels/**", stalls);
    Thread calling = Thread.ofVirtual().start(() -> call(MESSAGES, "{'content': 'a'}"));

    stalls.arrived().await();
    assertThat(discord.posts(channel)).isEmpty();
    stalls.released().countDown();

    calling.join();
    assertThat(discord.posts(channel)).hasSize(1);
  }

  @Test
  void anInteractionIsAcknowledgedOnce() {
    Interaction asked = asked();

    assertThat(code(answer(asked, "{'type': 5}"))).isZero();
    assertThat(code(answer(asked, "{'type': 5}"))).isEqualTo(40060);

    assertThat(discord.violations()).singleElement().asString().contains("twice");
  }

  @Test
  void anAcknowledgementThatComesTooLateIsRefused() {
    Interaction asked = asked();

    clock.advance(Duration.ofMillis(3500));

    assertThat(code(answer(asked, "{'type': 5}"))).isEqualTo(10062);
    assertThat(asked.acknowledged()).isFalse();
    assertThat(discord.violations()).singleElement().asString().contains("acknowledged after");
  }

  @Test
  void aTokenEndsAfterAQuarterOfAnHour() {
    Interaction asked = asked();
    answer(asked, "{'type': 5}");

    clock.advance(Duration.ofMinutes(16));

    assertThat(code(hook("PATCH", asked, "/messages/@original", "{'content': 'late'}")))
        .isEqualTo(50027);
    assertThat(discord.violations()).singleElement().asString().contains("15 minutes");
  }

  @Test
  void aDeferredAnswerIsFilledInByTheFirstFollowUp() {
    Interaction asked = asked();
    answer(asked, "{'type': 5, 'data': {'flags': 64}}");
    assertThat(asked.deferred()).isTrue();

    hook("POST", asked, "", "{'content': 'first'}");
    hook("POST", asked, "", "{'content': 'second'}");

    assertThat(asked.answer()).isEqualTo("first");
    assertThat(asked.ephemeral()).isTrue();
    assertThat(asked.followUps()).isEqualTo(1);
    assertThat(discord.posts(channel)).extracting(Shown::words).containsExactly("first", "second");
  }

  @Test
  void whatOneAloneSeesIsNotInTheChannel() {
    Interaction asked = asked();
    answer(asked, "{'type': 4, 'data': {'content': 'hush', 'flags': 64}}");
    Shown shown = asked.shown().orElseThrow();

    String message = "GET channels/CHANNEL/messages/" + shown.post().messageId();
    assertThat(shown.ephemeralFor()).contains(bob);
    assertThat(code(call(message, ""))).isEqualTo(10008);
    assertThat(hook("GET", asked, "/messages/@original", "").path("content").asText())
        .isEqualTo("hush");
  }

  @Test
  void aFormCannotAnswerAFormAndHasItsLimits() {
    Interaction asked = asked();
    String field =
        "{'type': 18, 'label': 'Words', 'component': {'type': 4, 'custom_id': 'w', 'style': 2}}";
    String form = "{'type': 9, 'data': {'custom_id': 'm', 'title': '%s', 'components': [%s]}}";
    assertThat(code(answer(asked, form.formatted("t".repeat(46), field)))).isEqualTo(50035);
    assertThat(code(answer(asked, form.formatted("Edit", field)))).isZero();

    Interaction sent = discord.submit(asked, Map.of("Words", "night"));

    assertThat(code(answer(sent, form.formatted("Again", field)))).isEqualTo(50035);
  }

  @Test
  void whereTheBotIsNotItAnswersFiveTimesMore() {
    Channel there = discord.channel(discord.guildWithoutBot("Other", ada, bob), "talk");
    asked();
    Interaction asked = discord.command(bob, there, "imagine", Map.of());
    answer(asked, "{'type': 4, 'data': {'content': 'here'}}");

    List<Integer> codes =
        IntStream.range(0, 6)
            .mapToObj(number -> code(hook("POST", asked, "", "{'content': 'more'}")))
            .toList();

    assertThat(codes).containsExactly(0, 0, 0, 0, 0, 40094);
    assertThat(code(call("GET channels/%d/messages".formatted(there.id()), ""))).isEqualTo(50001);
  }

  @Test
  void placesThatAreClosedAreNotWrittenIn() {
    Channel thread = discord.thread(discord.channel(guild, "others"), "cats");
    discord.archive(thread, true);
    discord.closeDirect(ada);
    discord.botPermissions(channel, LoopbackWorld.VIEW_CHANNEL);
    Channel gone = discord.channel(guild, "gone");
    discord.remove(gone);

    assertThat(code(post(thread))).isEqualTo(50083);
    assertThat(code(post(discord.direct(ada)))).isEqualTo(50007);
    assertThat(code(post(channel))).isEqualTo(50013);
    assertThat(code(post(gone))).isEqualTo(10003);
    assertThat(code(post(discord.forum(guild, "posts")))).isEqualTo(50024);
  }

  private JsonNode post(Channel place) {
    return call("POST channels/%d/messages".formatted(place.id()), "{'content': 'a'}");
  }

  @Test
  void whatOthersWroteCannotBeChangedAndWhatIsGoneIsUnknown() {
    Post theirs = discord.say(bob, channel, "mine");
    String message = "channels/CHANNEL/messages/" + theirs.messageId();

    assertThat(code(call("PATCH " + message, "{'content': 'yours'}"))).isEqualTo(50005);
    discord.remove(theirs);
    assertThat(code(call("GET " + message, ""))).isEqualTo(10008);
  }

  @Test
  void theHistoryIsReadFromAMessageOnNewestFirst() {
    Post first = discord.say(bob, channel, "one");
    discord.say(bob, channel, "<@%d> two".formatted(discord.botId()));
    discord.say(bob, channel, "three");

    JsonNode after = call("GET channels/CHANNEL/messages?after=" + first.messageId(), "");

    assertThat(after.size()).isEqualTo(2);
    assertThat(after.path(0).path("content").asText()).isEmpty();
    assertThat(after.path(1).path("content").asText()).endsWith("two");
    assertThat(call("GET channels/CHANNEL/messages?limit=1", "").size()).isEqualTo(1);
  }

  @Test
  void markdownIsSeenAsPeopleSeeIt() {
    assertThat(
            LoopbackWords.seen(
                "**Done** for <@7>\n> a \\*cat\\* \\> `x_y` snake_case_name _here_\n-# small",
                id -> "Ada"))
        .isEqualTo("Done for @Ada\na *cat* > x_y snake_case_name here\nsmall");
    assertThat(LoopbackWords.mentioned("<@7> and \\<@8>")).containsExactly(7L);
  }
}
