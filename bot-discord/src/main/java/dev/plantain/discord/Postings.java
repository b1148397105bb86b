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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.FileUpload;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts, changes and removes messages of ours: in channels as the bot, and as answers to
 * interactions with their tokens.
 */
final class Postings {
  private static final Logger LOG = LoggerFactory.getLogger(Postings.class);

  private static final String ORIGINAL = "@original";
  private static final int EPHEMERAL = 1 << 6;

  /** Set while people see that we think (Message Resource, Message Flags). */
  private static final int LOADING = 1 << 7;

  private final DiscordRest rest;
  private final LostMessages lost;
  private final ToLongFunction<Address> maxFileBytes;
  private final InstantSource clock;

  /**
   * @param maxFileBytes how large a file may be there
   */
  Postings(
      DiscordRest rest,
      LostMessages lost,
      ToLongFunction<Address> maxFileBytes,
      InstantSource clock) {
    this.rest = rest;
    this.lost = lost;
    this.maxFileBytes = maxFileBytes;
    this.clock = clock;
  }

  MessageRef post(OutgoingMessage message) {
    Address chat = Address.of(message.chat());
    Optional<Target> replyTo = message.replyTo().map(DiscordRefs::target);
    return withWordsThatPass(
        message.card(),
        card ->
            switch (replyTo.orElse(null)) {
              case Target.Asked asked -> answer(chat, asked.asking(), message, card);
              case Target.Held held -> further(chat, held.asking(), message, card);
              case Target.Posted posted -> inChannel(chat, message, Optional.of(posted.id()), card);
              case null -> inChannel(chat, message, Optional.empty(), card);
            });
  }

  /** Fills in the answer that the asker waits for; what follows stands below it. */
  private MessageRef answer(Address chat, Asking asking, OutgoingMessage message, Card card) {
    return withToken(
        chat,
        asking,
        message,
        card,
        () -> {
          DataObject original =
              rest.send(
                  "what an answer shows",
                  Route.Interactions.GET_MESSAGE.compile(
                      asking.application(), asking.token(), ORIGINAL));
          if ((original.getInt("flags", 0) & LOADING) != 0) {
            return held(chat, asking, editOriginal(chat, asking, card));
          }
          MessageRef shown = held(chat, asking, original.getString("id"));
          boolean arrived =
              message.mayHaveArrived()
                  && !message.known().test(shown)
                  && LostMessages.shows(original, card);
          return arrived ? shown : followUp(chat, asking, message, card);
        });
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
    if (message.mayHaveArrived() && !asking.isOnlyWay()) {
      Optional<MessageRef> found = lost.find(chat, Optional.empty(), message, card);
      if (found.isPresent()) {
        return found.get();
      }
    }
    Body body = CardRenderer.post(card, file(chat, card));
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
            Route.Interactions.EDIT_FOLLOWUP.compile(
                asking.application(), asking.token(), ORIGINAL),
            CardRenderer.edit(card, file(chat, card)))
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
    withWordsThatPass(
        card,
        shown -> {
          Body body = CardRenderer.edit(shown, file(chat, shown));
          return switch (DiscordRefs.target(message)) {
            case Target.Posted posted ->
                rest.send(
                    "the edit of a message",
                    Route.Messages.EDIT_MESSAGE.compile(chat.channel(), posted.id()),
                    body);
            case Target.Asked asked -> editWithToken(asked.asking(), ORIGINAL, body);
            case Target.Held held -> editWithToken(held.asking(), held.id(), body);
          };
        });
  }

  private DataObject editWithToken(Asking asking, String id, Body body) {
    try {
      return rest.send(
          "the edit of an answer",
          Route.Interactions.EDIT_FOLLOWUP.compile(asking.application(), asking.token(), id),
          body);
    } catch (Refused refused) {
      throw refused.isOver() ? outOfReach() : refused;
    }
  }

  private static PlatformException.Rejected outOfReach() {
    return new PlatformException.Rejected(
        Reason.MESSAGE_GONE, "The answer is not there, or older than we may change.");
  }

  void delete(MessageRef message) {
    Address chat = Address.of(message.chat());
    try {
      rest.send(
          "the removal of a message",
          switch (DiscordRefs.target(message)) {
            case Target.Posted posted ->
                Route.Messages.DELETE_MESSAGE.compile(chat.channel(), posted.id());
            case Target.Asked asked -> deleteWithToken(asked.asking(), ORIGINAL);
            case Target.Held held -> deleteWithToken(held.asking(), held.id());
          });
    } catch (Refused refused) {
      if (!refused.isOver()) {
        throw refused;
      }
    }
  }

  private static Route.CompiledRoute deleteWithToken(Asking asking, String id) {
    return Route.Interactions.DELETE_FOLLOWUP.compile(asking.application(), asking.token(), id);
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
      return show.apply(new Card(told, card.picture(), card.rows()));
    }
  }

  private Optional<FileUpload> file(Address chat, Card card) {
    return card.picture()
        .map(picture -> PictureFit.within(picture, maxFileBytes.applyAsLong(chat)));
  }
}
