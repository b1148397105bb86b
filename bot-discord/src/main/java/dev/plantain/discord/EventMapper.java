package dev.plantain.discord;

import dev.plantain.discord.DiscordRefs.Address;
import dev.plantain.discord.DiscordRefs.Asking;
import dev.plantain.discord.DiscordRefs.RemoteFile;
import dev.plantain.discord.DiscordRefs.Target;
import dev.plantain.platform.Attachment;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.Mention;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.RoleRef;
import dev.plantain.platform.Said;
import dev.plantain.platform.Sender;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.components.ResolvedMedia;
import net.dv8tion.jda.api.components.filedisplay.FileDisplay;
import net.dv8tion.jda.api.components.mediagallery.MediaGallery;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.Mentions;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.Role;
import net.dv8tion.jda.api.entities.User;
import net.dv8tion.jda.api.entities.channel.ChannelType;
import net.dv8tion.jda.api.entities.channel.concrete.TextChannel;
import net.dv8tion.jda.api.entities.channel.middleman.GuildChannel;
import net.dv8tion.jda.api.entities.messages.MessageSnapshot;
import net.dv8tion.jda.api.interactions.DiscordLocale;
import net.dv8tion.jda.api.interactions.Interaction;
import net.dv8tion.jda.api.interactions.InteractionContextType;
import net.dv8tion.jda.api.interactions.commands.OptionMapping;
import org.jspecify.annotations.Nullable;

/** Translates what Discord reports into events of the seam; what concerns nobody is left out. */
final class EventMapper {

  /** A server with this feature has chosen its language; others have English by default. */
  private static final String CHOSE_LANGUAGE = "COMMUNITY";

  private static final Optional<String> NO_LANGUAGE = Optional.empty();

  private final String botId;
  private final String applicationId;
  private final boolean messageContent;

  /**
   * @param messageContent whether messages that do not mention us arrive with their content
   */
  EventMapper(String botId, String applicationId, boolean messageContent) {
    this.botId = botId;
    this.applicationId = applicationId;
    this.messageContent = messageContent;
  }

  /** Somebody wrote a message. Bots, webhooks and Discord itself are nobody. */
  Optional<IncomingEvent> message(Message message) {
    if (isNobody(message)) {
      return Optional.empty();
    }
    Place place = placeOf(message);
    boolean addressed =
        message.getMentions().getUsers().stream().anyMatch(this::isUs) || isReplyToUs(message);
    String key = key("message", message.getId());
    if (addressed && !place.direct() && isWithheld(message)) {
      return Optional.of(
          new IncomingEvent.Withheld(key, place, senderOf(message), refOf(message), false));
    }
    if (!addressed && !place.direct() && isEmpty(message)) {
      return Optional.empty();
    }
    return Optional.of(
        new IncomingEvent.Message(key, place, senderOf(message), said(message), addressed));
  }

  /** Somebody changed their words, which is not the case when Discord adds a preview. */
  Optional<IncomingEvent> edited(Message message) {
    if (isNobody(message) || message.getTimeEdited() == null || isEmpty(message)) {
      return Optional.empty();
    }
    long at = message.getTimeEdited().toInstant().toEpochMilli();
    return Optional.of(
        new IncomingEvent.Edited(
            key("edited", message.getId() + ":" + at),
            placeOf(message),
            senderOf(message),
            refOf(message),
            wordsOf(message)));
  }

  /** We came into a server; empty where we may not write in any of its channels. */
  Optional<IncomingEvent> joined(Guild guild, Member owner) {
    long since = guild.getSelfMember().getTimeJoined().toInstant().toEpochMilli();
    return Stream.concat(
            Stream.ofNullable(guild.getSystemChannel()), guild.getTextChannels().stream())
        .filter(TextChannel::canTalk)
        .findFirst()
        .map(channel ->
            new IncomingEvent.Joined(
                key("joined", guild.getId() + ":" + since),
                new Address(Optional.of(guild.getId()), channel.getId()).place(false),
                sender(owner.getUser(), owner, languageOf(guild)),
                "@" + guild.getSelfMember().getEffectiveName(),
                true));
  }

  /** Nobody asks which of its channels it was. */
  IncomingEvent left(Guild guild) {
    long since = guild.getSelfMember().getTimeJoined().toInstant().toEpochMilli();
    return new IncomingEvent.Left(
        key("left", guild.getId() + ":" + since),
        new Address(Optional.of(guild.getId()), guild.getId()).place(false));
  }

  private static boolean isNobody(Message message) {
    return message.getAuthor().isBot()
        || message.getAuthor().isSystem()
        || message.isWebhookMessage()
        || message.getType().isSystem();
  }

  private boolean isReplyToUs(Message message) {
    Message replied = message.getReferencedMessage();
    return replied != null && isUs(replied.getAuthor());
  }

  /**
   * Whether Discord keeps from us what was written, or the picture that it is about. Without the
   * privileged intent we see only what mentions us, in full (Message Content Intent).
   */
  private boolean isWithheld(Message message) {
    if (messageContent) {
      return false;
    }
    Message replied = message.getReferencedMessage();
    boolean blind = replied != null && !isUs(replied.getAuthor()) && isEmpty(replied);
    return isEmpty(message) || (blind && message.getAttachments().isEmpty());
  }

