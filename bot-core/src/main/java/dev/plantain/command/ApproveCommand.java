package dev.plantain.command;

import dev.plantain.command.Targets.Found;
import dev.plantain.command.Targets.Target;
import dev.plantain.conversation.Roster;
import dev.plantain.image.ImageSize;
import dev.plantain.image.Offer;
import dev.plantain.moderation.ApprovalRules;
import dev.plantain.moderation.DutyChats.Duty;
import dev.plantain.moderation.ModerationRules;
import dev.plantain.moderation.WordRules;
import dev.plantain.platform.CommandSpec.Suggestion;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets moderators say which requests wait for them, whose never do, and in which chat they decide.
 */
final class ApproveCommand extends ModeratorCommand {
  static final String NAME = "approve";

  private static final String WHAT = "what";
  private static final String WHO = "who";
  private static final String VALUE = "value";
  private static final Pattern NUMBERED = Pattern.compile("trust member:(\\d{1,18}) off");

  private final Database database;
  private final Targets targets;
  private final Roster roster;
  private final ApprovalRules rules;
  private final WordRules words;
  private final Offer offer;
  private final DutyPlace place;
  private final ApproveMenu menu;
  private final InstantSource clock;

  ApproveCommand(
      Database database,
      Roster roster,
      ModerationRules moderation,
      WaitingRequests waiting,
      Offer offer,
      WordLists wordLists,
      Deeds deeds,
      InstantSource clock) {
    super(deeds);
    this.database = database;
    this.targets = new Targets(roster);
    this.roster = roster;
    this.rules = moderation.approval();
    this.words = moderation.heldWords();
    this.offer = offer;
    this.place =
        new DutyPlace(Duty.APPROVAL, NAME, database, roster, moderation.duties(), deeds, clock);
    this.menu =
        new ApproveMenu(database, roster, moderation, waiting, sizes(offer), wordLists, deeds);
    this.clock = clock;
  }

  private static List<String> sizes(Offer offer) {
    return offer.models().stream()
        .flatMap(model -> model.sizes().stream())
        .map(ImageSize::label)
        .distinct()
        .toList();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Message localName() {
    return new Message.NameApprove();
  }

  @Override
  public Message description() {
    return new Message.DescribeApprove();
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.choice(
            WHAT,
            new Message.NameWhat(),
            new Message.FieldApproveWhat(),
            (place, sender, given) -> suggestions(whats())),
        Field.who(WHO, new Message.NameWho(), new Message.FieldWho()),
        Field.choice(
            VALUE,
            new Message.NameValue(),
            new Message.FieldApproveValue(),
            (place, sender, given) -> suggestions(values(given.getOrDefault(WHAT, "")))));
  }

  private static Stream<String> whats() {
    return Stream.of(
        "over-quota",
        "size",
        "newcomers",
        "word",
        "price",
        "time",
        "trust",
        "here",
        "here off",
        "elsewhere",
        "take");
  }

  private Stream<String> values(String what) {
    Stream<String> values =
        switch (what) {
          case "size" -> sizes(offer).stream();
          case "newcomers" -> Stream.of("1d", "3d", "7d");
          case "price" -> Stream.of("0.10 USD", "0.50 USD");
          case "time" -> Stream.of("1h", "6h", "24h", "3d");
          default -> Stream.of();
        };
    return Stream.concat(values, Stream.of(ApproveWords.OFF));
  }

  private static List<Suggestion> suggestions(Stream<String> values) {
    return values.map(value -> new Suggestion(value, value)).toList();
  }

  @Override
  public String asWords(String written, Map<String, String> options) {
    return Stream.of(
            options.getOrDefault(WHAT, ""),
            options.getOrDefault(WHO, ""),
            written,
            options.getOrDefault(VALUE, ""))
        .filter(word -> !word.isBlank())
        .collect(Collectors.joining(" "));
  }

  @Override
  Answer govern(CommandCall call) {
    Optional<String> placed =
        call.place().direct() && !call.arguments().strip().matches("(?is)take\\b.*")
            ? Optional.of(deeds.text(call, new Message.ApproveDirect()))
            : place.change(call, call.arguments());
    if (placed.isPresent()) {
      return isAboutThisChat(call) ? menu.show(call, placed.get()) : deeds.say(call, placed.get());
    }
    Matcher pressed = NUMBERED.matcher(call.arguments().strip());
    if (pressed.matches()) {
      return distrust(call, Long.parseLong(pressed.group(1)));
    }
    return call.arguments().strip().matches("(?is)trust\\b.*") ? trust(call) : change(call);
  }

  private static boolean isAboutThisChat(CommandCall call) {
    return !call.place().direct()
        && call.arguments().strip().toLowerCase(Locale.ROOT).startsWith("here");
  }

