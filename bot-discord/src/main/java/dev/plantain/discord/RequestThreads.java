package dev.plantain.discord;

import dev.plantain.discord.DiscordRefs.Address;
import dev.plantain.discord.DiscordRest.Body;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.Said;
import dev.plantain.text.HarmlessText;
import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.channel.ChannelType;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a thread for each request that begins a conversation in a channel, so that what follows
 * does not get between what others talk about.
 */
final class RequestThreads {
  private static final Logger LOG = LoggerFactory.getLogger(RequestThreads.class);

  /** Characters of the name of a thread (Start Thread from Message). */
  private static final int MOST_NAME = 100;

  private static final int ARCHIVED_AFTER_MINUTES = 1_440;

  private final DiscordRest rest;

  RequestThreads(DiscordRest rest) {
    this.rest = rest;
  }

  /**
   * The same event as if it had been said in its thread, which is opened where it is not there yet;
   * where none can be opened, the event as it is. Blocks on the network.
   */
  IncomingEvent inThread(Message message, IncomingEvent event) {
    if (!(event instanceof IncomingEvent.Message said)
        || !said.addressed()
        || said.said().replyTo().isPresent()
        || message.getChannelType() != ChannelType.TEXT) {
      return event;
    }
    try {
      open(message, said.said().words());
    } catch (Refusals.Refused refused) {
      if (!refused.isThreadThere()) {
        LOG.info("A request stays in its channel, as no thread can be opened: {}", refused);
        return event;
      }
    } catch (PlatformException.Unavailable unavailable) {
      LOG.info("A request stays in its channel, as no thread could be opened: {}", unavailable);
      return event;
    }
    return moved(message, said);
  }

  private void open(Message message, String words) {
    String line = HarmlessText.abbreviated(HarmlessText.line(words), MOST_NAME);
    DataObject thread =
        DataObject.empty()
            .put("name", HarmlessText.isInvisible(line) ? "…" : line)
            .put("auto_archive_duration", ARCHIVED_AFTER_MINUTES);
    rest.send(
        "a thread",
        Route.Channels.CREATE_THREAD_FROM_MESSAGE.compile(message.getChannelId(), message.getId()),
        new Body(thread, List.of()));
  }

  /** A thread has the id of the message from which it was opened. */
  private static IncomingEvent moved(Message message, IncomingEvent.Message event) {
    Address thread = new Address(Optional.of(message.getGuild().getId()), message.getId());
    Said said = event.said();
    return new IncomingEvent.Message(
        event.key(),
        thread.place(false),
        event.sender(),
        new Said(
            thread.message(message.getId()),
            said.words(),
            said.attachments(),
            said.replyTo(),
            said.album(),
            said.mentions()),
        event.addressed());
  }
}