  private static boolean isEmpty(Message message) {
    return message.getContentRaw().isEmpty()
        && message.getAttachments().isEmpty()
        && message.getEmbeds().isEmpty()
        && message.getStickers().isEmpty()
        && message.getComponents().isEmpty()
        && message.getMessageSnapshots().isEmpty();
  }

  private Said said(Message message) {
    List<Attachment> files = new ArrayList<>(filesOf(message));
    for (MessageSnapshot forwarded : message.getMessageSnapshots()) {
      forwarded
          .getAttachments()
          .forEach(file -> files.add(attachment(file, channelOf(message), message.getId())));
    }
    Optional<Said.Quoted> replyTo =
        Optional.ofNullable(message.getReferencedMessage()).map(this::quoted);
    return new Said(
        refOf(message),
        wordsOf(message),
        files,
        replyTo,
        Optional.empty(),
        mentionsIn(message.getMentions()));
  }

  Said.Quoted quoted(Message message) {
    boolean ours = isUs(message.getAuthor());
    return new Said.Quoted(
        refOf(message),
        ours,
        picturesOf(message),
        isNobody(message) ? Optional.empty() : Optional.of(senderOf(message)));
  }

  private String wordsOf(Message message) {
    return words(message.getContentRaw(), message.getMentions());
  }

  /** Our own mention is how we were called; those of others are read as names. */
  String words(String raw, Mentions mentions) {
    String words = raw.replace("<@" + botId + ">", "").replace("<@!" + botId + ">", "");
    for (User user : mentions.getUsers()) {
      String name = written(user);
      words =
          words.replace("<@" + user.getId() + ">", name).replace("<@!" + user.getId() + ">", name);
    }
    for (Role role : mentions.getRoles()) {
      words = words.replace("<@&" + role.getId() + ">", written(role));
    }
    return words.strip();
  }

  /** Those whom {@link #words} leaves named, as they stand there. */
  List<Mention> mentionsIn(Mentions mentions) {
    return Stream.<Mention>concat(
            mentions.getUsers().stream()
                .filter(user -> !isUs(user))
                .map(user -> new Mention.Person(written(user), sender(user, null, NO_LANGUAGE))),
            mentions.getRoles().stream()
                .map(role ->
                    new Mention.Role(
                        written(role), DiscordRefs.role(role.getId()), role.getName())))
        .toList();
  }

  /** Whom somebody chose in a field: a role or a person. */
  Mention mentioned(OptionMapping option) {
    return switch (option.getAsMentionable()) {
      case Role role ->
          new Mention.Role(written(role), DiscordRefs.role(role.getId()), role.getName());
      case Member member -> person(member.getUser(), member);
      default -> person(option.getAsUser(), null);
    };
  }

  private static Mention person(User user, @Nullable Member member) {
    return new Mention.Person(written(user), sender(user, member, NO_LANGUAGE));
  }

  private static String written(User user) {
    return "@" + user.getEffectiveName();
  }

  private static String written(Role role) {
    return "@" + role.getName();
  }

  private static List<Attachment> filesOf(Message message) {
    return message.getAttachments().stream()
        .map(file -> attachment(file, channelOf(message), message.getId()))
        .toList();
  }

  /** Also those in components and embeds, of which only Discord's own copies are fetched. */
  private static List<Attachment> picturesOf(Message message) {
    List<Attachment> pictures = new ArrayList<>(filesOf(message));
    message.getComponentTree().findAll(MediaGallery.class).stream()
        .flatMap(gallery -> gallery.getItems().stream())
        .flatMap(item -> Stream.ofNullable(item.getResolvedMedia()))
        .forEach(media -> pictures.add(shown(media, message)));
    message.getComponentTree().findAll(FileDisplay.class).stream()
        .flatMap(file -> Stream.ofNullable(file.getResolvedMedia()))
        .forEach(media -> pictures.add(shown(media, message)));
    if (pictures.isEmpty()) {
      message.getEmbeds().stream()
          .flatMap(embed -> Stream.ofNullable(embed.getImage()))
          .flatMap(image -> Stream.ofNullable(image.getProxyUrl()))
          .forEach(url -> pictures.add(picture(url)));
    }
    return pictures.stream()
        .filter(file -> file.mediaType().filter(type -> !type.startsWith("image/")).isEmpty())
        .toList();
  }

  private static Attachment shown(ResolvedMedia media, Message message) {
    RemoteFile file =
        media.getAttachmentId() == null
            ? new RemoteFile(Optional.empty(), media.getProxyUrl())
            : new RemoteFile(
                Optional.of(
                    new RemoteFile.Where(
                        channelOf(message), message.getId(), media.getAttachmentId())),
                media.getUrl());
    return new Attachment(
        file.ref(), Optional.ofNullable(media.getContentType()), Optional.empty());
  }

  private static String channelOf(Message message) {
    return Long.toUnsignedString(message.getChannelIdLong());
  }

