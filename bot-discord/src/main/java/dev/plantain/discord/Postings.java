package dev.plantain.discord;

import dev.plantain.discord.DiscordRefs.Address;
import dev.plantain.discord.DiscordRefs.Asking;
import dev.plantain.discord.DiscordRefs.Target;
import dev.plantain.discord.DiscordRest.Body;
import dev.plantain.discord.Refusals.Refused;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.OutgoingMessage;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.PlatformException.Reason;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import net.dv8tion.jda.api.requests.Method;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.FileUpload;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts, changes and removes messages of ours: in channels as the bot, and as answers to
 * interactions with their tokens.
 */
final class Postings {
  private static final Logger LOG = LoggerFactory.getLogger(Postings.class);

  private static final String ORIGINAL = "@original";

  /** Taken everywhere; more than that a server can lose, with its boosts. */
  private static final long SURE_FILE_BYTES = net.dv8tion.jda.api.entities.Message.MAX_FILE_SIZE;

  private static final Duration LOWERED = Duration.ofHours(1);
  private static final int REMEMBERED = 10_000;
  private static final int EPHEMERAL = 1 << 6;

  /** Set while people see that we think (Message Resource, Message Flags). */
  private static final int LOADING = 1 << 7;

  private final DiscordRest rest;
  private final LostMessages lost;
  private final ToLongFunction<Address> maxFileBytes;
  private final InstantSource clock;
  private final Messages messages;

  /** Places that took less than they said, and until when that is believed. */
  private final Map<Address, Instant> lowered = new ConcurrentHashMap<>();

  /** Messages that need not be read before their words are changed. */
  private final Set<MessageRef> wordsOnly =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<MessageRef, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  /**
   * @param maxFileBytes how large a file may be there
   */
  Postings(
      DiscordRest rest,
      LostMessages lost,
      ToLongFunction<Address> maxFileBytes,
      InstantSource clock,
      Messages messages) {
    this.rest = rest;
    this.lost = lost;
    this.maxFileBytes = maxFileBytes;
    this.clock = clock;
    this.messages = messages;
  }

  /**
   * Posts a message once. When an earlier attempt may have succeeded, its message is looked for: in
   * the channel, and in the first answer to an interaction, which is there to be read.
   *
   * <p>Further answers where only the token leads, which is in private answers and in servers
   * without us, are the one exception: Discord lists them to nobody, and has no key against
   * repetition for them (Receiving and Responding, Followup Messages). They are posted at most
   * once; after a lost attempt the message returned is one that cannot be found, so that whoever
   * goes on to change it learns that it is gone and can post it anew, and nothing is lost that
   * matters later.
   *
   * <p>What concerns the asker alone and answers what everybody sees is another matter, as the
   * public sign that an answer is coming is removed first: Discord would make the private answer
   * public otherwise. As long as that sign stands, nothing was said. When it is gone and nobody
   * knows whether the answer came after it, it is said again: the asker reads it twice rather than
   * never, and nobody else reads it.
   */
  MessageRef post(OutgoingMessage message) {
    Address chat = Address.of(message.chat());
    Optional<Target> replyTo = message.replyTo().map(DiscordRefs::target);
    MessageRef posted =
        shownAsFarAsItMay(
            chat,
            message.card(),
            card ->
                switch (replyTo.orElse(null)) {
                  case Target.Asked asked -> answer(chat, asked.asking(), message, card);
                  case Target.Held held -> further(chat, held.asking(), message, card);
                  case Target.Posted other ->
                      inChannel(chat, message, Optional.of(other.id()), card);
                  case null -> inChannel(chat, message, Optional.empty(), card);
                });
    if (!message.mayHaveArrived()) {
      note(posted, !message.card().hasFile());
    }
    return posted;
  }

  /** Fills in the answer that the asker waits for; what follows stands below it. */
  private MessageRef answer(Address chat, Asking asking, OutgoingMessage message, Card card) {
    boolean alone = message.forAskerAlone() && !asking.discreet() && asking.audience().isPresent();
    return withToken(
        chat,
        asking,
        message,
        card,
        () -> alone ? toAskerAlone(chat, asking, card) : toAll(chat, asking, message, card));
  }

  private MessageRef toAll(Address chat, Asking asking, OutgoingMessage message, Card card) {
    DataObject original = original(asking);
    if (isLoading(original)) {
      return held(chat, asking, editOriginal(chat, asking, card));
    }
    MessageRef shown = held(chat, asking, original.getString("id"));
    // What fills it and is nothing else that we know of is what an earlier attempt left.
    boolean arrived = message.mayHaveArrived() && !message.known().test(shown);
    return arrived ? shown : followUp(chat, asking, message, card);
  }

  private MessageRef toAskerAlone(Address chat, Asking asking, Card card) {
    try {
      if (isLoading(original(asking))) {
        rest.send("the removal of an answer", tokenRoute(Method.DELETE, asking, ORIGINAL));
      }
    } catch (Refused refused) {
      if (!refused.isUnknownMessage()) {
        throw refused;
      }
      LOG.debug("What everybody saw coming was taken back already.");
    }
    return furtherAnswer(chat, asking.alone(), card);
  }

