package dev.plantain.platform;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import java.util.Optional;

/** Something that happened on a platform and may concern us. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = IncomingEvent.Message.class, name = "message"),
  @JsonSubTypes.Type(value = IncomingEvent.Command.class, name = "command"),
  @JsonSubTypes.Type(value = IncomingEvent.Withheld.class, name = "withheld"),
  @JsonSubTypes.Type(value = IncomingEvent.Edited.class, name = "edited"),
  @JsonSubTypes.Type(value = IncomingEvent.Button.class, name = "button"),
  @JsonSubTypes.Type(value = IncomingEvent.Joined.class, name = "joined"),
  @JsonSubTypes.Type(value = IncomingEvent.Left.class, name = "left"),
  @JsonSubTypes.Type(value = IncomingEvent.Moved.class, name = "moved"),
  @JsonSubTypes.Type(value = IncomingEvent.Unreadable.class, name = "unreadable")
})
public sealed interface IncomingEvent {

  /**
   * The same for every delivery of the same event, and different for any other event on any
   * platform: a second delivery changes nothing. Made of what the event is about, not of a delivery
   * number.
   */
  String key();

  /**
   * Somebody wrote something.
   *
   * @param addressed they mentioned us or replied to us; in a direct conversation it does not
   *     matter
   */
  record Message(String key, Place place, Sender sender, Said said, boolean addressed)
      implements IncomingEvent {}

  /**
   * Somebody gave a slash command.
   *
   * @param said with the arguments of the command as its words
   * @param name without the slash, in lower case
   * @param explicit our name was part of it, so that it cannot be meant for another bot
   * @param options what was chosen in fields, by the names of {@link CommandSpec.Option}; neither
   *     the words nor the pictures, which are in {@code said}
   */
  record Command(
      String key,
      Place place,
      Sender sender,
      Said said,
      String name,
      boolean explicit,
      Map<String, String> options)
      implements IncomingEvent {
    public Command {
      options = Map.copyOf(options);
    }

    public Command(
        String key, Place place, Sender sender, Said said, String name, boolean explicit) {
      this(key, place, sender, said, name, explicit, Map.of());
    }
  }

  /**
   * Somebody spoke to us, but the platform keeps from us what they wrote or what they replied to.
   *
   * @param awaited they are shown that an answer is coming, so that one must come however often
   */
  record Withheld(String key, Place place, Sender sender, MessageRef message, boolean awaited)
      implements IncomingEvent {}

  /** Somebody changed the words of an earlier message. */
  record Edited(String key, Place place, Sender sender, MessageRef message, String words)
      implements IncomingEvent {}

  /**
   * Somebody pressed a button of ours.
   *
   * @param data what we gave the button when we made it: untrusted, as clients can forge it
   */
  record Button(
      String key,
      Place place,
      Sender sender,
      MessageRef message,
      String data,
      InteractionRef interaction)
      implements IncomingEvent {}

  /**
   * Somebody brought us into a chat.
   *
   * @param ourName what people write to mention us
   * @param hearsMentions whether the platform lets us see messages that mention us without being a
   *     command or a reply
   */
  record Joined(String key, Place place, Sender sender, String ourName, boolean hearsMentions)
      implements IncomingEvent {}

  /** We were removed from a chat, and from all others of its community. */
  record Left(String key, Place place) implements IncomingEvent {}

  /**
   * A chat got another reference and stays the same chat.
   *
   * @param community where the community that it belongs to got another one with it
   */
  record Moved(String key, ChatRef from, ChatRef to, Optional<MovedCommunity> community)
      implements IncomingEvent {}

  /** A community before and after it got another reference. */
  record MovedCommunity(CommunityRef from, CommunityRef to) {}

  /** Something that the adapter could not read, kept as it came so that nothing is lost. */
  record Unreadable(String key, PlatformId platform, String raw) implements IncomingEvent {}
}
