package dev.plantain.discord;

import dev.plantain.discord.DiscordRefs.Asking;
import dev.plantain.discord.DiscordRefs.RemoteFile;
import dev.plantain.discord.DiscordRefs.Target;
import dev.plantain.discord.Questions.About;
import dev.plantain.discord.Questions.Shown;
import dev.plantain.platform.Attachment;
import dev.plantain.platform.Card;
import dev.plantain.platform.CommandSpec;
import dev.plantain.platform.CommandSpec.Menu;
import dev.plantain.platform.EventSink;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.MessageRef;
import dev.plantain.platform.PlatformException;
import dev.plantain.platform.Said;
import dev.plantain.text.HarmlessText;
import dev.plantain.text.Language;
import dev.plantain.text.Messages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.User;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.CommandAutoCompleteInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.MessageContextInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.UserContextInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.interactions.Interaction;
import net.dv8tion.jda.api.interactions.commands.Command;
import net.dv8tion.jda.api.interactions.commands.OptionMapping;
import net.dv8tion.jda.api.modals.Modal;
import net.dv8tion.jda.api.requests.RestAction;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acknowledges what people do with commands, menus, buttons and windows, and hands it on. Discord
 * gives three seconds for the acknowledgement, so it comes before anything else.
 *
 * <p>Each method blocks, and is called on a thread of its own.
 */
final class Interactions {
  private static final Logger LOG = LoggerFactory.getLogger(Interactions.class);

  /** Suggestions, and characters of each (Application Commands, Autocomplete). */
  private static final int MOST_CHOICES = 25;

  private static final int MOST_CHOICE = 100;

  private final EventMapper mapper;
  private final EventSink sink;
  private final Map<String, CommandSpec> commands = new HashMap<>();
  private final Map<String, CommandSpec> onMessages = new HashMap<>();
  private final Map<String, CommandSpec> onMembers = new HashMap<>();
  private final Questions questions = new Questions();
  private final Postings postings;
  private final DiscordRest rest;
  private final Moderators moderators;
  private final Messages messages;

  Interactions(
      EventMapper mapper,
      EventSink sink,
      List<CommandSpec> specs,
      Postings postings,
      DiscordRest rest,
      Moderators moderators,
      Messages messages) {
    this.mapper = mapper;
    this.sink = sink;
    this.postings = postings;
    this.rest = rest;
    this.moderators = moderators;
    this.messages = messages;
    for (CommandSpec spec : specs) {
      commands.put(spec.name(), spec);
      spec.onMessages().ifPresent(menu -> onMessages.put(CommandRegistration.name(menu), spec));
      spec.onMembers().ifPresent(menu -> onMembers.put(CommandRegistration.name(menu), spec));
    }
  }

  void command(SlashCommandInteractionEvent event) {
    Optional<CommandSpec> spec = Optional.ofNullable(commands.get(event.getName()));
    boolean discreet = spec.map(CommandSpec::discreet).orElse(true);
    Asking asking = mapper.asking(event, discreet);
    if (isAcknowledged(event.deferReply(discreet))) {
      met(event);
      handOrApologize(
          event,
          asking,
          new IncomingEvent.Command(
              mapper.key("command", event.getId()),
              mapper.placeOf(event),
              mapper.senderOf(event),
              said(event, asking, spec),
              event.getName(),
              true,
              choices(event.getOptions(), spec)));
    }
  }

  private Said said(SlashCommandInteractionEvent event, Asking asking, Optional<CommandSpec> spec) {
    List<Attachment> files = new ArrayList<>();
    String words = "";
    for (OptionMapping option : event.getOptions()) {
      switch (kind(spec, option.getName())) {
        case WORDS -> words = option.getAsString();
        case PICTURE -> files.add(EventMapper.fleeting(option.getAsAttachment()));
        case CHOICE -> {}
      }
    }
    return new Said(refOf(event, asking), words, files, Optional.empty(), Optional.empty());
  }

  private static Map<String, String> choices(
      List<OptionMapping> options, Optional<CommandSpec> spec) {
    Map<String, String> choices = new HashMap<>();
    for (OptionMapping option : options) {
      if (kind(spec, option.getName()) == CommandSpec.Kind.CHOICE) {
        choices.put(option.getName(), option.getAsString());
      }
    }
    return choices;
  }

