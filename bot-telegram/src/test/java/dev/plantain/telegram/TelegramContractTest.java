package dev.plantain.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.platform.AttachmentRef;
import dev.plantain.platform.ChatPlatform;
import dev.plantain.platform.ChatPlatformContract;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.telegram.LoopbackTelegram.Chat;
import dev.plantain.telegram.LoopbackTelegram.Fault;
import dev.plantain.telegram.LoopbackTelegram.Manner;
import dev.plantain.telegram.LoopbackTelegram.Post;
import dev.plantain.telegram.LoopbackTelegram.Query;
import dev.plantain.telegram.LoopbackTelegram.Shown;
import dev.plantain.telegram.LoopbackTelegram.User;
import dev.plantain.telegram.TelegramRefs.Address;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

class TelegramContractTest extends ChatPlatformContract {

  @Override
  protected World newWorld() {
    return new Loopback();
  }

  private static final class Loopback implements World {
    private final LoopbackTelegram telegram = new LoopbackTelegram();
    private final User ann = telegram.user("Ann");
    private final User bo = telegram.user("Bo");
    private final Chat chat = telegram.supergroup("Pictures", ann, bo);
    private final Address address = Address.of(chat.id());
    private final TelegramPlatform platform =
        new TelegramPlatform(telegram.config(), InstantSource.system(), rejected -> {});
    private final Map<InteractionRef, Query> presses = new HashMap<>();

    Loopback() {
      telegram.status(chat, ann, "administrator");
    }

    @Override
    public ChatPlatform platform() {
      return platform;
    }

    @Override
    public Place group() {
      return new Place(address.ref(), false);
    }

    @Override
    public MemberRef moderator() {
      return TelegramRefs.person(ann.id());
    }

    @Override
    public MemberRef member() {
      return TelegramRefs.person(bo.id());
    }

    @Override
    public MessageRef says(String words) {
      return address.message(telegram.say(bo, chat, words).messageId());
    }

    @Override
    public AttachmentRef sends(byte[] file) {
      Post post = telegram.document(bo, chat, file, "a.png", "image/png", "", Manner.plain());
      return TelegramRefs.file(telegram.fileId(post));
    }

    @Override
    public InteractionRef presses(MessageRef message) {
      Query query = telegram.press(bo, post(message), "Cancel");
      InteractionRef press = TelegramRefs.callback(query.id());
      presses.put(press, query);
      return press;
    }

    @Override
    public void tooLateFor(InteractionRef interaction) {
      telegram.expire(Objects.requireNonNull(presses.remove(interaction)));
    }

    @Override
    public void removes(MessageRef message) {
      telegram.remove(post(message));
    }

    @Override
    public void losesTheAnswerToTheNextPost() {
      telegram.next("sendMessage", new Fault.DropsAfter());
    }

    @Override
    public List<Seen> posts() {
      return telegram.botPosts(chat).stream().map(this::seen).toList();
    }

    private Seen seen(Shown shown) {
      return new Seen(
          address.message(shown.post().messageId()),
          shown.text(),
          shown.photo().isPresent() || shown.document().isPresent(),
          shown.buttons().stream().flatMap(List::stream).toList(),
          Optional.of(shown.replyTo()).filter(id -> id > 0).map(address::message));
    }

    @Override
    public byte[] fileOf(MessageRef message) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        platform.fetch(TelegramRefs.file(telegram.fileId(post(message))), Long.MAX_VALUE, bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }

    @Override
    public Optional<String> told(InteractionRef interaction) {
      return Optional.ofNullable(presses.get(interaction))
          .map(telegram::answer)
          .filter(Query::answered)
          .map(Query::text);
    }

    private Post post(MessageRef message) {
      return new Post(chat, TelegramRefs.messageId(message));
    }

    @Override
    public void close() {
      platform.close();
      telegram.close();
      assertThat(telegram.violations()).isEmpty();
    }
  }
}
