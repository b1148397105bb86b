package dev.plantain.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.plantain.platform.PlatformException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.telegram.telegrambots.meta.api.objects.Update;

/** The small Telegram is as strict as the large one, or the other tests would prove nothing. */
final class LoopbackTelegramTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final LoopbackTelegram telegram = new LoopbackTelegram();
  private final BotApi api = new BotApi(telegram.config(), InstantSource.system());
  private final LoopbackTelegram.User ada = telegram.user("Ada");
  private final LoopbackTelegram.Chat group = telegram.supergroup("Group", ada);

  @AfterEach
  void end() {
    api.close();
    telegram.close();
  }

  private JsonNode call(String method, String parameters) {
    try {
      return api.callRaw(
          method, MAPPER.readTree(parameters.replace("CHAT", String.valueOf(group.id()))));
    } catch (IOException notJson) {
      throw new IllegalArgumentException(notJson);
    }
  }

  private List<Update> updates() {
    return call("getUpdates", "{}")
        .valueStream()
        .map(each -> TolerantReader.update(each).orElseThrow())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sendMessage | {'chat_id': CHAT} | sendMessage.text: required",
        "sendMessage | {'chat_id': CHAT, 'text': 'a', 'extra': 1} | no such parameter",
        "sendMessage | {'chat_id': CHAT, 'text': 5} | sendMessage.text: 5 is no String",
        "sendMessage | {'chat_id': CHAT, 'text': 'a', 'parse_mode': 'XML'} | is none of",
        "sendMessage | {'chat_id': CHAT, 'text': 'a', 'reply_parameters': {'id': 1}} | not in Reply",
        "sendPhoto | {'chat_id': CHAT, 'photo': 'attach://nothing'} | is no InputFile",
        "editMessageMedia | {'chat_id': CHAT, 'message_id': 1, 'media': {'type': 'photo'}} | requ",
        "sendPicture | {} | no such method"
      })
  void aRequestThatIsNotInTheDescriptionIsRefusedAndNoted(
      String method, String parameters, String violation) {
    assumeThat(telegram.checksRequests()).isTrue();

    assertThatThrownBy(() -> call(method, parameters.replace('\'', '"')))
        .isInstanceOf(PlatformException.Rejected.class);

    assertThat(telegram.violations()).singleElement().asString().contains(violation);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sendMessage | {'chat_id': 1, 'text': 'a'} | chat not found",
        "sendMessage | {'chat_id': CHAT, 'text': ' '} | message text is empty",
        "sendMessage | {'chat_id': CHAT, 'text': '<b>a', 'parse_mode': 'HTML'} | can't parse entit",
        "sendMessage | {'chat_id': CHAT, 'text': 'a', 'message_thread_id': 9} | thread not found",
        "sendMessage | {'chat_id': CHAT, 'text': 'a', 'reply_parameters': {'message_id': 99}} | repl",
        "sendPhoto | {'chat_id': CHAT, 'photo': 'nothing'} | wrong file identifier",
        "editMessageText | {'chat_id': CHAT, 'message_id': 99, 'text': 'a'} | edit not found",
        "editMessageText | {'chat_id': CHAT, 'message_id': 1, 'text': 'a'} | can't be edited",
        "deleteMessage | {'chat_id': CHAT, 'message_id': 1} | can't be deleted",
        "answerCallbackQuery | {'callback_query_id': '9'} | query is too old",
        "getChatMember | {'chat_id': CHAT, 'user_id': 9} | user not found",
        "getFile | {'file_id': '9'} | wrong file_id"
      })
  void theServerSaysNoInItsOwnWords(String method, String parameters, String words) {
    telegram.say(ada, group, "one");

    assertThatThrownBy(() -> call(method, parameters.replace('\'', '"')))
        .hasMessageContaining(words);
    assertThat(telegram.violations()).isEmpty();
  }

  @Test
  void limitsCountAfterFormattingInUtf16Units() {
    String most = "<b>" + "🌙".repeat(2048) + "</b>";
    call(
        "sendMessage", "{\"chat_id\": CHAT, \"parse_mode\": \"HTML\", \"text\": \"" + most + "\"}");

    assertThatThrownBy(() ->
            call("sendMessage", "{\"chat_id\": CHAT, \"text\": \"" + "a".repeat(4097) + "\"}"))
        .hasMessageContaining("message is too long");
    assertThat(telegram.botPosts(group)).hasSize(1);
  }

  @Test
  void entitiesCountUtf16Units() {
    ArrayNode entities = FormattedText.typed("🌙 @plantain_bot /edit@plantain_bot 月").entities();

    assertThat(entities).hasSize(2);
    assertThat(entities.path(0).toString())
        .isEqualTo("{\"type\":\"mention\",\"offset\":3,\"length\":13}");
    assertThat(entities.path(1).toString())
        .isEqualTo("{\"type\":\"bot_command\",\"offset\":17,\"length\":18}");
  }

  @Test
  void htmlBecomesTextAndEntities() {
    FormattedText text =
        FormattedText.html("<blockquote>a &lt;b&gt; <i>c</i></blockquote> &amp; d");

    assertThat(text.text()).isEqualTo("a <b> c & d");
    assertThat(text.entities().toString())
        .isEqualTo(
            "[{\"type\":\"blockquote\",\"offset\":0,\"length\":7},"
                + "{\"type\":\"italic\",\"offset\":6,\"length\":1}]");
  }

  @Test
  void messagesAreNumberedBySupergroupAndOtherwiseByAccount() {
    LoopbackTelegram.Chat second = telegram.supergroup("Second", ada);
    LoopbackTelegram.Chat direct = telegram.privateChat(ada);
    LoopbackTelegram.Chat basic = telegram.group("Basic", ada);

    assertThat(telegram.say(ada, group, "a").messageId()).isEqualTo(1);
    assertThat(telegram.say(ada, second, "a").messageId()).isEqualTo(1);
    assertThat(telegram.say(ada, direct, "a").messageId()).isEqualTo(1);
    assertThat(telegram.say(ada, basic, "a").messageId()).isEqualTo(2);
  }

  @Test
  void updatesComeAgainUntilTheyAreConfirmed() {
    telegram.say(ada, group, "one");
    telegram.say(ada, group, "two");

    assertThat(updates()).hasSize(2);
    assertThat(updates()).hasSize(2);
    assertThat(call("getUpdates", "{\"offset\": 1002}")).hasSize(1);
    assertThat(updates()).hasSize(1);
    assertThat(call("getUpdates", "{\"offset\": 999999}")).hasSize(1);
    assertThat(call("getUpdates", "{\"offset\": 1003}")).isEmpty();
  }

  @Test
  void aNewerPollerEndsTheOlderOne() throws Exception {
    Thread older =
        Thread.startVirtualThread(() ->
            assertThatThrownBy(() -> call("getUpdates", "{\"timeout\": 50}"))
                .hasMessageContaining("terminated by other getUpdates request"));
    telegram.awaitPoll();

    updates();

    older.join();
  }

  @Test
  void aButtonIsPressedAndAnswered() {
    call(
        "sendMessage",
        """
        {"chat_id": CHAT, "text": "a", "reply_markup":
          {"inline_keyboard": [[{"text": "Go", "callback_data": "go:1"}]]}}\
        """);
    LoopbackTelegram.Query query =
        telegram.press(ada, telegram.botPosts(group).getFirst().post(), "Go");

    var press = updates().getFirst().getCallbackQuery();
    assertThat(press.getData()).isEqualTo("go:1");
    assertThat(press.getFrom().getId()).isEqualTo(ada.id());
    call(
        "answerCallbackQuery",
        "{\"callback_query_id\": \"" + press.getId() + "\", \"text\": \"Yes\"}");
    assertThat(telegram.answer(query))
        .isEqualTo(new LoopbackTelegram.Query(query.id(), true, "Yes", false));
  }

  @Test
  void privacyModeKeepsMentionsButNotCommandsAndRepliesFromTheBot() {
    telegram.privacyMode(true);
    call("sendMessage", "{\"chat_id\": CHAT, \"text\": \"a\"}");
    LoopbackTelegram.Post ours = telegram.botPosts(group).getFirst().post();
    LoopbackTelegram.Manner reply = LoopbackTelegram.Manner.plain().replyingTo(ours);

    telegram.say(ada, group, "@plantain_bot hello");
    telegram.say(ada, group, "/edit@other_bot");
    telegram.say(ada, group, "/edit@plantain_bot");
    telegram.say(ada, group, "to you", reply);

    assertThat(updates().stream().map(each -> each.getMessage().getText()))
        .containsExactly("/edit@plantain_bot", "to you");
    assertThat(call("getMe", "{}").path("can_read_all_group_messages").asBoolean()).isFalse();
  }

  @Test
  void everyMessageOfATopicAnswersTheOneThatMadeIt() {
    LoopbackTelegram.Chat forum = telegram.forum("Forum", ada);
    int topic = telegram.topic(forum, ada, "Pictures");

    telegram.say(ada, forum, "a", LoopbackTelegram.Manner.plain().inTopic(topic));

    var message = updates().getFirst().getMessage();
    assertThat(message.getMessageThreadId()).isEqualTo(topic);
    assertThat(message.getReplyToMessage().getMessageId()).isEqualTo(topic);
  }

  @Test
  void whoIsThrownOutIsToldAndRefused() {
    telegram.removeBot(group, ada);

    assertThat(updates().getFirst().getMyChatMember().getNewChatMember().getStatus())
        .isEqualTo("kicked");
    PlatformException.Rejected rejected =
        catchThrowableOfType(
            PlatformException.Rejected.class,
            () -> call("sendMessage", "{\"chat_id\": CHAT, \"text\": \"a\"}"));
    assertThat(rejected.reason()).isEqualTo(PlatformException.Reason.CHAT_CLOSED);
  }

  @Test
  void anAnonymousAdministratorShowsTheGroup() {
    telegram.say(ada, group, "a", LoopbackTelegram.Manner.plain().anonymously());

    var message = updates().getFirst().getMessage();
    assertThat(message.getFrom().getId()).isEqualTo(1087968824L);
    assertThat(message.getSenderChat().getId()).isEqualTo(group.id());
  }
}
