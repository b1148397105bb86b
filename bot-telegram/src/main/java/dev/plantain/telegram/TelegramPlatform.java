package dev.plantain.telegram;

import dev.plantain.platform.AttachmentRef;
import dev.plantain.platform.Capabilities;
import dev.plantain.platform.Card;
import dev.plantain.platform.ChatPlatform;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.CommandSpec;
import dev.plantain.platform.EventSink;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.OutgoingMessage;
import dev.plantain.platform.Picture;
import dev.plantain.platform.Place;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformException.Reason;
import dev.plantain.platform.PlatformId;
import dev.plantain.telegram.TelegramRefs.Address;
import dev.plantain.text.HarmlessText;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.telegram.telegrambots.meta.api.methods.AnswerCallbackQuery;
import org.telegram.telegrambots.meta.api.methods.GetMe;
import org.telegram.telegrambots.meta.api.methods.commands.SetMyCommands;
import org.telegram.telegrambots.meta.api.methods.groupadministration.GetChatMember;
import org.telegram.telegrambots.meta.api.methods.send.SendChatAction;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.DeleteMessage;
import org.telegram.telegrambots.meta.api.objects.User;
import org.telegram.telegrambots.meta.api.objects.chatmember.ChatMember;
import org.telegram.telegrambots.meta.api.objects.message.Message;

/** Telegram as a platform on which people talk. */
public final class TelegramPlatform implements ChatPlatform {

  private static final Logger LOG = LoggerFactory.getLogger(TelegramPlatform.class);

  /** Edits count towards the limit of a group, which is some 20 messages a minute. */
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(3);

  /** Characters of an answer to a button (Bot API 10.3, answerCallbackQuery). */
  private static final int MOST_ANSWER = 200;

  private final BotApi api;
  private final long maxDownloadBytes;
  private final Pauses pauses;
  private final Consumer<TokenRejected> onTokenRejected;
  private final Administrators administrators;
  private final LostMessages lostMessages;
  private final MessageLocks editing = new MessageLocks();
  private @Nullable Profile us;
  private @Nullable UpdatePoller poller;

  /**
   * What Telegram knows our bot as.
   *
   * @param name the user name without {@code @}
   * @param readsAllGroupMessages privacy mode is off, so that plain mentions in groups reach us
   */
  public record Profile(long id, String name, boolean readsAllGroupMessages) {
    private static Profile of(User me) {
      return new Profile(
          me.getId(), me.getUserName(), Boolean.TRUE.equals(me.getCanReadAllGroupMessages()));
    }
  }

  /**
   * @param onTokenRejected called once, on a thread of the platform, when Telegram stops accepting
   *     the token while we run: no events come any more
   */
  public TelegramPlatform(
      TelegramConfig config, InstantSource clock, Consumer<TokenRejected> onTokenRejected) {
    this(
        new BotApi(config, clock),
        config.maxDownloadBytes(),
        clock,
        Thread::sleep,
        onTokenRejected);
  }

  TelegramPlatform(
      BotApi api,
      long maxDownloadBytes,
      InstantSource clock,
      Pauses pauses,
      Consumer<TokenRejected> onTokenRejected) {
    this.api = api;
    this.maxDownloadBytes = maxDownloadBytes;
    this.pauses = pauses;
    this.onTokenRejected = onTokenRejected;
    this.administrators = new Administrators(api, clock);
    this.lostMessages = new LostMessages(api);
  }

  /**
   * Asks Telegram who we are, and nothing else; blocks for one call.
   *
   * @throws TokenRejected the token is wrong
   * @throws PlatformException Telegram cannot be reached
   */
  public static Profile check(TelegramConfig config, InstantSource clock) {
    try (BotApi api = new BotApi(config, clock)) {
      return Profile.of(api.call(new GetMe()));
    }
  }

  /**
   * Asks Telegram who we are, once; blocks for one call. {@link #start} does it where nobody has,
   * and whoever wants to try again until Telegram is reached calls it before.
   *
   * @throws TokenRejected the token is wrong; no retry helps
   * @throws PlatformException Telegram cannot be reached
   */
  public synchronized Profile signIn() {
    if (us == null) {
      us = Profile.of(api.call(new GetMe()));
    }
    return us;
  }

