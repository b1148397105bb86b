package dev.plantain.command;

import dev.plantain.conversation.Roster;
import dev.plantain.platform.Attachment;
import dev.plantain.platform.Place;
import dev.plantain.text.Language;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A command as somebody gave it.
 *
 * @param arguments what followed the name
 * @param pictures what came with it, or with the message that it replies to
 * @param moderator whether they govern the chat; asking may block on the network
 */
public record CommandCall(
    Roster.Chat chat,
    Roster.Member member,
    Place place,
    String arguments,
    List<Attachment> pictures,
    Language language,
    BooleanSupplier moderator) {

  public CommandCall {
    pictures = List.copyOf(pictures);
  }

  CommandCall with(String otherArguments) {
    return new CommandCall(chat, member, place, otherArguments, pictures, language, moderator);
  }
}
