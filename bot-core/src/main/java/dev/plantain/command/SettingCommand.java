package dev.plantain.command;

import dev.plantain.conversation.Roster;
import dev.plantain.image.ModelSpec;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Tone;
import dev.plantain.platform.CommandSpec.Suggestion;
import dev.plantain.platform.Place;
import dev.plantain.platform.Sender;
import dev.plantain.settings.Setting;
import dev.plantain.settings.SettingsStore.Scope;
import dev.plantain.storage.Database;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A command that changes one setting: called with a value it sets it, called bare it offers
 * buttons. A member changes it for themselves; a moderator who adds {@code chat} changes it for
 * everyone in the chat.
 */
abstract sealed class SettingCommand implements Command
    permits AspectCommand, ResolutionCommand, ModelCommand {
  private static final String AUTOMATIC = "auto";
  private static final String VALUE = "value";
  private static final String FOR = "for";
  private static final Set<String> UNSET = Set.of(AUTOMATIC, "default", "none");

  /** The data of a button has 64 bytes, of which the longest name and scope take 22. */
  private static final int LONGEST_VALUE_BYTES = 42;

  /** A value that can be chosen. */
  record Option(String value, String label) {}

  /**
   * What can be chosen from in a chat.
   *
   * @param model the caller's
   */
  record Open(OpenModels models, ModelSpec model) {}

  private final Setting setting;
  private final Database database;
  private final Roster roster = new Roster();
  private final PictureSettings pictures;
  private final Deeds deeds;
  private final Messages messages;

  SettingCommand(
      Setting setting,
      Database database,
      PictureSettings pictures,
      Deeds deeds,
      Messages messages) {
    this.setting = setting;
    this.database = database;
    this.pictures = pictures;
    this.deeds = deeds;
    this.messages = messages;
  }

  @Override
  public final String name() {
    return setting.word();
  }

  /** What can be chosen with the caller's model. */
  abstract List<Option> options(Open open);

  /** The value that somebody means by what they wrote, if the model has it. */
  abstract Optional<Option> understand(Open open, String written);

  abstract Message refusal(Open open, String written);

  /** What the menu says; {@code current} is the label of what holds now. */
  abstract Message menuTitle(String current, ModelSpec model);

  abstract int buttonsPerRow();

  @Override
  public final List<Field> fields() {
    return List.of(
        Field.choice(VALUE, new Message.NameValue(), description(), this::suggestions),
        Field.choice(
            FOR,
            new Message.NameFor(),
            new Message.FieldFor(),
            (place, sender, given) ->
                Stream.of("me", "everyone", "everywhere")
                    .map(whose -> new Suggestion(whose, whose))
                    .toList()));
  }

  private List<Suggestion> suggestions(Place place, Sender sender, Map<String, String> given) {
    Open open =
        database.read(reading -> {
          OpenModels models = pictures.open(reading, roster, place.chat());
          return new Open(
              models, pictures.model(reading, models, roster, sender.member(), place.chat()));
        });
    return Stream.concat(
            options(open).stream().map(option -> new Suggestion(option.value(), option.label())),
            Stream.of(new Suggestion(AUTOMATIC, AUTOMATIC)))
        .toList();
  }

  @Override
  public final String asWords(String words, Map<String, String> options) {
    String whose = options.getOrDefault(FOR, "");
    return (words + " " + options.getOrDefault(VALUE, "") + " " + whose).strip();
  }

  @Override
  public final boolean discreet() {
    return true;
  }

  @Override
  public final Answer run(CommandCall call) {
    ScopedWords words = ScopedWords.read(call.arguments(), Scope.MEMBER);
    return run(call, words.scope(), words.words());
  }

  private Answer run(CommandCall call, Scope scope, String written) {
    if (scope != Scope.MEMBER && !call.moderator().getAsBoolean()) {
      return deeds.say(call, new Message.ModeratorsOnly());
    }
    Open open =
        database.read(reading -> {
          OpenModels models = pictures.open(reading, call.chat().id());
          return new Open(
              models, pictures.model(reading, models, call.member().id(), call.chat().id()));
        });
    if (written.isEmpty()) {
      return new Answer.Say(menu(call, scope, open, current(call, scope)), "", tx -> {});
    }
    if (UNSET.contains(written.toLowerCase(Locale.ROOT))) {
      return changed(call, scope, open, automatic(call));
    }
    Optional<Option> option =
        understand(open, written)
            .or(() ->
                options(open).stream()
                    .filter(offered -> inButton(offered.value()).equals(written))
                    .findFirst());
    return option.isPresent()
        ? changed(call, scope, open, option.get())
        : deeds.say(call, refusal(open, written));
  }

  private Answer changed(CommandCall call, Scope scope, Open open, Option chosen) {
    long id = ScopedWords.id(call, scope);
    Message note =
        switch (scope) {
          case MEMBER -> new Message.SettingChanged(chosen.label());
          case CHAT -> new Message.SettingChangedForChat(chosen.label());
          case COMMUNITY -> new Message.SettingChangedForCommunity(chosen.label());
        };
    Card menu = menu(call, scope, open, chosen.value());
    return new Answer.Say(
        menu,
        messages.text(note, call.language()),
        tx -> {
          if (chosen.value().equals(AUTOMATIC)) {
            pictures.store().clear(tx, scope, id, setting);
          } else {
            pictures.store().set(tx, scope, id, setting, chosen.value());
          }
          // What members choose for themselves concerns nobody else.
          if (scope != Scope.MEMBER) {
            deeds.note(tx, call, name(), ScopedWords.write(scope, chosen.value()));
          }
        });
  }

  private Card menu(CommandCall call, Scope scope, Open open, String current) {
    List<Option> options = options(open);
    List<List<Button>> rows = new ArrayList<>();
    List<Button> row = new ArrayList<>();
    for (Option option : options) {
      row.add(button(scope, option.value(), option.label(), option.value().equals(current)));
      if (row.size() == buttonsPerRow()) {
        rows.add(row);
        row = new ArrayList<>();
      }
    }
    if (!row.isEmpty()) {
      rows.add(row);
    }
    Option automatic = automatic(call);
    rows.add(List.of(button(scope, AUTOMATIC, automatic.label(), current.equals(AUTOMATIC))));
    if (!call.place().direct() && call.moderator().getAsBoolean()) {
      rows.add(otherScopes(call, scope));
    }
    String label =
        Stream.concat(options.stream(), Stream.of(automatic))
            .filter(option -> option.value().equals(current))
            .map(Option::label)
            .findFirst()
            .orElse(current);
    String title = messages.text(menuTitle(label, open.model()), call.language());
    Message whose =
        switch (scope) {
          case MEMBER -> new Message.MenuForMember();
          case CHAT -> new Message.MenuForChat();
          case COMMUNITY -> new Message.MenuForCommunity();
        };
    return new Card(
        List.of(new Card.Paragraph.Told(title + "\n" + messages.text(whose, call.language()))),
        Optional.empty(),
        rows);
  }

  private Button button(Scope scope, String value, String label, boolean chosen) {
    String data = "set:" + name() + ":" + word(scope) + ":" + inButton(value);
    return new Button(chosen ? "✓ " + label : label, data, chosen ? Tone.PRIMARY : Tone.PLAIN);
  }

  private static String word(Scope scope) {
    return scope.name().toLowerCase(Locale.ROOT);
  }

  /** The value, or a short name for it where the data of a button has no room for it. */
  private static String inButton(String value) {
    return value.getBytes(StandardCharsets.UTF_8).length <= LONGEST_VALUE_BYTES
        ? value
        : "#" + UUID.nameUUIDFromBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  private List<Button> otherScopes(CommandCall call, Scope scope) {
    return Stream.of(Scope.values())
        .filter(other -> other != scope)
        .filter(other -> other != Scope.COMMUNITY || !call.place().isWholeCommunity())
        .map(other ->
            new Button(
                messages.text(ScopedWords.button(other), call.language()),
                "set:" + name() + ":" + word(other) + ":",
                Tone.PLAIN))
        .toList();
  }

  private String current(CommandCall call, Scope scope) {
    long id = ScopedWords.id(call, scope);
    return database
        .read(reading -> pictures.store().get(reading, scope, id, setting))
        .orElse(AUTOMATIC);
  }

  /** Stands for the absence of a setting. */
  private Option automatic(CommandCall call) {
    return new Option(AUTOMATIC, messages.text(new Message.ButtonAutomatic(), call.language()));
  }
}