  @Override
  public PlatformId id() {
    return TelegramRefs.PLATFORM;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        CardRenderer.MOST_TEXT, CardRenderer.MOST_CAPTION, maxDownloadBytes, PROGRESS_INTERVAL);
  }

  /**
   * {@inheritDoc}
   *
   * @throws TokenRejected the token is wrong; no retry helps
   */
  @Override
  public synchronized void start(EventSink sink, List<CommandSpec> commands) {
    if (poller != null) {
      throw new IllegalStateException("started already");
    }
    Profile profile = signIn();
    EventMapper mapper =
        new EventMapper(profile.id(), profile.name(), profile.readsAllGroupMessages());
    poller =
        new UpdatePoller(
            api,
            batch -> hand(batch, mapper, sink),
            pauses,
            RandomGenerator.getDefault(),
            onTokenRejected);
    poller.start();
    LOG.info(
        "Serving as @{}; privacy mode is {}.",
        profile.name(),
        profile.readsAllGroupMessages() ? "off" : "on");
    CommandMenu.of(commands).forEach(this::announce);
  }

  /** A menu that is missing keeps nobody from giving commands. */
  private void announce(SetMyCommands menu) {
    try {
      api.call(menu);
    } catch (PlatformException failure) {
      LOG.warn("The menu of commands stays as it was until the next start.", failure);
    }
  }

  private static void hand(List<RawUpdate> batch, EventMapper mapper, EventSink sink) {
    List<IncomingEvent> events = new ArrayList<>();
    for (RawUpdate update : batch) {
      eventOf(update, mapper).ifPresent(events::add);
    }
    if (!events.isEmpty()) {
      sink.accept(List.copyOf(events));
    }
  }

  /** One update that nobody foresaw must not hold up all that come after it. */
  private static Optional<IncomingEvent> eventOf(RawUpdate update, EventMapper mapper) {
    if (update.parsed().isPresent()) {
      try {
        return mapper.map(update.parsed().get());
      } catch (RuntimeException unforeseen) {
        LOG.error("Update {} is kept unread. Please report this.", update.id(), unforeseen);
      }
    }
    return Optional.of(mapper.unreadable(update.id(), update.json()));
  }

  @Override
  public MessageRef post(OutgoingMessage message) {
    Address chat = Address.of(message.chat());
    Optional<Integer> replyTo = message.replyTo().map(TelegramRefs::messageId);
    return inChatOrWhereItMoved(
        chat,
        there -> {
          // Numbers of messages mean other messages in the chat that a group has become.
          Optional<Integer> anchor = there.equals(chat) ? replyTo : Optional.empty();
          Optional<MessageRef> found =
              message.mayHaveArrived()
                  ? anchor.flatMap(
                      id -> lostMessages.find(there, id, message.card(), message.known()))
                  : Optional.empty();
          return found.orElseGet(() -> send(there, anchor, message));
        });
  }

  private MessageRef send(Address chat, Optional<Integer> replyTo, OutgoingMessage message) {
    Message sent =
        withPictureAsFileIfNeeded(
            message.card(),
            card -> api.call(CardRenderer.post(chat, replyTo, card, message.asksForReply())));
    MessageRef ref = chat.message(sent.getMessageId());
    lostMessages.hasArrived(ref);
    return ref;
  }

  @Override
  public void edit(MessageRef message, Card card) {
    Address chat = Address.of(message.chat());
    int id = TelegramRefs.messageId(message);
    editing.inTurn(
        message,
        () -> {
          try {
            withPictureAsFileIfNeeded(card, shown -> show(chat, id, shown));
          } catch (NotModified itShowsThisAlready) {
            LOG.debug("{} shows this already", message);
          } catch (ChatMoved moved) {
            throw leftBehind();
          }
        });
  }

  private Object show(Address chat, int id, Card card) {
    if (card.hasFile()) {
      return api.call(CardRenderer.editMedia(chat, id, card));
    }
    try {
      return api.call(CardRenderer.editText(chat, id, card));
    } catch (PlatformException.Rejected rejected) {
      if (says(rejected, "there is no text in the message")) {
        return api.call(CardRenderer.editCaption(chat, id, card));
      }
      throw rejected;
    }
  }

  /**
   * Telegram takes some pictures apart that keep to every written limit, and refuses others; as a
   * file it takes each.
   */
  private static <T> T withPictureAsFileIfNeeded(Card card, Function<Card, T> call) {
    try {
      return call.apply(card);
    } catch (PlatformException.Rejected rejected) {
      Optional<Picture> photo = card.picture().filter(CardRenderer::fitsAsPhoto);
      if (photo.isPresent() && (says(rejected, "photo_") || says(rejected, "image_process"))) {
        LOG.info("{} Sending it as a file.", rejected.getMessage());
        return call.apply(card.with(card.words(), photo.map(CardRenderer::asFile)));
      }
      throw rejected;
    }
  }

  @Override
  public void delete(MessageRef message) {
    Address chat = Address.of(message.chat());
    int id = TelegramRefs.messageId(message);
    editing.inTurn(
        message,
        () -> {
          try {
            api.call(new DeleteMessage(Long.toString(chat.chat()), id));
          } catch (PlatformException.Rejected rejected) {
            if (!says(rejected, "message to delete not found")) {
              throw rejected;
            }
          } catch (ChatMoved moved) {
            LOG.debug("{} stays in the group as it was before it moved", message);
          }
        });
  }

  @Override
  public void answer(InteractionRef interaction, String words, boolean alert) {
    AnswerCallbackQuery answer = new AnswerCallbackQuery(interaction.value());
    String text = HarmlessText.abbreviated(HarmlessText.lines(words), MOST_ANSWER);
    if (!text.isEmpty()) {
      answer.setText(text);
      answer.setShowAlert(alert);
    }
    try {
      api.call(answer);
    } catch (PlatformException.Rejected rejected) {
      if (!says(rejected, "query is too old") && !says(rejected, "query id is invalid")) {
        throw rejected;
      }
      LOG.debug("The press of a button was answered too late.");
    }
  }

  @Override
  public void showWorking(ChatRef chat) {
    Address address = Address.of(chat);
    SendChatAction action = new SendChatAction(Long.toString(address.chat()), "upload_photo");
    address.topic().ifPresent(action::setMessageThreadId);
    try {
      api.call(action);
    } catch (PlatformException | ChatMoved | TokenRejected failure) {
      LOG.debug("It is not shown that we work.", failure);
    }
  }

  @Override
  public void fetch(AttachmentRef attachment, long maxBytes, OutputStream to) throws IOException {
    api.download(attachment.value(), maxBytes, to);
  }

  /** Whoever writes in the name of the chat itself is one of its administrators. */
  @Override
  public boolean isModerator(Place place, MemberRef member) {
    Address chat = Address.of(place.chat());
    if (place.direct() || member.equals(TelegramRefs.chatAsMember(chat.chat()))) {
      return true;
    }
    Optional<Long> person = TelegramRefs.personId(member);
    return person.isPresent()
        && inChatOrWhereItMoved(chat, there -> administrators.include(there.chat(), person.get()));
  }

  @Override
  public boolean hearsAll(Place place) {
    Profile profile = signIn();
    return place.direct()
        || profile.readsAllGroupMessages()
        || inChatOrWhereItMoved(
            Address.of(place.chat()), there -> isAdministrator(there.chat(), profile.id()));
  }

  /** Of ourselves, unlike of others, everybody may ask (Bot API 10.3, getChatMember). */
  private boolean isAdministrator(long chat, long us) {
    ChatMember member = api.call(new GetChatMember(Long.toString(chat), us));
    return "administrator".equals(member.getStatus());
  }

  private static <T> T inChatOrWhereItMoved(Address chat, Function<Address, T> call) {
    try {
      return call.apply(chat);
    } catch (ChatMoved moved) {
      try {
        return call.apply(Address.of(moved.to()));
      } catch (ChatMoved again) {
        throw new PlatformException.Unavailable(
            "The group has moved twice in a moment.", Optional.empty(), false, again);
      }
    }
  }

  /** A supergroup counts its messages anew: the same number is another message there. */
  private static PlatformException.Rejected leftBehind() {
    return new PlatformException.Rejected(
        Reason.MESSAGE_GONE,
        "The message stands in the group as it was before it became a supergroup.");
  }

  private static boolean says(PlatformException.Rejected rejected, String words) {
    return String.valueOf(rejected.getMessage()).toLowerCase(Locale.ROOT).contains(words);
  }

  @Override
  public synchronized void close() {
    if (poller != null) {
      poller.close();
    }
    api.close();
  }
}
