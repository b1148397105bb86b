package dev.plantain.command;

import dev.plantain.conversation.Roster;
import dev.plantain.platform.Attachment;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.Mention;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.Sender;
import dev.plantain.text.Language;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A command as somebody gave it.
 *
 * @param key the same however often the command is run for the same event
 * @param arguments what followed the name
 * @param mentions who is named in the arguments
 * @param about the message that the command replies to
 * @param quoted who wrote the message that the command replies to
 * @param pictures what came with it, or with the message that it replies to
 * @param moderator whether they govern the chat; asking may block on the network
 * @param governs whether somebody else governs the chat; asking may block too
 * @param governsThere whether they govern another chat; asking may block too
 * @param hearsAll whether messages that do not address us reach us there; asking may block too
 */
public record CommandCall(
    String key,
    Roster.Chat chat,
    Roster.Member member,
    Place place,
    String arguments,
    List<Mention> mentions,
    Optional<MessageRef> about,
    Optional<Sender> quoted,
    List<Attachment> pictures,
    Language language,
    BooleanSupplier moderator,
    Predicate<MemberRef> governs,
    Predicate<Place> governsThere,
    BooleanSupplier hearsAll) {

  public CommandCall {
    mentions = List.copyOf(mentions);
    pictures = List.copyOf(pictures);
  }
}
