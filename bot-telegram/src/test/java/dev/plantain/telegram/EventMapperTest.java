package dev.plantain.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plantain.platform.Attachment;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.Said;
import dev.plantain.platform.Sender;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.telegram.telegrambots.meta.api.objects.Update;

class EventMapperTest {

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final String ANN =
      "'from':{'id':42,'is_bot':false,'first_name':'Ann','last_name':'Lee','language_code':'da'}";
  private static final String GROUP = "'chat':{'id':-1001234,'type':'supergroup','title':'Pics'}";
  private static final String PRIVATE = "'chat':{'id':42,'type':'private','first_name':'Ann'}";
  private static final String US =
      "{'id':7000,'is_bot':true,'first_name':'P','username':'Plan_bot'}";
  private static final String PHOTO =
      "'photo':[{'file_id':'small','file_unique_id':'s','width':90,'height':60,'file_size':900},"
          + "{'file_id':'large','file_unique_id':'l','width':1280,'height':853,'file_size':90000},"
          + "{'file_id':'middle','file_unique_id':'m','width':320,'height':213}]";

  private final EventMapper mapper = new EventMapper(7000, "plan_bot", false);

  @Test
  void aCaptionedPhotoThatMentionsUsIsAMessageWithItsLargestSize() {
    IncomingEvent.Message event =
        message(
            GROUP,
            PHOTO,
            "'caption':'@Plan_Bot make it night'",
            "'caption_entities':[{'type':'mention','offset':0,'length':9}]");

    assertThat(event.addressed()).isTrue();
    assertThat(event.said().words()).isEqualTo("make it night");
    assertThat(event.said().attachments())
        .containsExactly(
            new Attachment(
                TelegramRefs.file("large"), Optional.of("image/jpeg"), Optional.of(90000L)));
    assertThat(event.place())
        .isEqualTo(new Place(new ChatRef(TelegramRefs.PLATFORM, "-1001234"), false));
    assertThat(event.said().message()).isEqualTo(new MessageRef(event.place().chat(), "55"));
    assertThat(event.sender())
        .isEqualTo(new Sender(TelegramRefs.person(42), "Ann Lee", Optional.of("da")));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      textBlock =
          """
          "@plan_bot make it night"        | 0  | 9 | "make it night"
          "make @plan_bot it night"        | 5  | 9 | "make it night"
          "make it night @plan_bot"        | 14 | 9 | "make it night"
          "🌙🌙 @plan_bot night"            | 5  | 9 | "🌙🌙 night"
          "שלום @plan_bot לילה"            | 5  | 9 | "שלום לילה"
          "a\u200bb @plan_bot"             | 4  | 9 | "a\u200bb"
          "(@plan_bot)"                    | 1  | 9 | "()"
          """)
  void aMentionIsTakenOutOfTheWordsByItsUtf16Offsets(
      String text, int offset, int length, String words) {
    IncomingEvent.Message event =
        message(
            GROUP,
            "'text':'%s'".formatted(text),
            "'entities':[{'type':'mention','offset':%d,'length':%d}]".formatted(offset, length));

    assertThat(event.addressed()).isTrue();
    assertThat(event.said().words()).isEqualTo(words);
  }

  @Test
  void aMentionBetweenLinesLeavesNoSpaceBehind() {
    assertThat(
            message(
                    GROUP,
                    "'text':'night\\n@plan_bot  stars @plan_bot\\nmoon'",
                    "'entities':[{'type':'mention','offset':6,'length':9},"
                        + "{'type':'mention','offset':23,'length':9}]")
                .said()
                .words())
        .isEqualTo("night\nstars\nmoon");
  }

  @Test
  void aMentionByNameOfAnAccountCounts() {
    IncomingEvent.Message event =
        message(
            GROUP,
            "'text':'Plantain make it night'",
            "'entities':[{'type':'text_mention','offset':0,'length':8,'user':" + US + "}]");

    assertThat(event.addressed()).isTrue();
    assertThat(event.said().words()).isEqualTo("make it night");
  }

