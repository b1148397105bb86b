package dev.plantain.discord;

import dev.plantain.discord.DiscordRefs.Address;
import dev.plantain.discord.DiscordRefs.Target;
import dev.plantain.platform.EventSink;
import dev.plantain.platform.MessageRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.MessageHistory;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.exceptions.InsufficientPermissionException;
import net.dv8tion.jda.api.exceptions.RateLimitedException;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what was written while we were away. Discord replays what a connection missed for a short
 * while only, and nothing of the time before a start.
 */
final class MissedMessages {
  private static final Logger LOG = LoggerFactory.getLogger(MissedMessages.class);

  /** Of one request (Get Channel Messages). */
  private static final int PAGE = 100;

  /** A chat in which more was said goes on without us knowing all of it. */
  private static final int MOST_PAGES = 5;

  private final EventSink sink;
  private final DiscordRest rest;
  private final Consumer<Message> reader;

  /**
   * @param reader takes them in the order in which they were written, known ones among them
   */
  MissedMessages(EventSink sink, DiscordRest rest, Consumer<Message> reader) {
    this.sink = sink;
    this.rest = rest;
    this.reader = reader;
  }

  /** Blocks on the network; called whenever a connection begins anew. */
  void readOn(JDA shard) {
    EventSink.LastSeen lastSeen = sink.lastSeen(DiscordRefs.PLATFORM);
    for (MessageRef message : lastSeen.messages()) {
      try {
        readOn(shard, message, lastSeen.notBefore());
      } catch (ErrorResponseException
          | InsufficientPermissionException
          | RateLimitedException
          | Refusals.Refused closed) {
        LOG.info("What was said in {} meanwhile cannot be read: {}", message.chat(), closed);
      }
    }
  }

  private void readOn(JDA shard, MessageRef last, Instant notBefore) throws RateLimitedException {
    Optional<MessageChannel> channel = channel(shard, Address.of(last.chat()));
    if (channel.isEmpty()) {
      return;
    }
    String after = idOf(last);
    for (int page = 0; page < MOST_PAGES; page++) {
      MessageHistory history =
          MessageHistory.getHistoryAfter(channel.get(), after).limit(PAGE).complete(true);
      List<Message> oldestFirst = history.getRetrievedHistory().reversed();
      oldestFirst.stream()
          .filter(message -> !message.getTimeCreated().toInstant().isBefore(notBefore))
          .forEach(reader);
      if (oldestFirst.size() < PAGE) {
        return;
      }
      after = oldestFirst.getLast().getId();
    }
  }

  /** An interaction counts as said when it was made, as all ids do. */
  private static String idOf(MessageRef message) {
    return switch (DiscordRefs.target(message)) {
      case Target.Posted posted -> posted.id();
      case Target.Asked asked -> asked.asking().interaction();
      case Target.Held held -> held.isUnseen() ? held.asking().interaction() : held.id();
    };
  }

  /** The channel, where this connection is the one that tells of it. */
  private Optional<MessageChannel> channel(JDA shard, Address chat) throws RateLimitedException {
    if (chat.guild().isPresent()) {
      return Optional.ofNullable(shard.getChannelById(MessageChannel.class, chat.channel()));
    }
    if (shard.getShardInfo().getShardId() != 0) {
      return Optional.empty();
    }
    DataObject direct =
        rest.send("a direct conversation", Route.Channels.GET_CHANNEL.compile(chat.channel()));
    return direct.optArray("recipients").filter(people -> people.length() == 1).isPresent()
        ? Optional.of(
            shard
                .openPrivateChannelById(direct.getArray("recipients").getObject(0).getString("id"))
                .complete(true))
        : Optional.empty();
  }
}
