package dev.plantain.command;

import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Tone;
import dev.plantain.platform.CommandSpec.Suggestion;
import dev.plantain.settings.Setting;
import dev.plantain.settings.SettingsStore;
import dev.plantain.settings.SettingsStore.Scope;
import dev.plantain.storage.Database;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Something that moderators decide for a chat, or for all chats of their community. */
final class ChatSettingCommand extends ModeratorCommand {
  private static final String VALUE = "value";
  private static final String WHERE = "where";

  /**
   * What is decided.
   *
   * @param localName of the command
   * @param title says what holds now, given the label of it
   * @param choices the first of them holds where nobody has decided
   */
  record Matter(
      Setting setting,
      Message localName,
      Message description,
      Function<String, Message> title,
      List<Choice> choices) {}

  /**
   * A value that can be chosen.
   *
   * @param whenDeaf what is to be said with it where messages that do not address us are kept from
   *     us
   */
  record Choice(String value, Message label, Optional<Message> whenDeaf) {
    Choice(String value, Message label) {
      this(value, label, Optional.empty());
    }
  }

  private final Matter matter;
  private final Database database;
  private final SettingsStore settings;
  private final Messages messages;

  ChatSettingCommand(
      Matter matter, Database database, SettingsStore settings, Deeds deeds, Messages messages) {
    super(deeds);
    this.matter = matter;
    this.database = database;
    this.settings = settings;
    this.messages = messages;
  }

  @Override
  public String name() {
    return matter.setting().word();
  }

  @Override
  public Message localName() {
    return matter.localName();
  }

  @Override
  public Message description() {
    return matter.description();
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.choice(
            VALUE,
            new Message.NameValue(),
            description(),
            (place, sender, given) ->
                matter.choices().stream()
                    .map(choice -> new Suggestion(choice.value(), choice.value()))
                    .toList()),
        Field.choice(
            WHERE,
            new Message.NameWhere(),
            new Message.FieldWhere(),
            (place, sender, given) ->
                Stream.of("chat", "everywhere").map(word -> new Suggestion(word, word)).toList()));
  }

  @Override
  public String asWords(String words, Map<String, String> options) {
    return String.join(" ", words, options.getOrDefault(VALUE, ""), options.getOrDefault(WHERE, ""))
        .strip();
  }

  @Override
  Answer govern(CommandCall call) {
    ScopedWords words = ScopedWords.read(call.arguments(), Scope.CHAT);
    if (words.scope() == Scope.MEMBER) {
      return deeds.say(call, new Message.ModeratorsDecideThis());
    }
    if (words.words().isEmpty()) {
      return new Answer.Say(
          menu(call, words.scope(), current(call, words.scope()), false), "", tx -> {});
    }
    return matter.choices().stream()
        .filter(choice -> choice.value().equalsIgnoreCase(words.words()))
        .findFirst()
        .map(choice -> changed(call, words.scope(), choice))
        .orElseGet(() -> deeds.say(call, new Message.ChoiceUnknown(words.words(), values())));
  }

  private Answer changed(CommandCall call, Scope scope, Choice choice) {
    long id = ScopedWords.id(call, scope);
    Card menu = menu(call, scope, choice, true);
    return new Answer.Say(
        menu,
        messages.text(choice.label(), call.language()),
        tx -> {
          settings.set(tx, scope, id, matter.setting(), choice.value());
          deeds.note(tx, call, name(), ScopedWords.write(scope, choice.value()));
        });
  }

  private Choice current(CommandCall call, Scope scope) {
    return database
        .read(reading ->
            scope == Scope.CHAT
                ? settings.ofChat(reading, call.chat().id(), matter.setting())
                : settings.get(reading, scope, ScopedWords.id(call, scope), matter.setting()))
        .flatMap(value ->
            matter.choices().stream().filter(choice -> choice.value().equals(value)).findFirst())
        .orElse(matter.choices().getFirst());
  }

  private Card menu(CommandCall call, Scope scope, Choice current, boolean changed) {
    List<Button> choices =
        matter.choices().stream()
            .map(choice -> button(call, scope, choice, choice.equals(current)))
            .toList();
    List<List<Button>> rows = new ArrayList<>(List.of(choices));
    if (!call.place().isWholeCommunity()) {
      Scope other = scope == Scope.CHAT ? Scope.COMMUNITY : Scope.CHAT;
      rows.add(
          List.of(
              new Button(
                  messages.text(ScopedWords.button(other), call.language()),
                  data(other, ""),
                  Tone.PLAIN)));
    }
    List<Message> said = new ArrayList<>();
    said.add(matter.title().apply(messages.text(current.label(), call.language())));
    said.add(scope == Scope.CHAT ? new Message.MenuForThisChat() : new Message.MenuForAllChats());
    if (changed && current.whenDeaf().isPresent() && !call.hearsAll().getAsBoolean()) {
      said.add(current.whenDeaf().get());
    }
    List<Card.Paragraph> words =
        said.stream()
            .<Card.Paragraph>map(
                each -> new Card.Paragraph.Told(messages.text(each, call.language())))
            .toList();
    return new Card(words, Optional.empty(), rows);
  }

  private Button button(CommandCall call, Scope scope, Choice choice, boolean chosen) {
    String label = messages.text(choice.label(), call.language());
    return new Button(
        chosen ? "✓ " + label : label,
        data(scope, choice.value()),
        chosen ? Tone.PRIMARY : Tone.PLAIN);
  }

  private String data(Scope scope, String value) {
    return "set:" + name() + ":" + (scope == Scope.CHAT ? "chat" : "community") + ":" + value;
  }

  private String values() {
    return String.join(", ", matter.choices().stream().map(Choice::value).toList());
  }
}
