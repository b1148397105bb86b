package dev.plantain.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.plantain.config.Secret;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.telegram.telegrambots.meta.api.methods.GetMe;
import org.telegram.telegrambots.meta.api.methods.groupadministration.GetChatAdministrators;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageText;
import org.telegram.telegrambots.meta.api.objects.ReplyParameters;

final class BotApiTest {
  private final LoopbackTelegram telegram = new LoopbackTelegram();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final BotApi api = new BotApi(telegram.config(), now::get);
  private final LoopbackTelegram.User ada = telegram.user("Ada");
  private final LoopbackTelegram.Chat chat = telegram.privateChat(ada);
  private final LoopbackTelegram.Chat other = telegram.privateChat(telegram.user("Bob"));

  @AfterEach
  void end() {
    api.close();
    telegram.close();
    assertThat(telegram.violations()).isEmpty();
  }

  private int say(LoopbackTelegram.Chat where) {
    return api.call(SendMessage.builder().chatId(where.id()).text("Hello").build()).getMessageId();
  }

  private PlatformException.Unavailable unavailable(LoopbackTelegram.Chat where) {
    return catchThrowableOfType(PlatformException.Unavailable.class, () -> say(where));
  }

  @Test
  void aMessageStandsInTheChat() {
    int id = say(chat);

    assertThat(telegram.transcript(chat))
        .singleElement()
        .satisfies(shown -> {
          assertThat(shown.post().messageId()).isEqualTo(id);
          assertThat(shown.text()).isEqualTo("Hello");
        });
  }

  @Test
  void theApiMayLieBelowAPath() {
    try (LoopbackTelegram gateway = new LoopbackTelegram("/bot-gateway", 0);
        BotApi below = new BotApi(gateway.config(), now::get)) {
      assertThat(below.call(new GetMe()).getUserName()).isEqualTo(LoopbackTelegram.BOT_NAME);
    }
  }

  @Test
  void aMethodThatTheLibraryLacksCanBeCalled() {
    assertThat(api.callRaw("getMe", JsonNodeFactory.instance.objectNode()).path("id").asLong())
        .isEqualTo(7_000_000_001L);
  }

  @Test
  void aListIsAnsweredAsAList() {
    LoopbackTelegram.Chat group = telegram.group("Group", ada);

    assertThat(api.call(new GetChatAdministrators(String.valueOf(group.id()))))
        .singleElement()
        .satisfies(member -> assertThat(member.getUser().getId()).isEqualTo(ada.id()));
  }

  @Test
  void aChatThatIsToBeQuietIsLeftAloneForExactlyThatLong() {
    telegram.next("sendMessage", new LoopbackTelegram.Fault.TooMany(17));

    PlatformException.Unavailable first = unavailable(chat);
    assertThat(first.retryAfter()).contains(Duration.ofSeconds(17));
    assertThat(first.mayHaveHappened()).isFalse();

    now.set(Instant.EPOCH.plusSeconds(5));
    PlatformException.Unavailable second = unavailable(chat);
    assertThat(second.retryAfter()).contains(Duration.ofSeconds(12));
    assertThat(second.mayHaveHappened()).isFalse();
    assertThat(telegram.calls("sendMessage")).isEqualTo(1);

    say(other);
    now.set(Instant.EPOCH.plusSeconds(17));
    say(chat);
    assertThat(telegram.botPosts(chat)).hasSize(1);
  }

  @Test
  void aChatThatIsToBeQuietCanStillBeAskedAbout() {
    LoopbackTelegram.Chat group = telegram.group("Group", ada);
    telegram.next("sendMessage", new LoopbackTelegram.Fault.TooMany(17));
    unavailable(group);

    assertThat(api.call(new GetChatAdministrators(String.valueOf(group.id())))).hasSize(1);
  }

  @Test
  void withoutAnAnswerTheMessageMayHaveBeenPostedAndIsNotPostedTwice() {
    say(chat);
    telegram.next("sendMessage", new LoopbackTelegram.Fault.DropsAfter());

    assertThat(unavailable(chat).mayHaveHappened()).isTrue();
    assertThat(telegram.botPosts(chat)).hasSize(2);
    assertThat(telegram.calls("sendMessage")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"502, true", "500, true", "200, true", "404, false", "403, false", "302, false"})
  void anAnswerBySomebodyElseIsNoAnswer(int status, boolean mayHaveHappened) {
    telegram.next("sendMessage", new LoopbackTelegram.Fault.Html(status));

    assertThat(unavailable(chat).mayHaveHappened()).isEqualTo(mayHaveHappened);
  }

  @Test
  void anErrorWithinTelegramMayHaveComeAfterTheMessage() {
    telegram.next("sendMessage", new LoopbackTelegram.Fault.Refuses(500, "Internal Server Error"));

    assertThat(unavailable(chat).mayHaveHappened()).isTrue();
  }

