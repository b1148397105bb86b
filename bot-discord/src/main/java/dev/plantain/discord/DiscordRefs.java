package dev.plantain.discord;

import dev.plantain.platform.AttachmentRef;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.CommunityRef;
import dev.plantain.platform.InteractionRef;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.PlatformId;
import dev.plantain.platform.RoleRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Makes and reads the references of the seam: the only place that knows how they are written. */
final class DiscordRefs {

  static final PlatformId PLATFORM = new PlatformId("discord");

  /** From when Discord counts (Reference, Snowflakes). */
  private static final long EPOCH_MILLIS = 1_420_070_400_000L;

  /** How long an interaction can be answered (Receiving and Responding, Followup Messages). */
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(15);

  private static final String DISCREET = "d";
  private static final String OUTSIDE = "o";
  private static final String AUDIENCE = "@";

  private DiscordRefs() {}

  static boolean isId(String text) {
    return text.matches("\\d{1,20}");
  }

  static Instant timeOf(long id) {
    return Instant.ofEpochMilli((id >>> 22) + EPOCH_MILLIS);
  }

  /** A channel, and the server in which it is. A thread is a channel. */
  record Address(Optional<String> guild, String channel) {

    static Address of(ChatRef ref) {
      String value = ref.value();
      int slash = value.indexOf('/');
      return slash < 0
          ? new Address(Optional.empty(), value)
          : new Address(Optional.of(value.substring(0, slash)), value.substring(slash + 1));
    }

    ChatRef ref() {
      return new ChatRef(PLATFORM, guild.map(id -> id + "/").orElse("") + channel);
    }

    /** A server is one community; a direct conversation or a group of friends is its own. */
    Place place(boolean direct) {
      return new Place(ref(), new CommunityRef(PLATFORM, guild.orElse(channel)), direct);
    }

    MessageRef message(String id) {
      return new MessageRef(ref(), id);
    }
  }

  /**
   * An interaction and what lets us answer it for a quarter of an hour.
   *
   * @param discreet its answer is shown to the asker alone
   * @param outside we have no other way into its channel
   * @param audience the language of the asker where others are there, in which they are offered to
   *     show everybody what only they see; empty where nobody else is there
   */
  record Asking(
      String interaction,
      String application,
      String token,
      boolean discreet,
      boolean outside,
      Optional<String> audience) {

    boolean isOver(Instant now) {
      return !now.isBefore(timeOf(Long.parseUnsignedLong(interaction)).plus(TOKEN_LIFE));
    }

    /** Whether messages of ours there can be reached with this token only. */
    boolean isOnlyWay() {
      return discreet || outside;
    }

    /**
     * The same, for answers that are shown to the asker alone though all see that one is coming.
     */
    Asking alone() {
      return new Asking(interaction, application, token, true, outside, audience);
    }

    String written() {
      return String.join(
          "/",
          interaction,
          application,
          token,
          (discreet ? DISCREET : "")
              + (outside ? OUTSIDE : "")
              + audience.map(language -> AUDIENCE + language).orElse(""));
    }

    static Asking read(String written) {
      String[] parts = written.split("/", 4);
      String[] who = parts[3].split(AUDIENCE, 2);
      return new Asking(
          parts[0],
          parts[1],
          parts[2],
          who[0].contains(DISCREET),
          who[0].contains(OUTSIDE),
          who.length < 2 ? Optional.empty() : Optional.of(who[1]));
    }
  }

  /** What a message is reached by. */
  sealed interface Target {

    /** A message that stands in its channel. */
    record Posted(String id) implements Target {}

    /** What somebody asked with an interaction, where the answer to it will stand. */
    record Asked(Asking asking) implements Target {}

    /** A message that only an interaction's token reaches, for as long as it lasts. */
    record Held(String id, Asking asking) implements Target {

      /** A message that may stand there, but of which nobody can find out which it is. */
      static Held unseen(Asking asking) {
        return new Held(UNSEEN, asking);
      }

      boolean isUnseen() {
        return id.equals(UNSEEN);
      }
    }
  }

  /** No message of Discord's has this id. */
  private static final String UNSEEN = "0";

  private static final char ASKED = 'i';
  private static final char HELD = 'h';

  static Target target(MessageRef ref) {
    String value = ref.value();
    if (value.charAt(0) == ASKED) {
      return new Target.Asked(Asking.read(value.substring(1)));
    }
    if (value.charAt(0) == HELD) {
      int slash = value.indexOf('/');
      return new Target.Held(value.substring(1, slash), Asking.read(value.substring(slash + 1)));
    }
    return new Target.Posted(value);
  }

  static MessageRef message(Address chat, Target target) {
    return chat.message(
        switch (target) {
          case Target.Posted posted -> posted.id();
          case Target.Asked asked -> ASKED + asked.asking().written();
          case Target.Held held -> HELD + held.id() + "/" + held.asking().written();
        });
  }

  static RoleRef role(String id) {
    return new RoleRef(PLATFORM, id);
  }

  static MemberRef member(String id) {
    return new MemberRef(PLATFORM, id);
  }

  static InteractionRef interaction(Asking asking) {
    return new InteractionRef(PLATFORM, asking.written());
  }

  /**
   * A file that somebody sent.
   *
   * @param message where it is found again when its address has expired; empty for what came with a
   *     command, and for the pictures of people
   */
  record RemoteFile(Optional<Where> message, String url) {

    /** An attachment of a message. */
    record Where(String channel, String message, String attachment) {}

    static RemoteFile of(AttachmentRef ref) {
      int space = ref.value().indexOf(' ');
      String url = ref.value().substring(space + 1);
      String[] where = ref.value().substring(0, space).split("/", 3);
      return new RemoteFile(
          where.length < 3
              ? Optional.empty()
              : Optional.of(new Where(where[0], where[1], where[2])),
          url);
    }

    AttachmentRef ref() {
      String where =
          message
              .map(there -> String.join("/", there.channel(), there.message(), there.attachment()))
              .orElse("-");
      return new AttachmentRef(PLATFORM, where + " " + url);
    }
  }
}
