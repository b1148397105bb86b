package dev.plantain.command;

import dev.plantain.conversation.Roster;
import dev.plantain.image.Offer;
import dev.plantain.media.PassingFiles;
import dev.plantain.moderation.AuditTrail;
import dev.plantain.moderation.ModerationRules;
import dev.plantain.platform.CommandSpec;
import dev.plantain.quota.Ledger;
import dev.plantain.settings.SettingsStore;
import dev.plantain.storage.Database;
import dev.plantain.style.Styles;
import dev.plantain.text.Language;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The one list of commands: menus and help follow from it. */
public final class Commands {
  private final List<Command> commands;
  private final Messages messages;

  /**
   * @param keptPictures how long pictures that somebody put aside wait for a request
   * @param batches whether many pictures may be asked for at once
   * @param files where pictures go that commands draw
   * @param improves whether there is somebody to ask for better words
   */
  public Commands(
      Database database,
      SettingsStore settings,
      Ledger ledger,
      ModerationRules moderation,
      WaitingRequests waiting,
      ReportedResults reported,
      UploadedFiles uploads,
      Offer offer,
      Styles styles,
      Messages messages,
      InstantSource clock,
      Duration keptPictures,
      boolean batches,
      PassingFiles files,
      boolean improves) {
    this.messages = messages;
    PictureSettings pictures = new PictureSettings(settings, moderation.access(), offer);
    Roster roster = new Roster();
    AuditTrail trail = new AuditTrail();
    Deeds deeds = new Deeds(trail, messages, clock);
    PictureFields fields = new PictureFields(database, roster, pictures);
    this.commands = new ArrayList<>();
    commands.addAll(
        List.of(
            new ImagineCommand(fields),
            new EditCommand(fields),
            new StyleCommand(styles, fields, messages),
            new NewCommand(messages),
            new ReferenceCommand(database, messages, clock, keptPictures),
            new AspectCommand(database, pictures, deeds, messages),
            new ResolutionCommand(database, pictures, deeds, messages),
            new ModelCommand(database, pictures, deeds, messages)));
    if (batches) {
      commands.add(new BatchCommand(fields));
    }
    if (improves) {
      commands.add(new ImproveCommand(fields, messages));
    }
    WordLists wordLists = new WordLists(files);
    DrawnPictures drawn = new DrawnPictures(files);
    commands.add(new QuotaCommand(database, ledger, roster, drawn, messages, clock));
    UsageChart charts = new UsageChart(roster, offer, messages);
    commands.add(new UsageCommand(database, charts, drawn, files, messages, clock));
    commands.add(new LimitCommand(database, ledger, roster, trail, messages, clock));
    for (CreditsCommand.Way way : CreditsCommand.Way.values()) {
      commands.add(new CreditsCommand(way, database, roster, trail, messages, clock));
    }
    ChatSettings.all()
        .forEach(matter ->
            commands.add(new ChatSettingCommand(matter, database, settings, deeds, messages)));
    commands.addAll(
        List.of(
            new BanCommand(database, roster, moderation.bans(), waiting, deeds, clock),
            new UnbanCommand(database, roster, moderation.bans(), deeds, clock),
            new AccessCommand(
                AccessCommand.Way.DENY,
                database,
                roster,
                moderation,
                waiting,
                offer,
                wordLists,
                deeds,
                this::all),
            new AccessCommand(
                AccessCommand.Way.ALLOW,
                database,
                roster,
                moderation,
                waiting,
                offer,
                wordLists,
                deeds,
                this::all),
            new ApproveCommand(
                database, roster, moderation, waiting, offer, wordLists, deeds, clock),
            new AuditCommand(database, roster, trail, deeds, clock),
            new AntispamCommand(database, moderation.spam(), deeds)));
    commands.addAll(
        List.of(
            new ReportCommand(database, roster, moderation, reported, deeds, clock),
            new HideCommand(database, reported, deeds, clock),
            new RefundCommand(database, reported, deeds, clock),
            new LogCommand(database, roster, moderation.duties(), deeds, clock)));
    commands.add(new ForgetCommand(database, uploads, messages, clock));
    commands.add(new HelpCommand(this, messages));
  }

  /**
   * The command of that name; {@code start} is what some platforms send when a conversation opens.
   */
  public Optional<Command> find(String name) {
    String wanted = name.equals("start") ? "help" : name;
    return commands.stream().filter(command -> command.name().equals(wanted)).findFirst();
  }

  public List<CommandSpec> specs() {
    return commands.stream().map(this::spec).toList();
  }

  private CommandSpec spec(Command command) {
    return new CommandSpec(
        command.name(),
        inAllLanguages(command.localName()),
        inAllLanguages(command.description()),
        command.fields().stream().map(this::option).toList(),
        command.discreet(),
        command.moderatorsOnly(),
        command.window().map(this::window),
        command.onMessages().map(this::menu),
        command.onMembers().map(this::menu));
  }

  private CommandSpec.Option option(Field field) {
    return new CommandSpec.Option(
        field.name(),
        inAllLanguages(field.localName()),
        inAllLanguages(field.description()),
        field.kind(),
        field.required(),
        field.suggestions());
  }

  private CommandSpec.Window window(Command.Window window) {
    return new CommandSpec.Window(
        inAllLanguages(window.title()),
        inAllLanguages(window.question()),
        inAllLanguages(window.pictures()));
  }

  private CommandSpec.Menu menu(Command.Menu menu) {
    return new CommandSpec.Menu(
        inAllLanguages(menu.label()), menu.question().map(this::inAllLanguages).orElse(Map.of()));
  }

  private Map<String, String> inAllLanguages(Message message) {
    return messages.languages().stream()
        .collect(Collectors.toMap(Language::code, language -> messages.text(message, language)));
  }

  List<Command> all() {
    return commands;
  }
}
