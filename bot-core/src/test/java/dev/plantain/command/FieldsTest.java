package dev.plantain.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.Roster;
import dev.plantain.image.ModelCatalogue;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Offer;
import dev.plantain.media.MediaStore;
import dev.plantain.media.PassingFiles;
import dev.plantain.moderation.Access;
import dev.plantain.moderation.AccessRules;
import dev.plantain.moderation.ModerationRules;
import dev.plantain.moderation.Reports.Outcome;
import dev.plantain.platform.ChatRef;
import dev.plantain.platform.CommandSpec;
import dev.plantain.platform.CommandSpec.Suggestion;
import dev.plantain.platform.MemberRef;
import dev.plantain.platform.Place;
import dev.plantain.platform.PlatformId;
import dev.plantain.platform.Sender;
import dev.plantain.quota.Caps;
import dev.plantain.quota.Ledger;
import dev.plantain.settings.Setting;
import dev.plantain.settings.SettingsStore;
import dev.plantain.settings.SettingsStore.Scope;
import dev.plantain.storage.Database;
import dev.plantain.storage.QuickDatabase;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import dev.plantain.style.Styles;
import dev.plantain.text.Language;
import dev.plantain.text.Messages;
import dev.plantain.time.DrivenClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What platforms that have fields are told of them, and what comes of what is chosen there. */
class FieldsTest {
  private static final PlatformId PLATFORM = new PlatformId("fields");
  private static final Place PLACE = new Place(new ChatRef(PLATFORM, "here"), false);
  private static final Sender ANN =
      new Sender(new MemberRef(PLATFORM, "ann"), "Ann", Optional.empty());

  private final ModelCatalogue catalogue = ModelCatalogue.packaged();
  private final ModelSpec able = catalogue.standard();
  private final ModelSpec plain =
      catalogue.models().stream()
          .filter(model -> model.sizes().size() < able.sizes().size())
          .findFirst()
          .orElseThrow();
  private final SettingsStore settings = new SettingsStore();

  @TempDir Path folder;
  private Database database;
  private Commands commands;