  @Test
  void whatCouldNotBeConnectedToDidNothing() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    TelegramConfig nowhere =
        new TelegramConfig(
            new Secret(LoopbackTelegram.TOKEN),
            URI.create("http://127.0.0.1:" + closed),
            TelegramConfig.LONGEST_POLL);
    try (BotApi lost = new BotApi(nowhere, now::get)) {
      PlatformException.Unavailable failure =
          catchThrowableOfType(PlatformException.Unavailable.class, () -> lost.call(new GetMe()));

      assertThat(failure.mayHaveHappened()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, Bad Request: message to edit not found, MESSAGE_GONE",
    "400, Bad Request: message can't be edited, MESSAGE_GONE",
    "400, Bad Request: MESSAGE_ID_INVALID, MESSAGE_GONE",
    "400, Bad Request: chat not found, CHAT_CLOSED",
    "403, Forbidden: bot was kicked from the supergroup chat, CHAT_CLOSED",
    "403, Forbidden: bot was blocked by the user, CHAT_CLOSED",
    "400, Bad Request: not enough rights to send photos to the chat, CHAT_CLOSED",
    "400, Bad Request: file is too big, TOO_LARGE",
    "413, Request Entity Too Large, TOO_LARGE",
    "400, Bad Request: wrong file_id or the file is temporarily unavailable, ATTACHMENT_GONE",
    "400, Bad Request: FILE_REFERENCE_EXPIRED, ATTACHMENT_GONE",
    "404, Not Found: method not found, INVALID",
    "400, Bad Request: BUTTON_DATA_INVALID, INVALID"
  })
  void aRefusalSaysWhy(int code, String description, Reason reason) {
    telegram.next("sendMessage", new LoopbackTelegram.Fault.Refuses(code, description));

    PlatformException.Rejected rejected =
        catchThrowableOfType(PlatformException.Rejected.class, () -> say(chat));

    assertThat(rejected.reason()).isEqualTo(reason);
    assertThat(rejected).hasMessageContaining(description);
  }

  @Test
  void anEditThatChangesNothingIsToldApart() {
    int id = say(chat);
    EditMessageText same =
        EditMessageText.builder().chatId(chat.id()).messageId(id).text("Hello").build();

    assertThatThrownBy(() -> api.call(same)).isInstanceOf(NotModified.class);
  }

  @Test
  void aGroupThatBecameASupergroupNamesItsNewId() {
    LoopbackTelegram.Chat group = telegram.group("Group", ada);
    LoopbackTelegram.Chat moved = telegram.migrate(group);

    ChatMoved refusal = catchThrowableOfType(ChatMoved.class, () -> say(group));

    assertThat(refusal.to()).isEqualTo(moved.id());
  }

  @Test
  void anAnswerWithAPieceThatTheLibraryCannotReadIsStillAnAnswer() {
    LoopbackTelegram.Post poison = telegram.postWithUnreadableButton(ada, chat, "Look");

    var sent =
        api.call(
            SendMessage.builder()
                .chatId(chat.id())
                .text("Hello")
                .replyParameters(ReplyParameters.builder().messageId(poison.messageId()).build())
                .build());

    assertThat(sent.getText()).isEqualTo("Hello");
    assertThat(sent.getReplyToMessage().getText()).isEqualTo("Look");
  }

  @Test
  void aTokenThatIsNotAcceptedIsAFaultOfTheConfiguration() {
    telegram.revokeToken();

    assertThatThrownBy(() -> say(chat)).isInstanceOf(TokenRejected.class);
  }

  @Test
  void aThreadThatIsInterruptedGivesUpAtOnce() throws InterruptedException {
    for (Thread.Builder kind : List.of(Thread.ofVirtual(), Thread.ofPlatform())) {
      LoopbackTelegram.Fault.Hangs hangs = new LoopbackTelegram.Fault.Hangs();
      telegram.next("sendMessage", hangs);
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread waiting =
          kind.start(() -> {
            try {
              say(chat);
            } catch (PlatformException.Unavailable expected) {
              thrown.set(expected);
            }
          });
      hangs.arrived().await();

      waiting.interrupt();
      waiting.join();

      assertThat(thrown.get()).isInstanceOf(PlatformException.Unavailable.class);
      hangs.released().countDown();
    }
  }

