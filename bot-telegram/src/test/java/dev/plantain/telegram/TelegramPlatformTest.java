package dev.plantain.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Tone;
import dev.plantain.platform.CommandSpec;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.OutgoingMessage;
import dev.plantain.platform.Picture;
import dev.plantain.platform.Place;
import dev.plantain.platform.PlatformException;
import dev.plantain.telegram.LoopbackTelegram.Chat;
import dev.plantain.telegram.LoopbackTelegram.Fault;
import dev.plantain.telegram.LoopbackTelegram.Shown;
import dev.plantain.telegram.LoopbackTelegram.User;
import dev.plantain.telegram.TelegramRefs.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelegramPlatformTest {

  private final LoopbackTelegram telegram = new LoopbackTelegram();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
  private final TelegramPlatform platform =
      new TelegramPlatform(telegram.config(), now::get, rejected -> {});
  private final User ann = telegram.user("Ann", "ann", "da");
  private final Chat chat = telegram.supergroup("Pictures", ann);
  private final Address address = Address.of(chat.id());

  @AfterEach
  void close() {
    platform.close();
    telegram.close();
    assertThat(telegram.violations()).isEmpty();
  }

  @Test
  void eventsArriveInOrderAndCommandsAreAnnouncedInEachLanguage() {
    List<IncomingEvent> events = new CopyOnWriteArrayList<>();
    telegram.say(ann, chat, "@plantain_bot one");
    telegram.say(ann, chat, "/new@plantain_bot");
    telegram.say(ann, chat, "/new@other_bot");
    telegram.say(ann, chat, "three");

    platform.start(
        events::addAll,
        List.of(
            new CommandSpec("new", Map.of("en", "Begin anew", "da", "Forfra", "zh-Hans", "新"))));

    await().until(() -> events.size() == 3);
    assertThat(events.get(0))
        .isInstanceOfSatisfying(
            IncomingEvent.Message.class,
            message -> {
              assertThat(message.addressed()).isTrue();
              assertThat(message.said().words()).isEqualTo("one");
            });
    assertThat(events.get(1)).isInstanceOf(IncomingEvent.Command.class);
    assertThat(events.get(2)).isInstanceOf(IncomingEvent.Message.class);
    assertThat(lines("")).containsExactly("Begin anew");
    assertThat(lines("da")).containsExactly("Forfra");
    assertThat(lines("zh")).containsExactly("新");
  }

  private List<String> lines(String language) {
    return telegram
        .commands("default", language)
        .valueStream()
        .map(command -> command.path("description").asText())
        .toList();
  }

  @Test
  void theOperatorIsToldWhoTheBotIsAndWhetherItHearsMentions() {
    telegram.privacyMode(true);

    TelegramPlatform.Profile profile = TelegramPlatform.check(telegram.config(), now::get);

    assertThat(profile.name()).isEqualTo("plantain_bot");
    assertThat(profile.readsAllGroupMessages()).isFalse();
  }

  @Test
  void anotherMessageOfOursThatIsProbedDoesNotKeepTheButtons() {
    int request = telegram.say(ann, chat, "night").messageId();
    try (TelegramPlatform earlier =
        new TelegramPlatform(telegram.config(), now::get, rejected -> {})) {
      earlier.post(message(request, Card.of("Help"), false));
    }

    MessageRef posted = platform.post(message(request, card("cancel:1"), true));

    assertThat(telegram.botPosts(chat))
        .extracting(Shown::buttons)
        .containsExactly(List.of(), List.of(List.of("Cancel")));
    assertThat(telegram.botPosts(chat).getLast().post().messageId())
        .isEqualTo(TelegramRefs.messageId(posted));
  }

  @Test
  void inTheSupergroupThatAGroupHasBecomeAMessageIsPostedAndAnOldOneIsGone() {
    Chat group = telegram.group("Old", ann);
    Address old = Address.of(group.id());
    int request = telegram.say(ann, group, "night").messageId();
    OutgoingMessage message =
        new OutgoingMessage(
            "k",
            old.ref(),
            Optional.of(old.message(request)),
            card("cancel:1"),
            false,
            false,
            known -> false);
    MessageRef before = platform.post(message);
    Chat young = telegram.migrate(group);

    MessageRef posted = platform.post(message);

    assertThat(posted.chat()).isEqualTo(Address.of(young.id()).ref());
    assertThat(telegram.botPosts(young)).hasSize(1);
    assertThatExceptionOfType(PlatformException.Rejected.class)
        .isThrownBy(() -> platform.edit(before, Card.of("x")))
        .satisfies(
            gone -> assertThat(gone.reason()).isEqualTo(PlatformException.Reason.MESSAGE_GONE));
    platform.delete(before);
  }

  @Test
  void aPhotoThatTelegramCannotReadGoesAsAFile(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("blob"), new byte[] {1, 2, 3});
    Picture picture = new Picture(file, "image/png", 10, 10, 3, "a.png", "a", false, false);
    int request = telegram.say(ann, chat, "night").messageId();
    Card card = new Card(List.of(), Optional.of(picture), List.of());

    platform.post(message(request, card, false));
    MessageRef words = platform.post(message(request, card("cancel:1"), false));
    platform.edit(words, card);

    assertThat(telegram.botPosts(chat))
        .hasSize(2)
        .allSatisfy(shown -> assertThat(shown.document()).isPresent());
  }

  @Test
  void workIsShownInTheTopicAndAFailureOfThatHarmsNobody() {
    Chat forum = telegram.forum("Forum", ann);
    int topic = telegram.topic(forum, ann, "Cats");
    Address cats = new Address(forum.id(), Optional.of(topic));

    platform.showWorking(cats.ref());
    telegram.next("sendChatAction", new Fault.Html(502));
    platform.showWorking(cats.ref());

    assertThat(telegram.actions(forum)).containsExactly("upload_photo");
    assertThat(telegram.requests("sendChatAction").getFirst().path("message_thread_id").asInt())
        .isEqualTo(topic);
  }

  @Test
  void administratorsAreAskedForAgainAfterFiveMinutes() {
    Place place = new Place(address.ref(), false);
    boolean atFirst = platform.isModerator(place, TelegramRefs.person(4711));
    platform.isModerator(place, TelegramRefs.person(ann.id()));
    int asked = telegram.calls("getChatAdministrators");
    now.updateAndGet(time -> time.plus(Duration.ofMinutes(5)));
    platform.isModerator(place, TelegramRefs.person(ann.id()));

    assertThat(atFirst).isFalse();
    assertThat(asked).isEqualTo(1);
    assertThat(telegram.calls("getChatAdministrators")).isEqualTo(2);
  }

  @Test
  void inPrivacyModeEverythingIsHeardAsAnAdministratorOnly() {
    telegram.privacyMode(true);
    Place place = new Place(address.ref(), false);
    assertThat(platform.hearsAll(place)).isFalse();

    telegram.botStatus(chat, ann, "administrator");
    assertThat(platform.hearsAll(place)).isTrue();
  }

  @Test
  void whoWritesAsTheGroupGovernsThatGroupOnly() {
    Place place = new Place(address.ref(), false);

    assertThat(platform.isModerator(place, TelegramRefs.chatAsMember(chat.id()))).isTrue();
    assertThat(platform.isModerator(place, TelegramRefs.chatAsMember(-1009))).isFalse();
  }

  @Test
  void aLongAnswerToAButtonIsCut() {
    MessageRef posted = platform.post(message(1, card("cancel:1"), false));
    LoopbackTelegram.Query press =
        telegram.press(
            ann, new LoopbackTelegram.Post(chat, TelegramRefs.messageId(posted)), "Cancel");

    platform.answer(TelegramRefs.callback(press.id()), "x".repeat(300), true);

    JsonNode sent = telegram.requests("answerCallbackQuery").getFirst();
    assertThat(sent.path("text").asText()).hasSize(200).endsWith("…");
    assertThat(sent.path("show_alert").asBoolean()).isTrue();
  }

  private OutgoingMessage message(int replyTo, Card card, boolean mayHaveArrived) {
    return new OutgoingMessage(
        "k",
        address.ref(),
        Optional.of(address.message(replyTo)),
        card,
        false,
        mayHaveArrived,
        known -> false);
  }

  private static Card card(String data) {
    return new Card(
        Card.of("Working").words(),
        Optional.empty(),
        List.of(List.of(new Button("Cancel", data, Tone.DANGER))));
  }
}