  @BeforeEach
  void open() throws IOException {
    database = QuickDatabase.open(folder);
    commands =
        new Commands(
            database,
            settings,
            new Ledger(Caps.NONE),
            new ModerationRules(),
            new WaitingRequests() {
              @Override
              public void cancel(Tx tx, long community, long member, String by) {}

              @Override
              public void screen(Tx tx, long community) {}

              @Override
              public int count(Reading reading, long community) {
                return 0;
              }
            },
            new NoResults(),
            (tx, member) -> 0,
            new Offer(able, List.of(able, plain)),
            Styles.packaged(),
            Messages.load(),
            new DrivenClock(),
            Duration.ofHours(1),
            true,
            new PassingFiles(new MediaStore(folder.resolve("media"))),
            false);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private CommandSpec spec(String name) {
    return commands.specs().stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<String> suggested(String command, String option, Map<String, String> given) {
    return spec(command).options().stream()
        .filter(known -> known.name().equals(option))
        .findFirst()
        .orElseThrow()
        .suggestions()
        .of(PLACE, ANN, given)
        .stream()
        .map(Suggestion::value)
        .toList();
  }

  private static List<String> sizes(ModelSpec model) {
    return model.sizes().stream().map(Object::toString).toList();
  }

  @Test
  void sizesAreThoseOfTheModelThatWouldBeUsed() {
    assertThat(suggested("imagine", "size", Map.of())).isEqualTo(sizes(able));
    assertThat(suggested("imagine", "size", Map.of("model", plain.id()))).isEqualTo(sizes(plain));

    database.update(tx -> {
      long ann = new Roster().meet(tx, ANN).id();
      settings.set(tx, Scope.MEMBER, ann, Setting.MODEL, plain.id());
    });

    assertThat(suggested("edit", "size", Map.of())).isEqualTo(sizes(plain));
    assertThat(suggested("resolution", "value", Map.of()))
        .startsWith(sizes(plain).toArray(String[]::new))
        .endsWith("auto");
  }

  @Test
  void onlyModelsAreSuggestedThatCanDoWhatTheOtherFieldsAskFor() {
    String most = able.sizes().getLast().label();

    assertThat(suggested("imagine", "model", Map.of())).containsExactly(able.id(), plain.id());
    assertThat(suggested("imagine", "model", Map.of("size", most))).containsExactly(able.id());
  }

  @Test
  void whatIsClosedInAChatIsNotSuggestedThere() {
    String most = able.sizes().getLast().label();
    database.update(tx -> {
      Roster.Chat chat = new Roster().meet(tx, PLACE);
      close(tx, chat, Access.Kind.MODEL, plain.id());
      close(tx, chat, Access.Kind.SIZE, most);
    });

    assertThat(suggested("imagine", "model", Map.of())).containsExactly(able.id());
    assertThat(suggested("model", "value", Map.of())).containsExactly(able.id(), "auto");
    assertThat(suggested("imagine", "size", Map.of()))
        .isNotEmpty()
        .isEqualTo(sizes(able).subList(0, able.sizes().size() - 1));
    assertThat(suggested("resolution", "value", Map.of())).doesNotContain(most);
  }

  private static void close(Tx tx, Roster.Chat chat, Access.Kind kind, String value) {
    new AccessRules()
        .add(
            tx,
            chat.communityId().orElseThrow(),
            new Access.Rule(0, chat.id(), Access.Effect.DENIED, kind, value, value));
  }

  @Test
  void whatCanBeClosedAndHowIsSuggested() {
    assertThat(suggested("deny", "what", Map.of())).contains("model", "word").doesNotContain("any");
    assertThat(suggested("allow", "what", Map.of())).contains("only model", "any role");
    assertThat(suggested("deny", "value", Map.of("what", "size"))).containsAll(sizes(able));
    assertThat(suggested("allow", "value", Map.of("what", "only model"))).contains(able.name());
    assertThat(suggested("deny", "value", Map.of("what", "command")))
        .contains("imagine")
        .doesNotContain("ban", "help");
    assertThat(words("deny", "", Map.of("what", "model", "value", "A B", "where", "everywhere")))
        .isEqualTo("model A B everywhere");
    assertThat(words("ban", "too many cats", Map.of("time", "2h", "who", "@ann")))
        .isEqualTo("2h @ann too many cats");
  }

  @Test
  void whatIsChosenInFieldsIsWhatSomebodyCouldHaveWritten() {
    assertThat(words("imagine", "a cat", Map.of("aspect", "16:9", "size", "2K", "model", "x y")))
        .isEqualTo("a cat --aspect 16:9 --size 2K --model xy");
    assertThat(words("imagine", "a cat", Map.of())).isEqualTo("a cat");
    assertThat(words("style", "a cat | a sofa", Map.of("style", "photo", "count", "2")))
        .isEqualTo("photo a cat | a sofa --count 2");
    assertThat(words("style", "", Map.of())).isEmpty();
    assertThat(words("aspect", "", Map.of("value", "16:9", "for", "everyone")))
        .isEqualTo("16:9 everyone");
    assertThat(words("aspect", "", Map.of("for", "everyone"))).isEqualTo("everyone");
    assertThat(words("aspect", "", Map.of("value", "16:9", "for", "me"))).isEqualTo("16:9 me");
  }

  private String words(String command, String words, Map<String, String> options) {
    return commands.find(command).orElseThrow().asWords(words, options);
  }

  @Test
  void stylesAreSuggestedInTheLanguageOfWhoeverTypes() {
    CommandSpec.Option style = spec("style").options().getFirst();
    Sender dane = new Sender(ANN.member(), "Ann", Optional.of("da-DK"));

    assertThat(style.suggestions().of(PLACE, ANN, Map.of()))
        .contains(new Suggestion("sticker", "Sticker – A sticker or an icon with bold outlines"))
        .hasSizeLessThanOrEqualTo(25)
        .allMatch(suggestion -> suggestion.label().length() <= 100);
    assertThat(style.suggestions().of(PLACE, dane, Map.of()))
        .extracting(Suggestion::label)
        .anyMatch(label -> label.startsWith("Klistermærke – "));
  }

  @Test
  void inNoLanguageIsANameTakenTwice() {
    List<CommandSpec> specs = commands.specs();
    assertUnique(specs, CommandSpec::name, CommandSpec::names);
    for (CommandSpec spec : specs) {
      assertUnique(spec.options(), CommandSpec.Option::name, CommandSpec.Option::names);
    }
  }

  /** What is called this in one language must not be the key of something else either. */
  private static <T> void assertUnique(
      List<T> named, Function<T, String> key, Function<T, Map<String, String>> names) {
    for (Language language : Messages.load().languages()) {
      Map<String, String> taken = new HashMap<>();
      for (T each : named) {
        String name = names.apply(each).get(language.code());
        for (String used : new HashSet<>(List.of(String.valueOf(name), key.apply(each)))) {
          assertThat(taken.put(used, key.apply(each)))
              .as("who is called %s in %s", used, language)
              .isNull();
        }
      }
    }
  }

  @Test
  void inEnglishThingsAreCalledByTheNamesUnderWhichTheyComeBack() {
    for (CommandSpec spec : commands.specs()) {
      assertThat(spec.names()).containsEntry("en", spec.name());
      spec.options()
          .forEach(option -> assertThat(option.names()).containsEntry("en", option.name()));
    }
    assertThat(spec("help").names()).containsEntry("da", "hjælp").containsEntry("zh", "帮助");
  }

  @Test
  void everyTextFitsWhereItIsShown() {
    for (CommandSpec spec : commands.specs()) {
      assertThat(spec.descriptions().values()).allMatch(text -> text.length() <= 100);
      spec.options()
          .forEach(option ->
              assertThat(option.descriptions().values()).allMatch(text -> text.length() <= 100));
      spec.window()
          .ifPresent(window ->
              assertThat(List.of(window.titles(), window.questions(), window.pictures()))
                  .flatExtracting(Map::values)
                  .allMatch(text -> text.length() <= 45));
      spec.onMessages().ifPresent(FieldsTest::fits);
      spec.onMembers().ifPresent(FieldsTest::fits);
    }
    assertThat(spec("edit").onMessages()).isPresent();
    assertThat(spec("help").discreet()).isTrue();
    assertThat(spec("imagine").discreet()).isFalse();
  }

  @Test
  void whatCanBeAskedForInAWindowNeedNotBeGivenInAField() {
    assertThat(commands.specs())
        .filteredOn(spec -> spec.window().isPresent())
        .extracting(CommandSpec::name)
        .containsExactly("imagine", "edit", "batch");
    assertThat(spec("imagine").options()).noneMatch(CommandSpec.Option::required);
  }

  private static void fits(CommandSpec.Menu menu) {
    assertThat(menu.labels().values()).allMatch(text -> text.length() <= 32);
    assertThat(menu.questions().values()).allMatch(text -> text.length() <= 45);
  }

  /** Nobody has asked for anything. */
  private static final class NoResults implements ReportedResults {
    @Override
    public boolean refund(Tx tx, Doer doer, long result) {
      return false;
    }

    @Override
    public Optional<Long> find(Reading reading, long chatId, String message) {
      return Optional.empty();
    }

    @Override
    public boolean isThere(Reading reading, long chatId, long result) {
      return false;
    }

    @Override
    public Outcome report(Tx tx, Doer doer, long result, String reason) {
      return Outcome.KNOWN;
    }

    @Override
    public boolean decide(Tx tx, Doer doer, long result, boolean hidden) {
      return false;
    }
  }
}
