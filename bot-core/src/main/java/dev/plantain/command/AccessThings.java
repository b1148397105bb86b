package dev.plantain.command;

import dev.plantain.command.Targets.Found;
import dev.plantain.command.Targets.Target;
import dev.plantain.image.ImageSize;
import dev.plantain.image.ModelSpec;
import dev.plantain.image.Offer;
import dev.plantain.moderation.Access.Kind;
import dev.plantain.moderation.Access.Rule;
import dev.plantain.storage.Database;
import dev.plantain.text.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what moderators name when they close or open something. */
final class AccessThings {
  private final Database database;
  private final Targets targets;
  private final Offer offer;
  private final Supplier<List<Command>> commands;

  AccessThings(Database database, Targets targets, Offer offer, Supplier<List<Command>> commands) {
    this.database = database;
    this.targets = targets;
    this.offer = offer;
    this.commands = commands;
  }

  /** What was found. */
  sealed interface Thing {
    /**
     * There is such a thing.
     *
     * @param value as {@link Rule} keeps it
     * @param name what people call it
     */
    record Known(String value, String name) implements Thing {}

    /** There is no such thing; {@code why} says what there is. */
    record Unknown(Message why) implements Thing {}
  }

  /**
   * Finds a thing by what it is called.
   *
   * @param rules whose things are found although they may be gone
   */
  Thing find(CommandCall call, Kind kind, String written, List<Rule> rules) {
    return switch (kind) {
      case CHAT ->
          written.isEmpty()
              ? new Thing.Known(Long.toString(call.chat().id()), "")
              : new Thing.Unknown(new Message.AccessThisChat());
      case MODEL ->
          known(offer.find(written).map(model -> new Thing.Known(model.id(), model.name())))
              .or(() -> ruled(kind, written, rules))
              .orElseGet(() -> unknown(kind, written));
      case SIZE ->
          known(
                  sizes()
                      .filter(size -> size.equalsIgnoreCase(written))
                      .findFirst()
                      .map(size -> new Thing.Known(size, size)))
              .or(() -> ruled(kind, written, rules))
              .orElseGet(() -> unknown(kind, written));
      case COMMAND -> {
        String name = written.startsWith("/") ? written.substring(1) : written;
        yield known(
                commandNames()
                    .filter(each -> each.equalsIgnoreCase(name))
                    .findFirst()
                    .map(each -> new Thing.Known(each, "/" + each)))
            .or(() -> ruled(kind, name, rules))
            .orElseGet(() -> unknown(kind, written));
      }
      case ROLE, MEMBER -> person(call, kind);
    };
  }

  /** What can be written for a kind, where that can be listed. */
  List<String> choices(Kind kind) {
    return switch (kind) {
      case MODEL -> offer.models().stream().map(ModelSpec::name).toList();
      case SIZE -> sizes().toList();
      case COMMAND -> commandNames().toList();
      case CHAT, ROLE, MEMBER -> List.of();
    };
  }

  private Stream<String> sizes() {
    return offer.models().stream()
        .flatMap(model -> model.sizes().stream())
        .map(ImageSize::label)
        .distinct();
  }

  private Stream<String> commandNames() {
    return commands.get().stream().filter(Command::canBeDenied).map(Command::name);
  }

  private static Optional<Thing> known(Optional<Thing.Known> thing) {
    return thing.map(found -> found);
  }

  private static Optional<Thing> ruled(Kind kind, String written, List<Rule> rules) {
    return rules.stream()
        .filter(rule -> rule.kind() == kind)
        .filter(
            rule -> rule.value().equalsIgnoreCase(written) || rule.name().equalsIgnoreCase(written))
        .findFirst()
        .map(rule -> new Thing.Known(rule.value(), rule.name()));
  }

  private Thing unknown(Kind kind, String written) {
    String choices = choices(kind).stream().collect(Collectors.joining(", "));
    return new Thing.Unknown(
        new Message.ChoiceUnknown(PictureSettings.shortened(written), choices));
  }

  private Thing person(CommandCall call, Kind kind) {
    Found found = database.write(tx -> targets.find(tx, call));
    if (found.unknown().isPresent()) {
      return new Thing.Unknown(
          new Message.MemberUnknown(PictureSettings.shortened(found.unknown().get())));
    }
    Message whom =
        kind == Kind.ROLE ? new Message.AccessWhichRole() : new Message.AccessWhichMember();
    if (found.target().isEmpty()) {
      return new Thing.Unknown(whom);
    }
    return switch (found.target().get()) {
      case Target.Role role when kind == Kind.ROLE ->
          new Thing.Known(role.role().value(), "@" + role.name());
      case Target.Member member when kind == Kind.MEMBER ->
          new Thing.Known(Long.toString(member.member().id()), BanCommand.called(member.member()));
      case Target.Role role -> new Thing.Unknown(whom);
      case Target.Member member -> new Thing.Unknown(whom);
    };
  }
}
