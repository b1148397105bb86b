package dev.plantain.discord;

import dev.plantain.discord.DiscordRefs.Asking;
import dev.plantain.discord.Questions.About;
import dev.plantain.discord.Questions.Shown;
import dev.plantain.platform.Attachment;
import dev.plantain.platform.CommandSpec;
import dev.plantain.platform.CommandSpec.Menu;
import dev.plantain.platform.IncomingEvent;
import dev.plantain.platform.Mention;
import dev.plantain.platform.Said;
import dev.plantain.text.HarmlessText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.User;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acknowledges what people do with commands, menus and buttons, and hands it on. Discord gives
 * three seconds for the acknowledgement, so it comes before anything else.
 *
 * <p>Each method blocks, and is called on a thread of its own.
 */
final class Interactions {
  private static final Logger LOG = LoggerFactory.getLogger(Interactions.class);

  /** Suggestions, and characters of each (Application Commands, Autocomplete). */
  private static final int MOST_CHOICES = 25;

  private static final int MOST_CHOICE = 100;

  private final EventMapper mapper;
  private final Handing handing;
  private final Questions questions;
  private final Sharing sharing;
  private final Map<String, CommandSpec> commands = new HashMap<>();
  private final Map<String, CommandSpec> onMessages = new HashMap<>();
  private final Map<String, CommandSpec> onMembers = new HashMap<>();

  Interactions(
      EventMapper mapper,
      Handing handing,
      Questions questions,
      Sharing sharing,
      List<CommandSpec> specs) {
    this.mapper = mapper;
    this.handing = handing;
    this.questions = questions;
    this.sharing = sharing;
    for (CommandSpec spec : specs) {
      commands.put(spec.name(), spec);
      spec.onMessages().ifPresent(menu -> onMessages.put(CommandRegistration.name(menu), spec));
      spec.onMembers().ifPresent(menu -> onMembers.put(CommandRegistration.name(menu), spec));
    }
  }

  void command(SlashCommandInteractionEvent event) {
    Optional<CommandSpec> spec = Optional.ofNullable(commands.get(event.getName()));
    Optional<CommandSpec.Window> window = spec.flatMap(CommandSpec::window);
    if (window.isPresent() && isWithoutWords(event, spec)) {
      askForWords(event, spec.get(), window.get());
      return;
    }
    boolean discreet = spec.map(CommandSpec::discreet).orElse(true);
    Asking asking = mapper.asking(event, discreet);
    if (handing.isAcknowledged(event.deferReply(discreet))) {
      handing.met(event);
      handing.handOrApologize(
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

  /** A window must be the first answer to a command. */
  private void askForWords(
      SlashCommandInteractionEvent event, CommandSpec spec, CommandSpec.Window window) {
    Optional<CommandSpec> known = Optional.of(spec);
    Shown given = new Shown(false, picturesOf(event, known), choices(event.getOptions(), known));
    About.Unsaid about = Questions.unsaid(spec.name(), event.getId(), given);
    if (about.given().isEmpty()) {
      questions.remember(about, given);
    }
    String tag = event.getUserLocale().getLocale();
    handing.isAcknowledged(
        event.replyModal(
            Questions.window(
                about,
                inLanguage(window.titles(), tag),
                inLanguage(window.questions(), tag),
                inLanguage(window.pictures(), tag))));
  }

  private static boolean isWithoutWords(
      SlashCommandInteractionEvent event, Optional<CommandSpec> spec) {
    return event.getOptions().stream()
        .filter(option -> kind(spec, option.getName()) == CommandSpec.Kind.WORDS)
        .allMatch(option -> option.getAsString().isBlank());
  }

  private static List<Attachment> picturesOf(
      SlashCommandInteractionEvent event, Optional<CommandSpec> spec) {
    return event.getOptions().stream()
        .filter(option -> kind(spec, option.getName()) == CommandSpec.Kind.PICTURE)
        .map(option -> EventMapper.fleeting(option.getAsAttachment()))
        .toList();
  }

  private Said said(SlashCommandInteractionEvent event, Asking asking, Optional<CommandSpec> spec) {
    List<Attachment> files = new ArrayList<>();
    List<Mention> mentions = new ArrayList<>();
    String words = "";
    for (OptionMapping option : event.getOptions()) {
      switch (kind(spec, option.getName())) {
        case WORDS -> {
          words = mapper.words(option.getAsString(), option.getMentions());
          mentions.addAll(mapper.mentionsIn(option.getMentions()));
        }
        case PICTURE -> files.add(EventMapper.fleeting(option.getAsAttachment()));
        case WHO -> mentions.add(mapper.mentioned(option));
        case CHOICE -> {}
      }
    }
    return new Said(
            mapper.asked(event, asking), words, files, Optional.empty(), Optional.empty(), mentions)
        .awaiting();
  }

  private Map<String, String> choices(List<OptionMapping> options, Optional<CommandSpec> spec) {
    Map<String, String> choices = new HashMap<>();
    for (OptionMapping option : options) {
      switch (kind(spec, option.getName())) {
        case CHOICE -> choices.put(option.getName(), option.getAsString());
        case WHO -> choices.put(option.getName(), mapper.mentioned(option).written());
        case WORDS, PICTURE -> {}
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
    handing.isAcknowledged(event.replyChoices(choices));
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
    if (handing.isAcknowledged(event.deferReply(spec.discreet()))) {
      handing.met(event);
      Optional<Said.Quoted> replyTo = Optional.of(quoted);
      handing.handOrApologize(
          event,
          asking,
          new IncomingEvent.Command(
              mapper.key("command", event.getId()),
              mapper.placeOf(event),
              mapper.senderOf(event),
              new Said(mapper.asked(event, asking), "", List.of(), replyTo, Optional.empty())
                  .awaiting(),
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
    handing.isAcknowledged(
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
    if (written.equals(Sharing.BUTTON)) {
      sharing.show(event);
      return;
    }
    CustomId id = CustomId.read(written).orElseGet(() -> new CustomId(written, Optional.empty()));
    if (id.question().isPresent()) {
      Button button = event.getButton();
      handing.isAcknowledged(
          event.replyModal(
              Questions.window(new About.OurCard(), button.getLabel(), id.question().get())));
      return;
    }
    Asking asking = mapper.asking(event, event.getMessage().isEphemeral());
    if (handing.isAcknowledged(event.deferEdit())) {
      handing.met(event);
      IncomingEvent press =
          new IncomingEvent.Button(
              mapper.key("press", event.getId()),
              mapper.placeOf(event),
              mapper.senderOf(event),
              mapper.refOf(event, event.getMessage()),
              id.data(),
              DiscordRefs.interaction(asking));
      handing.handOrWhisper(event, asking, press);
    }
  }
}