  /** An option that we do not know any more is of no use but as a choice. */
  private static CommandSpec.Kind kind(Optional<CommandSpec> spec, String option) {
    return spec.flatMap(known -> option(known, option))
        .map(CommandSpec.Option::kind)
        .orElse(CommandSpec.Kind.CHOICE);
  }

  private static Optional<CommandSpec.Option> option(CommandSpec spec, String name) {
    return spec.options().stream().filter(option -> option.name().equals(name)).findFirst();
  }

  void autocomplete(CommandAutoCompleteInteractionEvent event) {
    String focused = event.getFocusedOption().getName();
    Optional<CommandSpec> spec = Optional.ofNullable(commands.get(event.getName()));
    List<Command.Choice> choices;
    try {
      choices =
          spec.flatMap(known -> option(known, focused))
              .map(option -> suggested(event, option, spec))
              .orElse(List.of());
    } catch (RuntimeException failure) {
      LOG.error("There is nothing to suggest for {} /{}.", focused, event.getName(), failure);
      choices = List.of();
    }
    isAcknowledged(event.replyChoices(choices));
  }

  private List<Command.Choice> suggested(
      CommandAutoCompleteInteractionEvent event,
      CommandSpec.Option option,
      Optional<CommandSpec> spec) {
    List<OptionMapping> others =
        event.getOptions().stream().filter(each -> !each.getName().equals(option.name())).toList();
    String typed = event.getFocusedOption().getValue().strip().toLowerCase(Locale.ROOT);
    return option
        .suggestions()
        .of(mapper.placeOf(event), mapper.senderOf(event), choices(others, spec))
        .stream()
        .filter(each -> each.value().length() <= MOST_CHOICE)
        .filter(each ->
            each.label().toLowerCase(Locale.ROOT).contains(typed)
                || each.value().toLowerCase(Locale.ROOT).contains(typed))
        .limit(MOST_CHOICES)
        .map(each -> new Command.Choice(cut(each.label(), each.value()), each.value()))
        .toList();
  }

  private static String cut(String label, String otherwise) {
    String line = HarmlessText.abbreviated(HarmlessText.line(label), MOST_CHOICE);
    return line.isEmpty() ? otherwise : line;
  }

  /** Asks for words where they are needed; what follows is done when they come. */
  void onMessage(MessageContextInteractionEvent event) {
    Message target = event.getTarget();
    Said.Quoted quoted = mapper.quoted(target);
    Optional.ofNullable(onMessages.get(event.getName()))
        .ifPresent(spec -> {
          if (spec.onMessages().orElseThrow().questions().isEmpty()) {
            giveAtOnce(event, spec, quoted);
            return;
          }
          About about = new About.SomeMessage(spec.name(), target.getId());
          questions.remember(about, new Shown(quoted.ours(), quoted.attachments()));
          ask(event, about, spec.onMessages().orElseThrow(), event::replyModal);
        });
  }

  private void giveAtOnce(
      MessageContextInteractionEvent event, CommandSpec spec, Said.Quoted quoted) {
    Asking asking = mapper.asking(event, spec.discreet());
    if (isAcknowledged(event.deferReply(spec.discreet()))) {
      met(event);
      Optional<Said.Quoted> replyTo = Optional.of(quoted);
      handOrApologize(
          event,
          asking,
          new IncomingEvent.Command(
              mapper.key("command", event.getId()),
              mapper.placeOf(event),
              mapper.senderOf(event),
              new Said(refOf(event, asking), "", List.of(), replyTo, Optional.empty()),
              spec.name(),
              true));
    }
  }

  void onMember(UserContextInteractionEvent event) {
    Optional.ofNullable(onMembers.get(event.getName()))
        .ifPresent(spec -> {
          User target = event.getTarget();
          Member member = event.getTargetMember();
          String avatar =
              member == null ? target.getEffectiveAvatarUrl() : member.getEffectiveAvatarUrl();
          About about = new About.SomePerson(spec.name(), target.getId());
          questions.remember(about, new Shown(false, List.of(EventMapper.picture(avatar))));
          ask(event, about, spec.onMembers().orElseThrow(), event::replyModal);
        });
  }