  @Test
  void theTokenIsInNothingThatIsThrown() throws IOException {
    List<Throwable> thrown = new ArrayList<>();
    String token = LoopbackTelegram.TOKEN;
    List<LoopbackTelegram.Fault> faults =
        List.of(
            new LoopbackTelegram.Fault.TooMany(1),
            new LoopbackTelegram.Fault.Html(502),
            new LoopbackTelegram.Fault.DropsBefore(),
            new LoopbackTelegram.Fault.Refuses(400, "Bad Request: /bot" + token + "/sendMessage"),
            new LoopbackTelegram.Fault.Refuses(500, "at /bot" + token),
            new LoopbackTelegram.Fault.Refuses(401, "who is " + token));
    for (LoopbackTelegram.Fault fault : faults) {
      now.set(now.get().plusSeconds(60));
      telegram.next("sendMessage", fault);
      thrown.add(catchThrowableOfType(RuntimeException.class, () -> say(chat)));
      telegram.next("getFile", fault);
      thrown.add(
          catchThrowableOfType(
              RuntimeException.class, () -> api.download("F", 1, OutputStream.nullOutputStream())));
    }
    for (String wrong : List.of("http://no.such.host.invalid", "http://127.0.0.1:1")) {
      TelegramConfig config =
          new TelegramConfig(new Secret(token), URI.create(wrong), Duration.ofSeconds(50));
      assertThat(config.toString()).doesNotContain(token);
      try (BotApi lost = new BotApi(config, now::get)) {
        thrown.add(catchThrowableOfType(RuntimeException.class, () -> lost.call(new GetMe())));
      }
    }
    thrown.add(
        catchThrowableOfType(
            RuntimeException.class, () -> new TelegramConfig(new Secret(token + "\n"))));

    assertThat(thrown).hasSize(15).doesNotContainNull();
    for (Throwable failure : thrown) {
      StringWriter text = new StringWriter();
      failure.printStackTrace(new PrintWriter(text));
      assertThat(text.toString()).doesNotContain(token);
    }
  }

  private LoopbackTelegram.Post document(byte[] bytes) {
    return telegram.document(
        ada, chat, bytes, "a.bin", "image/png", "", LoopbackTelegram.Manner.plain());
  }

  @Test
  void aFileArrivesAsItWasSent() throws IOException {
    byte[] bytes = "a file".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream to = new ByteArrayOutputStream();

    api.download(telegram.fileId(document(bytes)), bytes.length, to);

    assertThat(to.toByteArray()).isEqualTo(bytes);
  }

  private Reason refusedDownload(String fileId, long maxBytes) {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    PlatformException.Rejected rejected =
        catchThrowableOfType(
            PlatformException.Rejected.class, () -> api.download(fileId, maxBytes, to));
    assertThat(to.size()).isLessThanOrEqualTo((int) maxBytes);
    return rejected.reason();
  }

  @Test
  void aFileThatIsTooLargeIsRefusedByUs() {
    assertThat(refusedDownload(telegram.fileId(document(new byte[100])), 99))
        .isEqualTo(Reason.TOO_LARGE);
    assertThat(telegram.calls("file")).isZero();
  }

  @Test
  void aFileThatTelegramDoesNotGiveIsTooLarge() {
    byte[] large = new byte[20 * 1024 * 1024 + 1];

    assertThat(refusedDownload(telegram.fileId(document(large)), Integer.MAX_VALUE))
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void aFileThatIsLargerThanItSaysIsCutOff() {
    LoopbackTelegram.Post post = document(new byte[100]);
    telegram.understate(post);

    assertThat(refusedDownload(telegram.fileId(post), 99)).isEqualTo(Reason.TOO_LARGE);
    assertThat(telegram.calls("file")).isEqualTo(1);
  }

  @Test
  void aFileThatIsNotThereIsGone() {
    assertThat(refusedDownload("nothing", 99)).isEqualTo(Reason.ATTACHMENT_GONE);
    telegram.next("file", new LoopbackTelegram.Fault.Html(404));
    assertThat(refusedDownload(telegram.fileId(document(new byte[1])), 99))
        .isEqualTo(Reason.ATTACHMENT_GONE);
  }

  @Test
  void aDownloadThatBreaksOffMayBeTriedAgain() {
    String file = telegram.fileId(document(new byte[1]));
    telegram.next("file", new LoopbackTelegram.Fault.DropsBefore());

    assertThatThrownBy(() -> api.download(file, 99, OutputStream.nullOutputStream()))
        .isInstanceOf(PlatformException.Unavailable.class);
  }

  @Test
  void whoCannotWriteTheFileLearnsIt() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int oneByte) throws IOException {
            throw new IOException("the disk is full");
          }
        };

    assertThatThrownBy(() -> api.download(telegram.fileId(document(new byte[9])), 99, full))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is full");
  }

  @Test
  void aLocalServersFileIsReadFromDiskOrElseFetched(@TempDir Path folder) throws IOException {
    byte[] bytes = "local".getBytes(StandardCharsets.UTF_8);
    LoopbackTelegram.Post onDisk = document(bytes);
    telegram.keepOnDisk(onDisk, folder.resolve("file.bin"));
    LoopbackTelegram.Post elsewhere = document(bytes);
    telegram.nameAbsolute(elsewhere, "/var/lib/telegram-bot-api");
    for (LoopbackTelegram.Post post : List.of(onDisk, elsewhere)) {
      ByteArrayOutputStream to = new ByteArrayOutputStream();
      api.download(telegram.fileId(post), 99, to);
      assertThat(to.toByteArray()).isEqualTo(bytes);
    }
    assertThat(telegram.calls("file")).isEqualTo(1);
  }
}
