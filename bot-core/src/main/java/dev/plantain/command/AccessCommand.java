package dev.plantain.command;

import dev.plantain.conversation.Roster;
import dev.plantain.image.Offer;
import dev.plantain.moderation.Access.Effect;
import dev.plantain.moderation.Access.Kind;
import dev.plantain.moderation.Access.Rule;
import dev.plantain.moderation.AccessRules;
import dev.plantain.moderation.ModerationRules;
import dev.plantain.moderation.WordRules;
import dev.plantain.platform.CommandSpec.Suggestion;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Closes and opens chats, models, sizes, commands, roles, members and words; {@link
 * dev.plantain.moderation.Access} says what that means.
 *
 * <p>{@code /deny model Nano} denies here, with {@code everywhere} behind it in all chats. {@code
 * /allow model Nano} takes that back. {@code /allow only model Nano} opens nothing else of the
 * kind, and from then on {@code /allow model …} adds to those that are open; {@code /allow any
 * model} ends that. Both commands without words show what is closed.
 */
final class AccessCommand extends ModeratorCommand {
  private static final String WHAT = "what";
  private static final String VALUE = "value";
  private static final String WHO = "who";
  private static final String WHERE = "where";

  /** What is done to something. */
  enum Way {
    ALLOW,
    DENY
  }

  private final Way way;
  private final Database database;
  private final AccessRules access;
  private final WordRules words;
  private final WaitingRequests waiting;
  private final AccessThings things;
  private final AccessList list;

  AccessCommand(
      Way way,
      Database database,
      Roster roster,
      ModerationRules rules,
      WaitingRequests waiting,
      Offer offer,
      WordLists wordLists,
      Deeds deeds,
      Supplier<List<Command>> commands) {
    super(deeds);
    this.way = way;
    this.database = database;
    this.access = rules.access();
    this.words = rules.words();
    this.waiting = waiting;
    this.things = new AccessThings(database, new Targets(roster), offer, commands);
    this.list = new AccessList(database, access, words, wordLists, deeds);
  }

  @Override
  public String name() {
    return way.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Message localName() {
    return way == Way.ALLOW ? new Message.NameAllow() : new Message.NameDeny();
  }

  @Override
  public Message description() {
    return way == Way.ALLOW ? new Message.DescribeAllow() : new Message.DescribeDeny();
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.choice(
            WHAT,
            new Message.NameWhat(),
            new Message.FieldAccessWhat(),
            (place, sender, given) -> kinds().map(word -> new Suggestion(word, word)).toList()),
        Field.choice(
            VALUE,
            new Message.NameValue(),
            new Message.FieldAccessValue(),
            (place, sender, given) -> {
              String[] what = given.getOrDefault(WHAT, "").split(" ", -1);
              return Kind.find(what[what.length - 1])
                  .map(things::choices)
                  .orElse(List.of())
                  .stream()
                  .map(value -> new Suggestion(value, value))
                  .toList();
            }),
        Field.who(WHO, new Message.NameWho(), new Message.FieldWho()),
        Field.choice(
            WHERE,
            new Message.NameWhere(),
            new Message.FieldWhere(),
            (place, sender, given) ->
                Stream.of("here", "everywhere").map(word -> new Suggestion(word, word)).toList()));
  }

  private Stream<String> kinds() {
    List<String> all = Stream.of(Kind.values()).map(Kind::word).toList();
    Stream<String> plain = Stream.concat(all.stream(), Stream.of("word"));
    return way == Way.DENY
        ? plain
        : Stream.of(
                plain,
                all.stream().map(kind -> "only " + kind),
                all.stream().map(kind -> "any " + kind))
            .flatMap(each -> each);
  }

  @Override
  public String asWords(String written, Map<String, String> options) {
    return Stream.of(
            options.getOrDefault(WHAT, ""),
            options.getOrDefault(VALUE, ""),
            options.getOrDefault(WHO, ""),
            written,
            options.getOrDefault(WHERE, ""))
        .filter(word -> !word.isBlank())
        .collect(Collectors.joining(" "));
  }

  @Override
  Answer govern(CommandCall call) {
    return switch (AccessWords.read(call.arguments())) {
      case AccessWords.Show show -> list.rules(call, List.of());
      case AccessWords.Unreadable unreadable -> how(call);
      case AccessWords.Numbered numbered -> way == Way.ALLOW ? open(call, numbered) : how(call);
      case AccessWords.Any any -> way == Way.ALLOW ? end(call, any) : how(call);
      case AccessWords.Phrase phrase when phrase.phrase().isEmpty() -> list.words(call, List.of());
      case AccessWords.Phrase phrase -> word(call, phrase.phrase());
      case AccessWords.Thing thing when thing.only() && way == Way.DENY -> how(call);
      case AccessWords.Thing thing -> change(call, thing);
    };
  }

  private Answer how(CommandCall call) {
    return deeds.say(call, way == Way.ALLOW ? new Message.AllowHow() : new Message.DenyHow());
  }