  private void ask(
      Interaction event, About about, Menu menu, Function<Modal, RestAction<?>> reply) {
    String tag = event.getUserLocale().getLocale();
    isAcknowledged(
        reply.apply(
            Questions.window(
                about, inLanguage(menu.labels(), tag), inLanguage(menu.questions(), tag))));
  }

  private static String inLanguage(Map<String, String> texts, String tag) {
    return CommandRegistration.text(texts, tag)
        .or(() -> CommandRegistration.text(texts, "en"))
        .orElseThrow();
  }

  void press(ButtonInteractionEvent event) {
    String written = event.getComponentId();
    CustomId id = CustomId.read(written).orElseGet(() -> new CustomId(written, Optional.empty()));
    if (id.question().isPresent()) {
      Button button = event.getButton();
      isAcknowledged(
          event.replyModal(
              Questions.window(new About.OurCard(), button.getLabel(), id.question().get())));
      return;
    }
    Asking asking = mapper.asking(event, event.getMessage().isEphemeral());
    if (isAcknowledged(event.deferEdit())) {
      met(event);
      IncomingEvent press =
          new IncomingEvent.Button(
              mapper.key("press", event.getId()),
              mapper.placeOf(event),
              mapper.senderOf(event),
              mapper.refOf(event, event.getMessage()),
              id.data(),
              DiscordRefs.interaction(asking));
      hand(press, () -> postings.whisper(asking, apology(event)));
    }
  }

  void submit(ModalInteractionEvent event) {
    Optional<About> about = Questions.about(event.getModalId());
    boolean discreet = about.map(known -> isDiscreet(event, known)).orElse(true);
    Asking asking = mapper.asking(event, discreet);
    if (isAcknowledged(event.deferReply(discreet))) {
      met(event);
      try {
        handOrApologize(
            event, asking, about.map(known -> answered(event, asking, known)).orElseThrow());
      } catch (PlatformException | Refusals.Refused | SignInRefused unknown) {
        LOG.warn("What a window was about could not be read.", unknown);
        apologize(event, asking);
      }
    }
  }

  private boolean isDiscreet(ModalInteractionEvent event, About about) {
    return switch (about) {
      case About.OurCard card -> event.getMessage() != null && event.getMessage().isEphemeral();
      case About.SomeMessage menu -> isDiscreet(menu.command());
      case About.SomePerson menu -> isDiscreet(menu.command());
    };
  }

  private boolean isDiscreet(String command) {
    return Optional.ofNullable(commands.get(command)).map(CommandSpec::discreet).orElse(true);
  }

  private IncomingEvent answered(ModalInteractionEvent event, Asking asking, About about) {
    return switch (about) {
      case About.OurCard card ->
          new IncomingEvent.Message(
              mapper.key("answer", event.getId()),
              mapper.placeOf(event),
              mapper.senderOf(event),
              new Said(
                  refOf(event, asking),
                  words(event),
                  List.of(),
                  Optional.ofNullable(event.getMessage())
                      .map(message ->
                          new Said.Quoted(
                              mapper.refOf(event, message),
                              true,
                              mapper.quoted(message).attachments())),
                  Optional.empty()),
              true);
      case About.SomeMessage menu -> aboutMessage(event, asking, menu);
      case About.SomePerson menu -> {
        Shown avatar = questions.recall(menu).orElseGet(() -> avatar(event, menu.user()));
        yield command(event, asking, menu.command(), avatar.pictures(), Optional.empty());
      }
    };
  }

  private IncomingEvent aboutMessage(
      ModalInteractionEvent event, Asking asking, About.SomeMessage menu) {
    Shown shown = questions.recall(menu).orElseGet(() -> readAgain(event, menu.message()));
    if (!shown.ours() && shown.pictures().isEmpty()) {
      return new IncomingEvent.Withheld(
          mapper.key("answer", event.getId()),
          mapper.placeOf(event),
          mapper.senderOf(event),
          refOf(event, asking));
    }
    MessageRef message = mapper.addressOf(event).message(menu.message());
    return command(
        event,
        asking,
        menu.command(),
        List.of(),
        Optional.of(new Said.Quoted(message, shown.ours(), shown.pictures())));
  }

