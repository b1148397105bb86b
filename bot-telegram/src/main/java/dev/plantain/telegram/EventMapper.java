package dev.plantain.telegram;

import dev.plantain.platform.Attachment;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.Place;
import dev.plantain.platform.Said;
import dev.plantain.platform.Sender;
import dev.plantain.telegram.TelegramRefs.Address;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.meta.api.objects.CallbackQuery;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.chat.Chat;
import org.telegram.telegrambots.meta.api.objects.chatmember.ChatMember;
import org.telegram.telegrambots.meta.api.objects.chatmember.ChatMemberRestricted;
import org.telegram.telegrambots.meta.api.objects.chatmember.ChatMemberUpdated;
import org.telegram.telegrambots.meta.api.objects.message.MaybeInaccessibleMessage;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/** Translates what Telegram reports into events of the seam; what concerns nobody is left out. */
final class EventMapper {

  private final long botId;
  private final String botName;
  private final boolean readsAllGroupMessages;

  /**
   * @param botName the user name of the bot without {@code @}
   * @param readsAllGroupMessages whether privacy mode is off ({@code can_read_all_group_messages})
   */
  EventMapper(long botId, String botName, boolean readsAllGroupMessages) {
    this.botId = botId;
    this.botName = botName;
    this.readsAllGroupMessages = readsAllGroupMessages;
  }

  Optional<IncomingEvent> map(Update update) {
    if (update.hasMessage()) {
      return message(update.getMessage());
    }
    if (update.hasEditedMessage()) {
      return edited(update.getEditedMessage());
    }
    if (update.hasCallbackQuery()) {
      return button(update.getCallbackQuery());
    }
    if (update.hasMyChatMember()) {
      return membership(update.getMyChatMember());
    }
    return Optional.empty();
  }

  /** Keeps an update that could not be read; ids may start anew, so its content is in the key. */
  IncomingEvent unreadable(long updateId, String json) {
    return new IncomingEvent.Unreadable(
        key("update", updateId, fingerprint(json)), TelegramRefs.PLATFORM, json);
  }

  private Optional<IncomingEvent> message(Message message) {
    Optional<IncomingEvent> moved = moved(message);
    if (moved.isPresent()) {
      return moved;
    }
    Optional<Sender> sender = senderOf(message);
    MessageWords words = MessageWords.of(message, botId, botName);
    Optional<Said> said = said(message, words);
    if (sender.isEmpty() || said.isEmpty() || words.forAnotherBot()) {
      return Optional.empty();
    }
    String key = key("message", message.getChatId(), message.getMessageId());
    Place place = placeOf(message);
    boolean addressed = words.named() || said.get().replyTo().map(Said.Quoted::ours).orElse(false);
    return Optional.of(
        words.command().isPresent()
            ? new IncomingEvent.Command(
                key, place, sender.get(), said.get(), words.command().get(), words.named())
            : new IncomingEvent.Message(key, place, sender.get(), said.get(), addressed));
  }

  /** Both chats report the move; either report leads to the same event. */
  private Optional<IncomingEvent> moved(Message message) {
    Long chat = message.getChatId();
    if (message.getMigrateToChatId() != null) {
      return Optional.of(moved(chat, message.getMigrateToChatId()));
    }
    if (message.getMigrateFromChatId() != null) {
      return Optional.of(moved(message.getMigrateFromChatId(), chat));
    }
    return Optional.empty();
  }

  private IncomingEvent moved(long from, long to) {
    return new IncomingEvent.Moved(
        key("moved", from, to),
        Address.of(from).ref(),
        Address.of(to).ref(),
        Optional.of(
            new IncomingEvent.MovedCommunity(
                TelegramRefs.community(from), TelegramRefs.community(to))));
  }

  /** Empty for service messages, and for contents that have neither words nor files. */
  private Optional<Said> said(Message message, MessageWords words) {
    List<Attachment> files = new ArrayList<>(MessageFiles.of(message));
    if (message.getExternalReplyInfo() != null) {
      files.addAll(MessageFiles.of(message.getExternalReplyInfo()));
    }
    if (!hasWords(message) && files.isEmpty()) {
      return Optional.empty();
    }
    Address address = addressOf(message);
    Optional<String> album =
        Optional.ofNullable(message.getMediaGroupId()).map(id -> address.chat() + "/" + id);
    return Optional.of(
        new Said(
            address.message(message.getMessageId()),
            words.words(),
            files,
            replyTo(message, address),
            album));
  }

  private static boolean hasWords(Message message) {
    return message.getText() != null || message.getCaption() != null;
  }

  private Optional<Said.Quoted> replyTo(Message message, Address address) {
    Message replied = message.getReplyToMessage();
    if (replied == null || isBeginningOfTopic(message, replied)) {
      return Optional.empty();
    }
    boolean ours = replied.getFrom() != null && isUs(replied.getFrom());
    return Optional.of(
        new Said.Quoted(
            address.message(replied.getMessageId()),
            ours,
            MessageFiles.of(replied),
            senderOf(replied)));
  }

  /**
   * Each message of a topic replies to the message that opened the topic, without being meant to.
   */
  private static boolean isBeginningOfTopic(Message message, Message replied) {
    return replied.getForumTopicCreated() != null
        || (message.isTopicMessage()
            && replied.getMessageId().equals(message.getMessageThreadId()));
  }