  private Answer change(CommandCall call) {
    long community = Deeds.community(call);
    return switch (ApproveWords.read(call.arguments())) {
      case ApproveWords.Show show -> menu.show(call, "");
      case ApproveWords.Unclear unclear -> deeds.say(call, unclear.why());
      case ApproveWords.OverQuota(boolean waits) ->
          changed(call, tx -> rules.setOverQuota(tx, community, waits));
      case ApproveWords.Newcomers newcomers ->
          changed(call, tx -> rules.setNewcomers(tx, community, newcomers.time()));
      case ApproveWords.Price price ->
          changed(call, tx -> rules.setPrice(tx, community, price.microDollars()));
      case ApproveWords.Time time -> changed(call, tx -> rules.setTime(tx, community, time.time()));
      case ApproveWords.Size size -> size(call, size);
      case ApproveWords.Words list -> menu.words(call, "");
      case ApproveWords.Word word -> word(call, word);
      case ApproveWords.Trust trust -> trust(call);
    };
  }

  /** Writes a change and the record of it, once. */
  private Answer changed(CommandCall call, Consumer<Tx> change) {
    return menu.show(
        call,
        once(
            call,
            tx -> {
              change.accept(tx);
              deeds.note(tx, call, NAME, call.arguments().strip());
              return new Message.ApproveChanged();
            }));
  }

  private String once(CommandCall call, Function<Tx, Message> change) {
    return database.write(
        tx -> Done.once(tx, call, clock.instant(), () -> deeds.text(call, change.apply(tx))));
  }

  private Answer size(CommandCall call, ApproveWords.Size asked) {
    long community = Deeds.community(call);
    if (asked.size().isEmpty()) {
      return changed(call, tx -> rules.removeSizes(tx, community));
    }
    String written = asked.size().get();
    if (!asked.waits()) {
      return changed(call, tx -> rules.removeSize(tx, community, written));
    }
    Optional<String> size =
        sizes(offer).stream().filter(each -> each.equalsIgnoreCase(written)).findFirst();
    return size.isPresent()
        ? changed(call, tx -> rules.addSize(tx, community, size.get()))
        : deeds.say(
            call,
            new Message.ChoiceUnknown(
                PictureSettings.shortened(written), String.join(", ", sizes(offer))));
  }

  private Answer word(CommandCall call, ApproveWords.Word asked) {
    long community = Deeds.community(call);
    if (asked.phrase().isEmpty()) {
      return changed(call, tx -> words.clear(tx, community));
    }
    String folded = WordRules.folded(asked.phrase().get());
    int length = folded.codePointCount(0, folded.length());
    if (folded.isEmpty() || length > WordRules.LONGEST) {
      return deeds.say(call, new Message.ApproveWordUnfit(WordRules.LONGEST));
    }
    String said =
        once(
            call,
            tx -> {
              boolean changed =
                  asked.waits()
                      ? words.add(tx, community, folded)
                      : words.remove(tx, community, folded);
              if (changed) {
                deeds.note(tx, call, NAME, "word " + folded + (asked.waits() ? "" : " off"));
                return new Message.ApproveChanged();
              }
              return asked.waits() && words.all(tx, community).size() >= WordRules.MOST
                  ? new Message.ApproveWordsFull(WordRules.MOST)
                  : new Message.AccessUnchanged();
            });
    return menu.words(call, said);
  }

  private Answer trust(CommandCall call) {
    Found found = database.write(tx -> targets.find(tx, call));
    if (found.unknown().isPresent()) {
      return deeds.say(
          call, new Message.MemberUnknown(PictureSettings.shortened(found.unknown().get())));
    }
    if (found.target().isEmpty() && call.arguments().strip().equalsIgnoreCase("trust")) {
      return menu.trusted(call, "");
    }
    return found.target().orElse(null) instanceof Target.Member(Roster.Member member)
            && ApproveWords.read(found.words()) instanceof ApproveWords.Trust(boolean trusted)
        ? deeds.say(call, once(call, tx -> trust(tx, call, member, trusted)))
        : deeds.say(call, new Message.ApproveTrustWhom());
  }

  private Message trust(Tx tx, CommandCall call, Roster.Member member, boolean trusted) {
    long community = Deeds.community(call);
    boolean changed =
        trusted
            ? rules.trust(tx, community, member.id())
            : rules.distrust(tx, community, member.id());
    if (changed) {
      String off = trusted ? "" : " " + ApproveWords.OFF;
      deeds.note(tx, call, NAME, "trust " + BanCommand.called(member) + off);
    }
    if (!trusted) {
      return new Message.MemberNotTrusted(member.name());
    }
    return rules.isTrusted(tx, community, member.id())
        ? new Message.MemberTrusted(member.name())
        : new Message.ApproveTrustFull(ApprovalRules.MOST_TRUSTED);
  }

  /** One of those in the list: a number that is forged names nobody. */
  private Answer distrust(CommandCall call, long memberId) {
    Optional<Roster.Member> member =
        database.read(reading ->
            rules.isTrusted(reading, Deeds.community(call), memberId)
                ? roster.known(reading, memberId)
                : Optional.empty());
    String said =
        member
            .map(of -> once(call, tx -> trust(tx, call, of, false)))
            .orElseGet(() -> deeds.text(call, new Message.AccessUnchanged()));
    return menu.trusted(call, said);
  }
}
