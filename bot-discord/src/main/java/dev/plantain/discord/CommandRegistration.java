package dev.plantain.discord;

import dev.plantain.platform.CommandSpec;
import dev.plantain.platform.CommandSpec.Menu;
import dev.plantain.text.HarmlessText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.interactions.DiscordLocale;
import net.dv8tion.jda.api.interactions.IntegrationType;
import net.dv8tion.jda.api.interactions.InteractionContextType;
import net.dv8tion.jda.api.interactions.commands.DefaultMemberPermissions;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.CommandData;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import net.dv8tion.jda.api.interactions.commands.build.OptionData;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataArray;
import org.jspecify.annotations.Nullable;

/** The commands as Discord's clients offer them, with their fields, menus and languages. */
final class CommandRegistration {

  /** Characters (Application Commands, Application Command Structure). */
  private static final int MOST_DESCRIPTION = 100;

  private static final int MOST_NAME = 32;
  private static final String ENGLISH = "en";

  /** What Discord adds to a registered command, or what means the same as its absence. */
  private static final Set<String> NOT_OURS =
      Set.of("id", "application_id", "guild_id", "version", "dm_permission", "default_permission");

  private CommandRegistration() {}

  /** Slash commands and menus, for all servers and people, or for one server alone. */
  static List<CommandData> of(List<CommandSpec> commands, boolean everywhere) {
    List<CommandData> all = new ArrayList<>();
    for (CommandSpec command : commands) {
      List<CommandData> its = new ArrayList<>();
      its.add(slash(command));
      command
          .onMessages()
          .ifPresent(menu -> its.add(named(Commands.message(name(menu)), menu, command)));
      command
          .onMembers()
          .ifPresent(menu -> its.add(named(Commands.user(name(menu)), menu, command)));
      if (everywhere) {
        its.forEach(each ->
            each.setContexts(contexts(command)).setIntegrationTypes(installations(command)));
      }
      all.addAll(its);
    }
    return all;
  }

  /**
   * Makes the registered commands these, unless they are; blocks for one call, or two.
   *
   * @return whether anything had to be changed
   */
  static boolean register(
      DiscordRest rest, String application, Optional<String> guild, List<CommandSpec> commands) {
    DataArray ours = DataArray.empty();
    of(commands, guild.isEmpty()).forEach(ours::add);
    Route.CompiledRoute get =
        guild
            .map(id -> Route.Interactions.GET_GUILD_COMMANDS.compile(application, id))
            .orElseGet(() -> Route.Interactions.GET_COMMANDS.compile(application));
    DataArray registered =
        rest.list("the registered commands", get.withQueryParams("with_localizations", "true"));
    if (isSame(registered, ours)) {
      return false;
    }
    rest.replaceAll(
        "the registration of the commands",
        guild
            .map(id -> Route.Interactions.UPDATE_GUILD_COMMANDS.compile(application, id))
            .orElseGet(() -> Route.Interactions.UPDATE_COMMANDS.compile(application)),
        ours);
    return true;
  }

  static boolean isSame(DataArray registered, DataArray ours) {
    return essence(registered).equals(essence(ours));
  }