  @Test
  void aMentionOfSomebodyElseIsNoneOfUsAndStays() {
    IncomingEvent.Message event =
        message(
            GROUP,
            "'text':'@plan_bott hi'",
            "'entities':[{'type':'mention','offset':0,'length':10}]");

    assertThat(event.addressed()).isFalse();
    assertThat(event.said().words()).isEqualTo("@plan_bott hi");
  }

  @ParameterizedTest
  @CsvSource({
    "/imagine a cat, 8, imagine, false, a cat",
    "/Imagine@PLAN_bot a cat, 17, imagine, true, a cat",
    "/start abc_123, 6, start, false, abc_123",
    "/help, 5, help, false, ''",
  })
  void aCommandAtTheBeginningIsACommand(
      String text, int length, String name, boolean explicit, String words) {
    IncomingEvent.Command event =
        (IncomingEvent.Command)
            map(
                GROUP,
                ANN,
                "'text':'" + text + "'",
                "'entities':[{'type':'bot_command','offset':0,'length':%d}]".formatted(length));

    assertThat(event.name()).isEqualTo(name);
    assertThat(event.explicit()).isEqualTo(explicit);
    assertThat(event.said().words()).isEqualTo(words);
  }

  @Test
  void aCommandMayStandInACaption() {
    assertThat(
            map(
                GROUP,
                ANN,
                PHOTO,
                "'caption':'/edit night'",
                "'caption_entities':[{'type':'bot_command','offset':0,'length':5}]"))
        .isInstanceOfSatisfying(
            IncomingEvent.Command.class,
            event -> assertThat(event.said().attachments()).hasSize(1));
  }

  @Test
  void aCommandForAnotherBotIsNothingEvenAsAReplyToUs() {
    assertThat(
            mapped(
                GROUP,
                ANN,
                "'text':'/edit@other_bot night'",
                "'entities':[{'type':'bot_command','offset':0,'length':15}]",
                repliedTo(US, "'text':'card'")))
        .isEmpty();
  }

  @Test
  void aCommandFurtherOnIsPartOfTheWords() {
    assertThat(
            message(
                    GROUP,
                    "'text':'try /edit'",
                    "'entities':[{'type':'bot_command','offset':4,'length':5}]")
                .said()
                .words())
        .isEqualTo("try /edit");
  }

  @Test
  void aReplyToOurMessageIsAddressedToUs() {
    IncomingEvent.Message event = message(GROUP, "'text':'darker'", repliedTo(US, PHOTO));

    assertThat(event.addressed()).isTrue();
    Said.Quoted quoted = event.said().replyTo().orElseThrow();
    assertThat(quoted.ours()).isTrue();
    assertThat(quoted.message()).isEqualTo(new MessageRef(event.place().chat(), "50"));
    assertThat(quoted.attachments())
        .extracting(Attachment::ref)
        .containsExactly(TelegramRefs.file("large"));
  }

  @Test
  void aReplyToSomebodyElseIsNotAddressedButShowsTheirPicture() {
    IncomingEvent.Message event =
        message(
            GROUP, "'text':'nice'", repliedTo("{'id':43,'is_bot':false,'first_name':'Bo'}", PHOTO));

    assertThat(event.addressed()).isFalse();
    assertThat(event.said().replyTo().orElseThrow().ours()).isFalse();
    assertThat(event.said().replyTo().orElseThrow().attachments()).hasSize(1);
  }

  @Test
  void aTopicIsPartOfTheChatAndItsBeginningIsNoReply() {
    IncomingEvent.Message event =
        message(
            GROUP,
            "'text':'hi'",
            "'message_thread_id':77,'is_topic_message':true",
            "'reply_to_message':{'message_id':77,'date':1," + GROUP + ",'from':" + US + "}");

    assertThat(event.place().chat().value()).isEqualTo("-1001234/77");
    assertThat(event.said().message().chat().value()).isEqualTo("-1001234/77");
    assertThat(event.said().replyTo()).isEmpty();
    assertThat(event.addressed()).isFalse();
  }

