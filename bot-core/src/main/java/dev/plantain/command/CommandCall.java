package dev.plantain.command;

import dev.plantain.conversation.Roster;
import dev.plantain.platform.Place;
import dev.plantain.text.Language;
import java.util.function.BooleanSupplier;

/**
 * A command as somebody gave it.
 *
 * @param arguments what followed the name
 * @param moderator whether they govern the chat; asking may block on the network
 */
public record CommandCall(
    Roster.Chat chat,
    Roster.Member member,
    Place place,
    String arguments,
    Language language,
    BooleanSupplier moderator) {

  CommandCall with(String otherArguments) {
    return new CommandCall(chat, member, place, otherArguments, language, moderator);
  }
}
