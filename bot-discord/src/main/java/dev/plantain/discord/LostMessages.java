package dev.plantain.discord;

import dev.plantain.discord.DiscordRefs.Address;
import dev.plantain.discord.Refusals.Refused;
import dev.plantain.platform.Card;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.OutgoingMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/** Finds a message of ours whose sending ended without an answer, by its nonce or its buttons. */
final class LostMessages {

  private static final String NEAR = "50";
  private static final int BUTTON = 2;

  private final DiscordRest rest;
  private final String botId;

  LostMessages(DiscordRest rest, String botId) {
    this.rest = rest;
    this.botId = botId;
  }

  /**
   * Looks behind the message replied to, or else among the latest of the channel; empty also where
   * we may not read what was written.
   */
  Optional<MessageRef> find(
      Address chat, Optional<String> replyTo, OutgoingMessage message, Card card) {
    Route.CompiledRoute route =
        Route.Messages.GET_MESSAGE_HISTORY.compile(chat.channel()).withQueryParams("limit", NEAR);
    if (replyTo.isPresent()) {
      route = route.withQueryParams("after", replyTo.get());
    }
    DataArray messages;
    try {
      messages = rest.list("the latest messages", route);
    } catch (Refused mayNotRead) {
      return Optional.empty();
    }
    String nonce = Postings.nonce(message.key());
    return objects(messages).stream()
        .filter(candidate -> candidate.getObject("author").getString("id", "").equals(botId))
        .filter(
            candidate -> nonce.equals(candidate.getString("nonce", "")) || shows(candidate, card))
        .map(candidate -> chat.message(candidate.getString("id")))
        .filter(candidate -> !message.known().test(candidate))
        .findFirst();
  }

  /** Whether a message carries exactly the buttons of the card; never for a card without any. */
  static boolean shows(DataObject message, Card card) {
    List<String> ours = card.rows().stream().flatMap(List::stream).map(CustomId::of).toList();
    List<String> theirs = new ArrayList<>();
    collect(message, theirs);
    return !ours.isEmpty() && ours.equals(theirs);
  }

  private static void collect(DataObject component, List<String> ids) {
    String id = component.getInt("type", 0) == BUTTON ? component.getString("custom_id", "") : "";
    if (!id.isEmpty() && !id.equals(Sharing.BUTTON)) {
      ids.add(id);
    }
    component
        .optArray("components")
        .ifPresent(parts -> objects(parts).forEach(part -> collect(part, ids)));
  }

  private static List<DataObject> objects(DataArray array) {
    return IntStream.range(0, array.length()).mapToObj(array::getObject).toList();
  }
}