  private Answer change(CommandCall call, AccessWords.Thing asked) {
    List<Rule> rules = database.read(reading -> access.all(reading, Deeds.community(call)));
    return switch (things.find(call, asked.kind(), asked.value(), rules)) {
      case AccessThings.Thing.Unknown unknown -> deeds.say(call, unknown.why());
      case AccessThings.Thing.Known known -> {
        if (rules.size() >= AccessRules.MOST && (way == Way.DENY || asked.only())) {
          yield deeds.say(call, new Message.AccessFull(AccessRules.MOST));
        }
        Effect effect = asked.only() ? Effect.ONLY : Effect.DENIED;
        Rule rule =
            new Rule(
                0,
                chat(call, asked.kind(), asked.everywhere()),
                effect,
                asked.kind(),
                known.value(),
                known.name());
        yield done(call, noted(asked, known), tx -> change(tx, Deeds.community(call), rule, rules));
      }
    };
  }

  private boolean change(Tx tx, long community, Rule rule, List<Rule> rules) {
    if (way == Way.DENY) {
      return access.add(tx, community, rule);
    }
    boolean opened = access.remove(tx, community, with(rule, Effect.DENIED));
    boolean isListed =
        rule.effect() == Effect.ONLY || rules.stream().anyMatch(other -> bounds(other, rule));
    boolean listed = isListed && access.add(tx, community, with(rule, Effect.ONLY));
    return opened || listed;
  }

  /** Whether a rule makes the list of the only open things on which another would stand. */
  private static boolean bounds(Rule list, Rule rule) {
    return list.effect() == Effect.ONLY
        && list.chatId() == rule.chatId()
        && (list.kind() == rule.kind() || (isPeople(list) && isPeople(rule)));
  }

  private static boolean isPeople(Rule rule) {
    return rule.kind() == Kind.MEMBER || rule.kind() == Kind.ROLE;
  }

  private static Rule with(Rule rule, Effect effect) {
    return new Rule(rule.id(), rule.chatId(), effect, rule.kind(), rule.value(), rule.name());
  }

  private static long chat(CommandCall call, Kind kind, boolean everywhere) {
    return everywhere || kind == Kind.CHAT ? AccessRules.EVERYWHERE : call.chat().id();
  }

  /** So that the same words do the same again. */
  private static String noted(AccessWords.Thing asked, AccessThings.Thing.Known known) {
    return String.join(
            " ",
            asked.only() ? "only" : "",
            asked.kind().word(),
            known.name(),
            asked.everywhere() ? "everywhere" : "")
        .strip();
  }

  /** A number that is forged names nothing of this community. */
  private Answer open(CommandCall call, AccessWords.Numbered numbered) {
    long community = Deeds.community(call);
    Optional<Rule> rule =
        database.read(reading -> access.find(reading, community, numbered.ruleId()));
    if (rule.isEmpty()) {
      return list.rules(call, List.of(new Message.AccessUnchanged()));
    }
    String written = "(" + AccessList.written(rule.get(), call.chat().id()) + ")";
    return done(call, written, tx -> access.remove(tx, community, rule.get()));
  }

  private Answer end(CommandCall call, AccessWords.Any any) {
    String written = "any " + any.kind().word() + (any.everywhere() ? " everywhere" : "");
    long chat = chat(call, any.kind(), any.everywhere());
    return done(
        call, written, tx -> access.removeOnly(tx, Deeds.community(call), chat, any.kind()));
  }

  private Answer done(CommandCall call, String written, Predicate<Tx> change) {
    boolean changed = noted(call, written, change);
    List<Message> told = new ArrayList<>();
    told.add(
        changed
            ? new Message.AccessChanged("/" + name() + " " + written)
            : new Message.AccessUnchanged());
    return list.rules(call, told);
  }

  private boolean noted(CommandCall call, String written, Predicate<Tx> change) {
    return database.write(tx -> {
      boolean changed = change.test(tx);
      if (changed) {
        waiting.screen(tx, Deeds.community(call));
        deeds.note(tx, call, name(), written);
      }
      return changed;
    });
  }

  private Answer word(CommandCall call, String phrase) {
    long community = Deeds.community(call);
    String folded = WordRules.folded(phrase);
    int length = folded.codePointCount(0, folded.length());
    if (folded.isEmpty()) {
      return deeds.say(call, new Message.WordIsEmpty());
    }
    if (length > WordRules.LONGEST) {
      return deeds.say(call, new Message.WordIsTooLong(length, WordRules.LONGEST));
    }
    List<String> all = database.read(reading -> words.all(reading, community));
    if (way == Way.DENY && all.size() >= WordRules.MOST) {
      return deeds.say(call, new Message.WordsAreFull(WordRules.MOST));
    }
    boolean changed =
        noted(
            call,
            "word " + folded,
            tx ->
                way == Way.DENY
                    ? words.add(tx, community, folded)
                    : words.remove(tx, community, folded));
    return list.words(
        call,
        List.of(
            changed
                ? new Message.AccessChanged("/" + name() + " word " + folded)
                : new Message.AccessUnchanged()));
  }
}