  private static Attachment attachment(Message.Attachment file, String channel, String message) {
    RemoteFile.Where where = new RemoteFile.Where(channel, message, file.getId());
    return described(file, new RemoteFile(Optional.of(where), file.getUrl()));
  }

  /** A file that came with an interaction, and that no message holds. */
  static Attachment fleeting(Message.Attachment file) {
    return described(file, new RemoteFile(Optional.empty(), file.getUrl()));
  }

  private static Attachment described(Message.Attachment file, RemoteFile remote) {
    return new Attachment(
        remote.ref(),
        Optional.ofNullable(file.getContentType()),
        Optional.of((long) file.getSize()));
  }

  /** A picture that is known by its address only. */
  static Attachment picture(String url) {
    return new Attachment(
        new RemoteFile(Optional.empty(), url).ref(), Optional.empty(), Optional.empty());
  }

  private MessageRef refOf(Message message) {
    return addressOf(message).message(message.getId());
  }

  private static Address addressOf(Message message) {
    return new Address(
        message.isFromGuild()
            ? Optional.of(Long.toUnsignedString(message.getGuildIdLong()))
            : Optional.empty(),
        channelOf(message));
  }

  private static Place placeOf(Message message) {
    return addressOf(message).place(message.getChannelType() == ChannelType.PRIVATE);
  }

  private static Sender senderOf(Message message) {
    Optional<String> language =
        message.isFromGuild() ? languageOf(message.getGuild()) : Optional.empty();
    return sender(message.getAuthor(), message.getMember(), language);
  }

  private static Optional<String> languageOf(Guild guild) {
    return guild.getFeatures().contains(CHOSE_LANGUAGE)
        ? Optional.of(guild.getLocale().getLocale())
        : Optional.empty();
  }

  private static Sender sender(User user, @Nullable Member member, Optional<String> language) {
    String name = member == null ? user.getEffectiveName() : member.getEffectiveName();
    return new Sender(
        DiscordRefs.member(user.getId()),
        name,
        language,
        Optional.of(user.getName()),
        rolesOf(member));
  }

  /** In a server that does not have us, nobody tells what members are there. */
  private static Set<RoleRef> rolesOf(@Nullable Member member) {
    return member == null || member.isDetached()
        ? Set.of()
        : member.getUnsortedRoles().stream()
            .map(role -> DiscordRefs.role(role.getId()))
            .collect(Collectors.toUnmodifiableSet());
  }

  Sender senderOf(Interaction interaction) {
    DiscordLocale locale = interaction.getUserLocale();
    return sender(
        interaction.getUser(),
        interaction.getMember(),
        locale == DiscordLocale.UNKNOWN ? Optional.empty() : Optional.of(locale.getLocale()));
  }

  Address addressOf(Interaction interaction) {
    Guild guild = interaction.getGuild();
    return new Address(
        guild == null ? Optional.empty() : Optional.of(guild.getId()),
        Long.toUnsignedString(interaction.getChannelIdLong()));
  }

  Place placeOf(Interaction interaction) {
    boolean direct =
        interaction.getGuild() == null
            && interaction.getChannelType() == ChannelType.PRIVATE
            && interaction.getContext() != InteractionContextType.PRIVATE_CHANNEL;
    return addressOf(interaction).place(direct);
  }

  /**
   * @param discreet what is answered is shown to the asker alone
   */
  Asking asking(Interaction interaction, boolean discreet) {
    return new Asking(
        interaction.getId(),
        applicationId,
        interaction.getToken(),
        discreet,
        isOutside(interaction),
        placeOf(interaction).direct()
            ? Optional.empty()
            : Optional.of(interaction.getUserLocale().getLocale()));
  }

  /** Whether we have no way into the channel but the interaction. */
  private boolean isOutside(Interaction interaction) {
    Guild guild = interaction.getGuild();
    if (guild == null) {
      return !placeOf(interaction).direct();
    }
    if (!interaction.isFromAttachedGuild()) {
      return true;
    }
    return interaction.getChannel() instanceof GuildChannel channel
        && !guild.getSelfMember().hasPermission(channel, Permission.VIEW_CHANNEL);
  }

  /** What was asked with an interaction, as a message that can be answered. */
  MessageRef asked(Interaction interaction, Asking asking) {
    return DiscordRefs.message(addressOf(interaction), new Target.Asked(asking));
  }

  /** A message that carries what was interacted with, reached in the way that is open. */
  MessageRef refOf(Interaction interaction, Message message) {
    Asking asking = asking(interaction, message.isEphemeral());
    return DiscordRefs.message(
        addressOf(interaction),
        asking.isOnlyWay()
            ? new Target.Held(message.getId(), asking)
            : new Target.Posted(message.getId()));
  }

  boolean isUs(String user) {
    return user.equals(botId);
  }

  private boolean isUs(User user) {
    return isUs(user.getId());
  }

  /** With our own id in it: another bot on the same database hears the same messages. */
  String key(String kind, String id) {
    return "discord:" + botId + ":" + kind + ":" + id;
  }
}