  private static Set<Object> essence(DataArray commands) {
    DataArray read = DataArray.fromJson(commands.toString());
    return IntStream.range(0, read.length())
        .mapToObj(i -> essence(read.getObject(i).toMap()))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Without what is nothing, so that only differences that matter remain. */
  private static Object essence(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<Object, Object> essential = new HashMap<>();
        map.forEach((key, each) -> {
          if (each != null && !NOT_OURS.contains(String.valueOf(key))) {
            Object inner = essence(each);
            if (!isNothing(inner)) {
              essential.put(key, likeDiscord(key, inner));
            }
          }
        });
        yield essential;
      }
      case List<?> list -> list.stream().map(CommandRegistration::essence).toList();
      default -> value;
    };
  }

  /** Some lists have no order, and some numbers are written as texts. */
  private static Object likeDiscord(Object key, Object value) {
    if (key.equals("contexts") || key.equals("integration_types")) {
      return ((List<?>) value).stream().map(String::valueOf).collect(Collectors.toSet());
    }
    return key.equals("default_member_permissions") ? String.valueOf(value) : value;
  }

  private static boolean isNothing(Object value) {
    return value.equals(false)
        || value.equals("")
        || (value instanceof Map<?, ?> map && map.isEmpty())
        || (value instanceof List<?> list && list.isEmpty());
  }

  private static SlashCommandData slash(CommandSpec command) {
    SlashCommandData slash =
        Commands.slash(command.name(), description(command.descriptions().get(ENGLISH)));
    slash.setNameLocalizations(localized(command.names(), MOST_NAME));
    slash.setDescriptionLocalizations(localized(command.descriptions(), MOST_DESCRIPTION));
    if (command.moderatorsOnly()) {
      slash.setDefaultPermissions(DefaultMemberPermissions.enabledFor(Permission.MANAGE_SERVER));
    }
    command.options().stream()
        // Discord wants those first that must be given.
        .sorted(Comparator.comparing(option -> !option.required()))
        .map(CommandRegistration::option)
        .forEach(slash::addOptions);
    return slash;
  }

  private static OptionData option(CommandSpec.Option option) {
    OptionType type =
        switch (option.kind()) {
          case WORDS, CHOICE -> OptionType.STRING;
          case PICTURE -> OptionType.ATTACHMENT;
          case WHO -> OptionType.MENTIONABLE;
        };
    boolean suggests = option.kind() == CommandSpec.Kind.CHOICE;
    return new OptionData(
            type,
            option.name(),
            description(option.descriptions().get(ENGLISH)),
            option.required(),
            suggests)
        .setNameLocalizations(localized(option.names(), MOST_NAME))
        .setDescriptionLocalizations(localized(option.descriptions(), MOST_DESCRIPTION));
  }

  private static CommandData named(CommandData data, Menu menu, CommandSpec command) {
    if (command.moderatorsOnly()) {
      data.setDefaultPermissions(DefaultMemberPermissions.enabledFor(Permission.MANAGE_SERVER));
    }
    return data.setNameLocalizations(localized(menu.labels(), MOST_NAME));
  }

  /** The name under which an entry of a menu comes back, in whatever language it was shown. */
  static String name(Menu menu) {
    return cut(String.valueOf(menu.labels().get(ENGLISH)), MOST_NAME);
  }

  private static String description(@Nullable String english) {
    return cut(String.valueOf(english), MOST_DESCRIPTION);
  }

  private static Set<InteractionContextType> contexts(CommandSpec command) {
    return command.moderatorsOnly()
        ? Set.of(InteractionContextType.GUILD, InteractionContextType.BOT_DM)
        : Set.of(
            InteractionContextType.GUILD,
            InteractionContextType.BOT_DM,
            InteractionContextType.PRIVATE_CHANNEL);
  }

  /** Nobody governs a server for an app that they brought along themselves. */
  private static Set<IntegrationType> installations(CommandSpec command) {
    return command.moderatorsOnly()
        ? Set.of(IntegrationType.GUILD_INSTALL)
        : Set.of(IntegrationType.GUILD_INSTALL, IntegrationType.USER_INSTALL);
  }

  /** The text for each of Discord's languages that has one. */
  private static Map<DiscordLocale, String> localized(Map<String, String> texts, int most) {
    Map<DiscordLocale, String> localized = new EnumMap<>(DiscordLocale.class);
    Arrays.stream(DiscordLocale.values())
        .filter(locale -> locale != DiscordLocale.UNKNOWN)
        .forEach(locale ->
            text(texts, locale.getLocale())
                .ifPresent(text -> localized.put(locale, cut(text, most))));
    return localized;
  }

  /** The text in a language: in this very variety, or in any. */
  static Optional<String> text(Map<String, String> texts, String tag) {
    if (texts.containsKey(tag)) {
      return Optional.of(texts.get(tag));
    }
    String language = languageOf(tag);
    return texts.keySet().stream()
        .filter(each -> languageOf(each).equals(language))
        .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
        .findFirst()
        .map(texts::get);
  }

  /** Discord's Norwegian is {@code no}, which others call {@code nb}. */
  private static String languageOf(String tag) {
    String language = Locale.forLanguageTag(tag).getLanguage();
    return language.equals("nb") ? "no" : language;
  }

  private static String cut(String text, int most) {
    return HarmlessText.abbreviated(HarmlessText.line(text), most);
  }
}