  private Optional<IncomingEvent> edited(Message message) {
    Optional<Sender> sender = senderOf(message);
    MessageWords words = MessageWords.of(message, botId, botName);
    if (sender.isEmpty() || words.forAnotherBot() || said(message, words).isEmpty()) {
      return Optional.empty();
    }
    Place place = placeOf(message);
    Integer date = message.getEditDate() == null ? message.getDate() : message.getEditDate();
    return Optional.of(
        new IncomingEvent.Edited(
            key("edited", message.getChatId(), message.getMessageId(), date),
            place,
            sender.get(),
            addressOf(message).message(message.getMessageId()),
            words.words()));
  }

  private Optional<IncomingEvent> button(CallbackQuery query) {
    MaybeInaccessibleMessage message = query.getMessage();
    if (message == null || query.getData() == null || query.getFrom() == null) {
      return Optional.empty();
    }
    Address address =
        message instanceof Message whole ? addressOf(whole) : Address.of(message.getChatId());
    return Optional.of(
        new IncomingEvent.Button(
            key("callback", query.getId()),
            place(address, message.getChat().isUserChat()),
            person(query.getFrom()),
            address.message(message.getMessageId()),
            query.getData(),
            TelegramRefs.callback(query.getId())));
  }

  private Optional<IncomingEvent> membership(ChatMemberUpdated change) {
    Chat chat = change.getChat();
    boolean direct = chat.isUserChat();
    boolean group = chat.isGroupChat() || chat.isSuperGroupChat();
    if (!(direct || group)) {
      return Optional.empty();
    }
    boolean was = isThere(change.getOldChatMember());
    boolean is = isThere(change.getNewChatMember());
    Place place = place(Address.of(chat.getId()), direct);
    if (was && !is) {
      return Optional.of(
          new IncomingEvent.Left(key("left", chat.getId(), change.getDate()), place));
    }
    if (!was && is && group) {
      boolean hearsMentions =
          readsAllGroupMessages || "administrator".equals(change.getNewChatMember().getStatus());
      return Optional.of(
          new IncomingEvent.Joined(
              key("joined", chat.getId(), change.getDate()),
              place,
              person(change.getFrom()),
              "@" + botName,
              hearsMentions));
    }
    return Optional.empty();
  }

  private static boolean isThere(@Nullable ChatMember member) {
    if (member instanceof ChatMemberRestricted restricted) {
      return Boolean.TRUE.equals(restricted.getIsMember());
    }
    return member != null
        && switch (member.getStatus()) {
          case "creator", "administrator", "member" -> true;
          case null, default -> false;
        };
  }

  /**
   * Who wrote a message; empty for bots and for what Telegram forwards by itself. In the name of a
   * chat, {@code from} is a stand-in that many share (GroupAnonymousBot, Channel_Bot), so that the
   * chat itself is the sender.
   */
  private static Optional<Sender> senderOf(Message message) {
    if (Boolean.TRUE.equals(message.getIsAutomaticForward())
        || message.getViaBot() != null
        || isEphemeral(message)) {
      return Optional.empty();
    }
    Chat chat = message.getSenderChat();
    if (chat != null) {
      return Optional.of(
          new Sender(TelegramRefs.chatAsMember(chat.getId()), nameOf(chat), Optional.empty()));
    }
    User from = message.getFrom();
    return from == null || Boolean.TRUE.equals(from.getIsBot())
        ? Optional.empty()
        : Optional.of(person(from));
  }

  /** Seen by one member only and without an id of its own, so that nobody could reply to it. */
  private static boolean isEphemeral(Message message) {
    return message.getEphemeralMessageId() != null || message.getMessageId() == 0;
  }

  private static Sender person(User user) {
    String name = joined(user.getFirstName(), user.getLastName());
    return new Sender(
        TelegramRefs.person(user.getId()),
        name,
        Optional.ofNullable(user.getLanguageCode()),
        Optional.ofNullable(user.getUserName()),
        Set.of());
  }

  private static String nameOf(Chat chat) {
    return chat.getTitle() == null
        ? joined(chat.getFirstName(), chat.getLastName())
        : chat.getTitle();
  }

  private static String joined(@Nullable String first, @Nullable String last) {
    return Stream.of(first, last)
        .filter(name -> name != null && !name.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private boolean isUs(User user) {
    return user.getId() == botId;
  }

  private static Place placeOf(Message message) {
    return place(addressOf(message), message.getChat().isUserChat());
  }

  /** A forum is one community, whatever its topics. */
  private static Place place(Address address, boolean direct) {
    return new Place(address.ref(), TelegramRefs.community(address.chat()), direct);
  }

  /** {@code message_thread_id} is set for threads of replies too, which are no topics. */
  private static Address addressOf(Message message) {
    Optional<Integer> topic =
        message.isTopicMessage()
            ? Optional.ofNullable(message.getMessageThreadId())
            : Optional.empty();
    return new Address(message.getChatId(), topic);
  }

  /** With our own id in it: another bot on the same database counts its messages anew. */
  private String key(String kind, Object... parts) {
    return Stream.concat(Stream.of("telegram", botId, kind), Stream.of(parts))
        .map(String::valueOf)
        .collect(Collectors.joining(":"));
  }

  private static String fingerprint(String json) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
