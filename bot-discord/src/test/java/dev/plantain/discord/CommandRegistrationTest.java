package dev.plantain.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plantain.platform.CommandSpec;
import dev.plantain.platform.CommandSpec.Kind;
import dev.plantain.platform.CommandSpec.Menu;
import dev.plantain.platform.CommandSpec.Option;
import dev.plantain.platform.CommandSpec.Suggestions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.dv8tion.jda.api.interactions.DiscordLocale;
import net.dv8tion.jda.api.interactions.IntegrationType;
import net.dv8tion.jda.api.interactions.InteractionContextType;
import net.dv8tion.jda.api.interactions.commands.Command;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.CommandData;
import net.dv8tion.jda.api.interactions.commands.build.OptionData;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;
import net.dv8tion.jda.api.utils.data.DataArray;
import org.junit.jupiter.api.Test;

class CommandRegistrationTest {

  private static final CommandSpec EDIT =
      new CommandSpec(
          "edit",
          Map.of("de", "ändern", "zh", "编辑"),
          Map.of("en", "Change a picture", "de", "Ein Bild ändern", "pt-BR", "Mudar", "zh", "改"),
          List.of(
              option("picture", Kind.PICTURE, false),
              option("aspect", Kind.CHOICE, false),
              option("words", Kind.WORDS, true)),
          false,
          false,
          Optional.empty(),
          Optional.of(
              new Menu(Map.of("en", "Edit this image", "de", "Ändern"), Map.of("en", "What?"))),
          Optional.of(new Menu(Map.of("en", "Use avatar"), Map.of("en", "What?"))));

  private static final CommandSpec BAN =
      new CommandSpec(
          "ban",
          Map.of(),
          Map.of("en", "x".repeat(150)),
          List.of(),
          true,
          true,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  @Test
  void aCommandAndItsMenusAreOffered() {
    assertThat(CommandRegistration.of(List.of(EDIT), true))
        .extracting(CommandData::getType, CommandData::getName)
        .containsExactly(
            tuple(Command.Type.SLASH, "edit"),
            tuple(Command.Type.MESSAGE, "Edit this image"),
            tuple(Command.Type.USER, "Use avatar"));
  }

  @Test
  void whatMustBeGivenComesFirst() {
    assertThat(slash(EDIT).getOptions())
        .extracting(OptionData::getName)
        .containsExactly("words", "picture", "aspect");
    assertThat(slash(EDIT).getOptions())
        .extracting(OptionData::getType)
        .containsExactly(OptionType.STRING, OptionType.ATTACHMENT, OptionType.STRING);
    assertThat(slash(EDIT).getOptions())
        .extracting(OptionData::isAutoComplete)
        .containsExactly(false, false, true);
  }

  @Test
  void aLanguageServesAllItsVarieties() {
    Map<DiscordLocale, String> texts = slash(EDIT).getDescriptionLocalizations().toMap();

    assertThat(texts)
        .containsEntry(DiscordLocale.ENGLISH_US, "Change a picture")
        .containsEntry(DiscordLocale.ENGLISH_UK, "Change a picture")
        .containsEntry(DiscordLocale.GERMAN, "Ein Bild ändern")
        .containsEntry(DiscordLocale.PORTUGUESE_BRAZILIAN, "Mudar")
        .containsEntry(DiscordLocale.CHINESE_CHINA, "改")
        .containsEntry(DiscordLocale.CHINESE_TAIWAN, "改")
        .doesNotContainKey(DiscordLocale.FRENCH);
  }

  @Test
  void peopleSeeNamesInTheirLanguageAndWeOurs() {
    assertThat(slash(EDIT).getName()).isEqualTo("edit");
    assertThat(slash(EDIT).getNameLocalizations().toMap())
        .containsEntry(DiscordLocale.GERMAN, "ändern")
        .containsEntry(DiscordLocale.CHINESE_TAIWAN, "编辑")
        .hasSize(3);
    assertThat(slash(EDIT).getOptions().getFirst().getName()).isEqualTo("words");
    assertThat(slash(EDIT).getOptions().getFirst().getNameLocalizations().toMap())
        .containsEntry(DiscordLocale.GERMAN, "words_ä");
  }

  @Test
  void moderatorsCommandsAreForThoseWhoManageTheServer() {
    assertThat(slash(BAN).getDefaultPermissions().getPermissionsRaw()).isEqualTo(32L);
    assertThat(slash(EDIT).getDefaultPermissions().getPermissionsRaw()).isNull();
    assertThat(slash(BAN).getIntegrationTypes()).containsExactly(IntegrationType.GUILD_INSTALL);
    assertThat(slash(BAN).getDescription()).hasSize(100);
  }

  @Test
  void everybodyCanBringTheAppAlong() {
    assertThat(slash(EDIT).getContexts()).isEqualTo(InteractionContextType.ALL);
    assertThat(slash(EDIT).getIntegrationTypes())
        .containsExactlyInAnyOrder(IntegrationType.GUILD_INSTALL, IntegrationType.USER_INSTALL);
  }

  @Test
  void whatDiscordAddsIsNoDifferenceAndWhatPeopleSeeIs() {
    DataArray ours = array(List.of(EDIT, BAN));
    DataArray registered = array(List.of(BAN, EDIT));
    for (int i = 0; i < registered.length(); i++) {
      registered
          .getObject(i)
          .put("id", "1" + i)
          .put("version", "2")
          .put("application_id", "3")
          .put("nsfw", false)
          .putNull("handler");
    }

    assertThat(CommandRegistration.isSame(registered, ours)).isTrue();

    registered.getObject(0).put("description", "Something else");

    assertThat(CommandRegistration.isSame(registered, ours)).isFalse();
    assertThat(CommandRegistration.isSame(array(List.of(EDIT)), ours)).isFalse();
  }

  private static DataArray array(List<CommandSpec> specs) {
    DataArray array = DataArray.empty();
    CommandRegistration.of(specs, true).forEach(each -> array.add(each.toData()));
    return array;
  }

  private static SlashCommandData slash(CommandSpec spec) {
    return (SlashCommandData) CommandRegistration.of(List.of(spec), true).getFirst();
  }

  private static Option option(String name, Kind kind, boolean required) {
    return new Option(
        name,
        Map.of("de", name + "_ä"),
        Map.of("en", "The " + name),
        kind,
        required,
        Suggestions.NONE);
  }
}