  private IncomingEvent command(
      ModalInteractionEvent event,
      Asking asking,
      String name,
      List<Attachment> files,
      Optional<Said.Quoted> replyTo) {
    return new IncomingEvent.Command(
        mapper.key("answer", event.getId()),
        mapper.placeOf(event),
        mapper.senderOf(event),
        new Said(refOf(event, asking), words(event), files, replyTo, Optional.empty()),
        name,
        true);
  }

  private static String words(ModalInteractionEvent event) {
    return Optional.ofNullable(event.getValue(Questions.words()))
        .map(value -> value.getAsString().strip())
        .orElse("");
  }

  private Shown readAgain(ModalInteractionEvent event, String message) {
    String channel = mapper.addressOf(event).channel();
    DataObject read;
    try {
      read = rest.send("a message", Route.Messages.GET_MESSAGE.compile(channel, message));
    } catch (Refusals.Refused notForUs) {
      return new Shown(false, List.of());
    }
    DataArray files = read.optArray("attachments").orElseGet(DataArray::empty);
    List<Attachment> pictures =
        IntStream.range(0, files.length())
            .mapToObj(files::getObject)
            .filter(file -> file.getString("content_type", "image/").startsWith("image/"))
            .map(file -> attachment(channel, message, file))
            .toList();
    return new Shown(mapper.isUs(read.getObject("author").getString("id")), pictures);
  }

  private static Attachment attachment(String channel, String message, DataObject file) {
    RemoteFile.Where where = new RemoteFile.Where(channel, message, file.getString("id"));
    return new Attachment(
        new RemoteFile(Optional.of(where), file.getString("url")).ref(),
        Optional.ofNullable(file.getString("content_type", null)),
        Optional.of(file.getLong("size", 0)));
  }

  private Shown avatar(ModalInteractionEvent event, String user) {
    User read = rest.await("a person", event.getJDA().retrieveUserById(user));
    return new Shown(false, List.of(EventMapper.picture(read.getEffectiveAvatarUrl())));
  }

  private MessageRef refOf(Interaction event, Asking asking) {
    return DiscordRefs.message(mapper.addressOf(event), new Target.Asked(asking));
  }

  private void met(Interaction event) {
    Member member = event.getMember();
    if (member != null && event.isFromAttachedGuild()) {
      moderators.met(member);
    }
  }

  /**
   * Whether the interaction lives. When it was too late, its author has been told by Discord that
   * nothing happened, and so nothing must happen.
   */
  private boolean isAcknowledged(RestAction<?> acknowledgement) {
    try {
      rest.await("an acknowledgement", acknowledgement);
      return true;
    } catch (Refusals.Refused refused) {
      if (refused.isAlreadyAcknowledged()) {
        return true;
      }
      LOG.warn("What somebody did is passed over. {}", refused.getMessage());
      return false;
    } catch (PlatformException.Unavailable unavailable) {
      LOG.warn("It is unknown whether somebody sees that we heard. {}", unavailable.getMessage());
      return unavailable.mayHaveHappened();
    }
  }

  private void handOrApologize(Interaction interaction, Asking asking, IncomingEvent event) {
    hand(event, () -> apologize(interaction, asking));
  }

  private void hand(IncomingEvent event, Runnable otherwise) {
    try {
      sink.accept(List.of(event));
    } catch (RuntimeException failure) {
      LOG.error("What somebody did could not be stored; they are told.", failure);
      try {
        otherwise.run();
      } catch (PlatformException | Refusals.Refused | SignInRefused unreachable) {
        LOG.warn("They could not be told.", unreachable);
      }
    }
  }

  private void apologize(Interaction interaction, Asking asking) {
    postings.edit(refOf(interaction, asking), Card.of(apology(interaction)));
  }

  private String apology(Interaction interaction) {
    Language language = messages.choose(List.of(interaction.getUserLocale().getLocale()));
    return messages.text(new dev.plantain.text.Message.SomethingBroke(), language);
  }
}