  private DataObject original(Asking asking) {
    return rest.send("what an answer shows", tokenRoute(Method.GET, asking, ORIGINAL));
  }

  private static boolean isLoading(DataObject message) {
    return (message.getInt("flags", 0) & LOADING) != 0;
  }

  private MessageRef further(Address chat, Asking asking, OutgoingMessage message, Card card) {
    return withToken(chat, asking, message, card, () -> followUp(chat, asking, message, card));
  }

  /** When the token is over, the same is said in the channel, unless it is nobody else's matter. */
  private MessageRef withToken(
      Address chat,
      Asking asking,
      OutgoingMessage message,
      Card card,
      Supplier<MessageRef> withToken) {
    if (!asking.isOver(clock.instant())) {
      try {
        return withToken.get();
      } catch (Refused refused) {
        if (!refused.isOver()) {
          throw refused;
        }
        LOG.debug("An interaction cannot be answered any more: {}", refused.getMessage());
      }
    }
    if (asking.discreet()) {
      throw new PlatformException.Rejected(
          Reason.CHAT_CLOSED, "A private answer came too late to be shown to its asker alone.");
    }
    return inChannel(chat, message, Optional.empty(), card);
  }

  private MessageRef followUp(Address chat, Asking asking, OutgoingMessage message, Card card) {
    if (message.mayHaveArrived() && asking.isOnlyWay()) {
      return DiscordRefs.message(chat, Target.Held.unseen(asking));
    }
    if (message.mayHaveArrived()) {
      Optional<MessageRef> found = lost.find(chat, Optional.empty(), message, card);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return furtherAnswer(chat, asking, card);
  }

  private MessageRef furtherAnswer(Address chat, Asking asking, Card card) {
    Body body = CardRenderer.post(card, file(chat, card), sharing(asking));
    if (asking.discreet()) {
      body.fields().put("flags", body.fields().getInt("flags", 0) | EPHEMERAL);
    }
    DataObject sent =
        rest.send(
            "a further answer",
            Route.Interactions.CREATE_FOLLOWUP
                .compile(asking.application(), asking.token())
                .withQueryParams("wait", "true"),
            body);
    return held(chat, asking, sent.getString("id"));
  }

  private String editOriginal(Address chat, Asking asking, Card card) {
    return rest.send(
            "an answer",
            tokenRoute(Method.PATCH, asking, ORIGINAL),
            CardRenderer.edit(card, file(chat, card), sharing(asking)))
        .getString("id");
  }

  private static MessageRef held(Address chat, Asking asking, String id) {
    return DiscordRefs.message(
        chat, asking.isOnlyWay() ? new Target.Held(id, asking) : new Target.Posted(id));
  }

  private MessageRef inChannel(
      Address chat, OutgoingMessage message, Optional<String> replyTo, Card card) {
    if (message.mayHaveArrived()) {
      Optional<MessageRef> found = lost.find(chat, replyTo, message, card);
      if (found.isPresent()) {
        return found.get();
      }
    }
    String id;
    try {
      id = sent(chat, message.key(), replyTo, card);
    } catch (Refused refused) {
      if (replyTo.isEmpty() || !refused.mayBeForReplying()) {
        throw refused;
      }
      id = sent(chat, message.key(), Optional.empty(), card);
    }
    return chat.message(id);
  }

  private String sent(Address chat, String key, Optional<String> replyTo, Card card) {
    Body body = CardRenderer.post(card, file(chat, card));
    // Within some minutes, Discord answers the same key with the message that it made of it.
    body.fields().put("nonce", nonce(key)).put("enforce_nonce", true);
    replyTo.ifPresent(id ->
        body.fields()
            .put(
                "message_reference",
                DataObject.empty().put("message_id", id).put("fail_if_not_exists", false)));
    return rest.send("a message", Route.Messages.SEND_MESSAGE.compile(chat.channel()), body)
        .getString("id");
  }

  /** At most 25 characters (Channel Resource, Create Message). */
  static String nonce(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  void edit(MessageRef message, Card card) {
    Address chat = Address.of(message.chat());
    Target target = DiscordRefs.target(message);
    shownAsFarAsItMay(chat, card, shown -> changed(chat, target, message, shown));
  }

  private DataObject changed(Address chat, Target target, MessageRef message, Card card) {
    Optional<KeptFile> kept =
        card.hasFile() || wordsOnly.contains(message)
            ? Optional.empty()
            : KeptFile.of(ask("what a message shows", chat, target, Method.GET, null));
    Optional<String> sharing =
        switch (target) {
          case Target.Posted everybody -> Optional.empty();
          case Target.Asked asked -> sharing(asked.asking());
          case Target.Held held -> sharing(held.asking());
        };
    Body body =
        kept.map(file -> CardRenderer.editWords(card, file, sharing))
            .orElseGet(() -> CardRenderer.edit(card, file(chat, card), sharing));
    DataObject changed = ask("the edit of a message", chat, target, Method.PATCH, body);
    note(message, !card.hasFile() && kept.isEmpty());
    return changed;
  }

  /** Does something with a message of ours, by whatever way leads to it. */
  private DataObject ask(
      String what, Address chat, Target target, Method method, @Nullable Body body) {
    if (target instanceof Target.Held held && held.isUnseen()) {
      throw outOfReach();
    }
    try {
      return rest.send(
          what,
          switch (target) {
            case Target.Posted posted ->
                Route.custom(method, "channels/{channel_id}/messages/{message_id}")
                    .compile(chat.channel(), posted.id());
            case Target.Asked asked -> tokenRoute(method, asked.asking(), ORIGINAL);
            case Target.Held held -> tokenRoute(method, held.asking(), held.id());
          },
          body);
    } catch (Refused refused) {
      throw refused.isOver() ? outOfReach() : refused;
    }
  }

  private static Route.CompiledRoute tokenRoute(Method method, Asking asking, String message) {
    return Route.custom(method, "webhooks/{webhook_id}/{token}/messages/{message_id}")
        .compile(asking.application(), asking.token(), message);
  }

  private void note(MessageRef message, boolean hasWordsOnly) {
    if (hasWordsOnly) {
      wordsOnly.add(message);
    } else {
      wordsOnly.remove(message);
    }
  }

  private static PlatformException.Rejected outOfReach() {
    return new PlatformException.Rejected(
        Reason.MESSAGE_GONE, "The answer is not there, or older than we may change.");
  }

  void delete(MessageRef message) {
    try {
      ask(
          "the removal of a message",
          Address.of(message.chat()),
          DiscordRefs.target(message),
          Method.DELETE,
          null);
    } catch (PlatformException.Rejected rejected) {
      if (rejected.reason() != Reason.MESSAGE_GONE) {
        throw rejected;
      }
    }
  }

  /**
   * Tells one person something about what they pressed; nothing when it is too late.
   *
   * @throws Refused for any other reason
   */
  void whisper(Asking asking, String words) {
    if (asking.isOver(clock.instant())) {
      return;
    }
    Body body = CardRenderer.post(Card.of(words), Optional.empty());
    body.fields().put("flags", body.fields().getInt("flags", 0) | EPHEMERAL);
    try {
      rest.send(
          "a private answer",
          Route.Interactions.CREATE_FOLLOWUP.compile(asking.application(), asking.token()),
          body);
    } catch (Refused refused) {
      if (!refused.isOver()) {
        throw refused;
      }
      LOG.debug("The press of a button was answered too late.");
    }
  }

  /** Without what Discord takes exception to, where something remains to be shown. */
  private <T> T shownAsFarAsItMay(Address chat, Card card, Function<Card, T> show) {
    return withWordsThatPass(card, passing -> withPictureThatFits(chat, passing, show));
  }

  private <T> T withPictureThatFits(Address chat, Card card, Function<Card, T> show) {
    try {
      return show.apply(card);
    } catch (Refused refused) {
      boolean canBeSmaller =
          card.picture().filter(picture -> picture.bytes() > SURE_FILE_BYTES).isPresent()
              && mostBytes(chat) > SURE_FILE_BYTES;
      if (!refused.isTooLarge() || !canBeSmaller) {
        throw refused;
      }
      LOG.info("{} Trying it with {} bytes.", refused.getMessage(), SURE_FILE_BYTES);
      lowered.put(chat, clock.instant().plus(LOWERED));
      return show.apply(card);
    }
  }

  private long mostBytes(Address chat) {
    Instant now = clock.instant();
    lowered.values().removeIf(until -> !until.isAfter(now));
    return lowered.containsKey(chat) ? SURE_FILE_BYTES : maxFileBytes.applyAsLong(chat);
  }

  /** AutoMod knows no author: what a member quotes through us is kept back as ours. */
  private static <T> T withWordsThatPass(Card card, Function<Card, T> show) {
    try {
      return show.apply(card);
    } catch (Refused refused) {
      List<Paragraph> told =
          card.words().stream().filter(each -> each instanceof Paragraph.Told).toList();
      if (!refused.isBlocked() || told.size() == card.words().size()) {
        throw refused;
      }
      LOG.info("{} Showing it without the quoted words.", refused.getMessage());
      return show.apply(card.with(told, card.picture()));
    }
  }

  /** What the button is called that shows everybody what the asker alone sees. */
  private Optional<String> sharing(Asking asking) {
    return Optional.of(asking)
        .filter(Asking::discreet)
        .flatMap(Asking::audience)
        .map(tag -> messages.choose(List.of(tag)))
        .map(language -> messages.text(new Message.ButtonShowEverybody(), language));
  }

  private Optional<FileUpload> file(Address chat, Card card) {
    return card.picture()
        .map(picture -> PictureFit.within(picture, mostBytes(chat)))
        .or(() -> card.document().map(PictureFit::of));
  }
}
