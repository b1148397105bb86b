package dev.plantain.chat;

import dev.plantain.conversation.Roster;
import dev.plantain.moderation.Access;
import dev.plantain.moderation.AccessRules;
import dev.plantain.platform.Attachment;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.Place;
import dev.plantain.platform.Said;
import dev.plantain.settings.Setting;
import dev.plantain.settings.SettingsStore;
import dev.plantain.storage.Database;

/** Whether what nobody addressed to us is heard: rule 1 of a conversation. */
final class Listening {
  private final Database database;
  private final Roster roster;
  private final SettingsStore settings;
  private final AccessRules access;

  Listening(Database database, Roster roster, SettingsStore settings, AccessRules access) {
    this.database = database;
    this.roster = roster;
    this.settings = settings;
    this.access = access;
  }

  /**
   * Pictures with words, where moderators want it so and have not closed the chat. Blocks for a
   * reading of the database.
   */
  boolean hears(IncomingEvent.Message message) {
    return hasPicture(message.said()) && !message.said().words().isBlank() && isOn(message.place());
  }

  private static boolean hasPicture(Said said) {
    return said.attachments().stream()
        .map(Attachment::mediaType)
        .anyMatch(type -> type.filter(known -> !known.startsWith("image/")).isEmpty());
  }

  private boolean isOn(Place place) {
    return database.read(reading ->
        roster
            .chat(reading, place.chat())
            .filter(chat -> settings.isOn(reading, chat.id(), Setting.LISTEN))
            .filter(chat ->
                access.of(reading, chat.id()).isOpen(Access.Kind.CHAT, Long.toString(chat.id())))
            .isPresent());
  }
}