  @Test
  void aThreadOfRepliesIsNoTopic() {
    assertThat(message(GROUP, "'text':'hi'", "'message_thread_id':77").place().chat().value())
        .isEqualTo("-1001234");
  }

  @Test
  void aPictureOfAMessageInAnotherChatBelongsToTheReply() {
    assertThat(
            message(
                    GROUP,
                    "'text':'night'",
                    "'external_reply':{'origin':{'type':'hidden_user','date':1,"
                        + "'sender_user_name':'x'},"
                        + PHOTO
                        + "}")
                .said()
                .attachments())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'document':{F,'mime_type':'image/png','file_name':'a.png'}     | image/png
          'document':{F,'file_name':'a.HEIC'}                          | image/heic
          'document':{F,'mime_type':'application/octet-stream','file_name':'a.webp'} | image/webp
          'document':{F,'mime_type':'application/pdf','file_name':'a.jpg'} | application/pdf
          'document':{F}                                                 | -
          'sticker':{F,'type':'regular','width':512,'height':512,'is_animated':false,'is_video':false} | image/webp
          'sticker':{F,'type':'regular','width':512,'height':512,'is_animated':true,'is_video':false} | application/x-tgsticker
          'video':{F,'width':1,'height':1,'duration':1}                  | video/mp4
          'video_note':{F,'length':1,'duration':1}                       | video/mp4
          'voice':{F,'duration':1}                                       | audio/ogg
          'audio':{F,'duration':1,'mime_type':'audio/flac'}              | audio/flac
          'animation':{F,'width':1,'height':1,'duration':1,'mime_type':'image/gif'},'document':{F} | image/gif
          'live_photo':{F,'width':1,'height':1,'duration':1,'photo':[{F,'width':1,'height':1}]} | image/jpeg
          """)
  void everyFileIsAttachedAsWhatItsSenderCallsIt(String content, String type) {
    String file = content.replace("F", "'file_id':'f','file_unique_id':'u'");

    assertThat(message(PRIVATE, file).said().attachments())
        .singleElement()
        .satisfies(attachment -> {
          assertThat(attachment.ref()).isEqualTo(TelegramRefs.file("f"));
          assertThat(attachment.mediaType().orElse("-")).isEqualTo(type);
        });
  }

  @Test
  void thePiecesOfAnAlbumHaveItInCommonWithinTheirChat() {
    assertThat(message(GROUP, PHOTO, "'media_group_id':'999'").said().album())
        .contains("-1001234/999");
  }

  @Test
  void aServiceMessageIsNothing() {
    assertThat(mapped(GROUP, ANN, "'new_chat_title':'Pictures'")).isEmpty();
    assertThat(mapped(GROUP, ANN, "'location':{'latitude':1.0,'longitude':2.0}")).isEmpty();
  }

  @Test
  void anAnonymousAdministratorIsTheChatItself() {
    IncomingEvent event =
        map(
            GROUP,
            "'from':{'id':1087968824,'is_bot':true,'first_name':'Group','username':'GroupAnonymousBot'}",
            "'sender_chat':{'id':-1001234,'type':'supergroup','title':'Pics'}",
            "'text':'hi'");

    assertThat(((IncomingEvent.Message) event).sender())
        .isEqualTo(
            new Sender(
                new MemberRef(TelegramRefs.PLATFORM, "chat:-1001234"), "Pics", Optional.empty()));
  }

  @Test
  void aChannelThatPostsInAGroupIsTheSender() {
    IncomingEvent event =
        map(
            GROUP,
            "'from':{'id':136817688,'is_bot':true,'first_name':'Channel'}",
            "'sender_chat':{'id':-1009,'type':'channel','title':'News'}",
            "'text':'hi'");

    assertThat(((IncomingEvent.Message) event).sender().member())
        .isEqualTo(TelegramRefs.chatAsMember(-1009));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'from':{'id':8,'is_bot':true,'first_name':'Other'}",
        "'from':{'id':777000,'is_bot':false,'first_name':'T'},'is_automatic_forward':true,"
            + "'sender_chat':{'id':-1009,'type':'channel','title':'News'}",
        "'from':{'id':42,'is_bot':false,'first_name':'A'},"
            + "'via_bot':{'id':8,'is_bot':true,'first_name':'Other'}",
        "'from':{'id':42,'is_bot':false,'first_name':'A'},'ephemeral_message_id':3",
      })
  void whatBotsAndTelegramItselfWriteIsNothing(String sender) {
    assertThat(mapped(GROUP, sender, "'text':'hi'", repliedTo(US, "'text':'card'"))).isEmpty();
  }

  @Test
  void aPostInAChannelIsNothing() {
    assertThat(
            mapper.map(
                update(
                    "'channel_post':{'message_id':1,'date':1,'text':'x',"
                        + "'chat':{'id':-1009,'type':'channel','title':'News'}}")))
        .isEmpty();
  }

  @Test
  void anEditedMessageSaysItsNewWordsWithAKeyOfItsOwnForEachEdit() {
    IncomingEvent.Edited first = edited(1000);
    IncomingEvent.Edited second = edited(1001);

    assertThat(first.words()).isEqualTo("make it dusk");
    assertThat(first.message().value()).isEqualTo("55");
    assertThat(first.key()).isNotEqualTo(second.key()).isEqualTo(edited(1000).key());
  }

  private IncomingEvent.Edited edited(int date) {
    return (IncomingEvent.Edited)
        mapper
            .map(
                update(
                    "'edited_message':{'message_id':55,'date':900,'edit_date':%d,%s,%s,%s}"
                        .formatted(
                            date,
                            GROUP,
                            ANN,
                            "'text':'@plan_bot make it dusk',"
                                + "'entities':[{'type':'mention','offset':0,'length':9}]")))
            .orElseThrow();
  }

  @Test
  void aPressedButtonSaysWhereAndWhat() {
    IncomingEvent.Button event =
        (IncomingEvent.Button)
            mapper
                .map(
                    update(
                        "'callback_query':{'id':'q1','chat_instance':'c','data':'cancel:1',%s,"
                                .formatted(ANN)
                            + "'message':{'message_id':60,'date':5,'is_topic_message':true,"
                            + "'message_thread_id':77,"
                            + GROUP
                            + "}}"))
                .orElseThrow();

    assertThat(event.data()).isEqualTo("cancel:1");
    assertThat(event.place().chat().value()).isEqualTo("-1001234/77");
    assertThat(event.message().value()).isEqualTo("60");
    assertThat(event.interaction()).isEqualTo(TelegramRefs.callback("q1"));
  }

  @Test
  void aButtonBelowAMessageTooOldToSeeStillCounts() {
    String message = "'message':{'message_id':60,'date':0," + GROUP + "}";
    String press = "'callback_query':{'id':'q1','chat_instance':'c','data':'x'," + ANN;

    assertThat(mapper.map(update(press + "," + message + "}"))).isPresent();
    assertThat(mapper.map(update(press + "}"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "left, member, joined, false",
    "kicked, administrator, joined, true",
    "member, kicked, left, false",
    "administrator, left, left, false",
    "member, administrator, nothing, false",
  })
  void beingBroughtInAndSentAwayIsReported(
      String before, String after, String what, boolean hearsMentions) {
    Optional<IncomingEvent> event = mapper.map(update(membership(GROUP, before, after)));

    switch (what) {
      case "joined" ->
          assertThat(event)
              .get()
              .isInstanceOfSatisfying(
                  IncomingEvent.Joined.class,
                  joined -> assertThat(joined.hearsMentions()).isEqualTo(hearsMentions));
      case "left" -> assertThat(event).get().isInstanceOf(IncomingEvent.Left.class);
      default -> assertThat(event).isEmpty();
    }
  }

  @Test
  void withoutPrivacyModeMentionsAreHeardByAPlainMember() {
    assertThat(
            new EventMapper(7000, "plan_bot", true)
                .map(update(membership(GROUP, "left", "member"))))
        .get()
        .isInstanceOfSatisfying(
            IncomingEvent.Joined.class, joined -> assertThat(joined.hearsMentions()).isTrue());
  }

  @Test
  void whoBlocksUsHasLeftAndWhoUnblocksUsHasNotJoinedAGroup() {
    assertThat(mapper.map(update(membership(PRIVATE, "member", "kicked"))))
        .get()
        .isInstanceOf(IncomingEvent.Left.class);
    assertThat(mapper.map(update(membership(PRIVATE, "kicked", "member")))).isEmpty();
  }

  @Test
  void bothReportsOfAMoveAreTheSameEvent() {
    IncomingEvent.Moved old =
        (IncomingEvent.Moved)
            map(
                "'chat':{'id':-55,'type':'group','title':'P'}",
                ANN,
                "'migrate_to_chat_id':-1001234");
    IncomingEvent.Moved young = (IncomingEvent.Moved) map(GROUP, ANN, "'migrate_from_chat_id':-55");

    assertThat(old).isEqualTo(young);
    assertThat(old.from().value()).isEqualTo("-55");
    assertThat(old.to().value()).isEqualTo("-1001234");
  }

  @Test
  void theKeyIsMadeOfTheMessageAndNotOfTheDelivery() {
    String content = "'message':{'message_id':55,'date':1,%s,%s,'text':'hi'}".formatted(GROUP, ANN);

    assertThat(key("{'update_id':1," + content + "}"))
        .isEqualTo(key("{'update_id':2," + content + "}"))
        .isNotEqualTo(key("{'update_id':1," + content.replace("55", "56") + "}"));
  }

  @Test
  void anUnreadableUpdateIsKeptUnderAKeyOfItsContent() {
    IncomingEvent first = mapper.unreadable(9, "{\"update_id\":9,\"x\":1}");

    assertThat(first.key())
        .isEqualTo(mapper.unreadable(9, "{\"update_id\":9,\"x\":1}").key())
        .isNotEqualTo(mapper.unreadable(9, "{\"update_id\":9,\"x\":2}").key());
    assertThat(((IncomingEvent.Unreadable) first).raw()).isEqualTo("{\"update_id\":9,\"x\":1}");
  }

  private String key(String json) {
    return mapper.map(read(json)).orElseThrow().key();
  }

  private IncomingEvent.Message message(String... fields) {
    String[] all = Arrays.copyOf(fields, fields.length + 1);
    all[fields.length] = ANN;
    return (IncomingEvent.Message) map(all);
  }

  private IncomingEvent map(String... fields) {
    return mapped(fields).orElseThrow();
  }

  private Optional<IncomingEvent> mapped(String... fields) {
    return mapper.map(
        update("'message':{'message_id':55,'date':1," + String.join(",", fields) + "}"));
  }

  private static String repliedTo(String from, String content) {
    return "'reply_to_message':{'message_id':50,'date':1,%s,'from':%s,%s}"
        .formatted(GROUP, from, content);
  }

  private static String membership(String chat, String before, String after) {
    return "'my_chat_member':{%s,%s,'date':5,'old_chat_member':%s,'new_chat_member':%s}"
        .formatted(chat, ANN, member(before), member(after));
  }

  private static String member(String status) {
    return "{'status':'%s','user':%s}".formatted(status, US);
  }

  private static Update update(String content) {
    return read("{'update_id':1," + content + "}");
  }

  private static Update read(String json) {
    try {
      return JSON.readValue(json.replace('\'', '"'), Update.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
