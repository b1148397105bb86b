package dev.plantain.discord;

import dev.plantain.discord.DiscordRefs.Asking;
import dev.plantain.platform.Card;
import dev.plantain.platform.EventSink;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.PlatformException;
import dev.plantain.text.Language;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.util.List;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.interactions.Interaction;
import net.dv8tion.jda.api.requests.RestAction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Acknowledges what people do, hands it on, and tells them when that fails. */
final class Handing {
  private static final Logger LOG = LoggerFactory.getLogger(Handing.class);

  private final EventMapper mapper;
  private final EventSink sink;
  private final Postings postings;
  private final DiscordRest rest;
  private final Moderators moderators;
  private final Messages messages;

  Handing(
      EventMapper mapper,
      EventSink sink,
      Postings postings,
      DiscordRest rest,
      Moderators moderators,
      Messages messages) {
    this.mapper = mapper;
    this.sink = sink;
    this.postings = postings;
    this.rest = rest;
    this.moderators = moderators;
    this.messages = messages;
  }

  /** Takes note of what Discord says of whoever does something. */
  void met(Interaction event) {
    Member member = event.getMember();
    if (member != null && event.isFromAttachedGuild()) {
      moderators.met(member);
    }
  }

  /**
   * Whether the interaction lives. When it was too late, its author has been told by Discord that
   * nothing happened, and so nothing must happen.
   */
  boolean isAcknowledged(RestAction<?> acknowledgement) {
    try {
      rest.await("an acknowledgement", acknowledgement);
      return true;
    } catch (Refusals.Refused refused) {
      if (refused.isAlreadyAcknowledged()) {
        return true;
      }
      LOG.warn("What somebody did is passed over. {}", refused.getMessage());
      return false;
    } catch (PlatformException.Unavailable unavailable) {
      LOG.warn("It is unknown whether somebody sees that we heard. {}", unavailable.getMessage());
      return unavailable.mayHaveHappened() && !rest.isClosed();
    }
  }

  /** For what is answered by a message, which then says it. */
  void handOrApologize(Interaction interaction, Asking asking, IncomingEvent event) {
    hand(event, () -> apologize(interaction, asking));
  }

  /** For the press of a button, which leaves the message as it is. */
  void handOrWhisper(Interaction interaction, Asking asking, IncomingEvent event) {
    hand(event, () -> postings.whisper(asking, apology(interaction)));
  }

  private void hand(IncomingEvent event, Runnable otherwise) {
    try {
      sink.accept(List.of(event));
    } catch (RuntimeException failure) {
      LOG.error("What somebody did could not be stored; they are told.", failure);
      try {
        otherwise.run();
      } catch (PlatformException | Refusals.Refused | SignInRefused unreachable) {
        LOG.warn("They could not be told.", unreachable);
      }
    }
  }

  void apologize(Interaction interaction, Asking asking) {
    postings.edit(mapper.asked(interaction, asking), Card.of(apology(interaction)));
  }

  private String apology(Interaction interaction) {
    Language language = messages.choose(List.of(interaction.getUserLocale().getLocale()));
    return messages.text(new Message.SomethingBroke(), language);
  }
}
