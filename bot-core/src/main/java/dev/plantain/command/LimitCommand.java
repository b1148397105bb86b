package dev.plantain.command;

import dev.plantain.command.Targets.Found;
import dev.plantain.command.Targets.Target;
import dev.plantain.conversation.Roster;
import dev.plantain.moderation.AuditTrail;
import dev.plantain.platform.Card;
import dev.plantain.platform.CommandSpec.Suggestion;
import dev.plantain.quota.Allowance;
import dev.plantain.quota.Allowances;
import dev.plantain.quota.CommunityTermsStore;
import dev.plantain.quota.Filter;
import dev.plantain.quota.Ledger;
import dev.plantain.quota.Limit;
import dev.plantain.quota.Rule;
import dev.plantain.quota.RuleNotation;
import dev.plantain.quota.Scope;
import dev.plantain.quota.Trial;
import dev.plantain.storage.Database;
import dev.plantain.storage.Tx;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Lets moderators say how much may be spent in their community, and see what that does. */
final class LimitCommand implements Command {
  private static final String WHAT = "what";
  private static final String WHO = "who";
  private static final String AMOUNT = "amount";

  private final Database database;
  private final Ledger ledger;
  private final Roster roster;
  private final AuditTrail trail;
  private final Messages messages;
  private final InstantSource clock;
  private final Allowances allowances = new Allowances();
  private final Targets targets;
  private final RuleWords words;
  private final LimitMenu menu;
  private final TermsWords terms;

  LimitCommand(
      Database database,
      Ledger ledger,
      Roster roster,
      AuditTrail trail,
      Messages messages,
      InstantSource clock) {
    this.database = database;
    this.ledger = ledger;
    this.roster = roster;
    this.trail = trail;
    this.messages = messages;
    this.clock = clock;
    this.targets = new Targets(roster);
    this.words = new RuleWords(roster, messages);
    this.menu = new LimitMenu(allowances, words, messages);
    this.terms = new TermsWords(new CommunityTermsStore());
  }

  @Override
  public String name() {
    return "limit";
  }

  @Override
  public Message localName() {
    return new Message.NameLimit();
  }

  @Override
  public Message description() {
    return new Message.DescribeLimit();
  }

  @Override
  public boolean moderatorsOnly() {
    return true;
  }

  @Override
  public boolean discreet() {
    return true;
  }

  @Override
  public List<Field> fields() {
    return List.of(
        Field.choice(
            WHAT,
            new Message.NameWhat(),
            new Message.FieldLimitWhat(),
            (place, sender, given) -> whats()),
        Field.who(WHO, new Message.NameWho(), new Message.FieldWho()),
        Field.choice(
            AMOUNT,
            new Message.NameAmount(),
            new Message.FieldAmount(),
            (place, sender, given) -> amounts()));
  }

  private static List<Suggestion> whats() {
    return Stream.of(
            "members",
            "role",
            "member",
            "chat",
            "community",
            "explain",
            "try members",
            "try community",
            "zone",
            "reset",
            "quiet",
            "pool")
        .map(word -> new Suggestion(word, word))
        .toList();
  }

  private static List<Suggestion> amounts() {
    return Stream.concat(LimitMenu.PRESETS.stream(), Stream.of("5/10m", "unlimited", "off"))
        .map(word -> new Suggestion(word, word))
        .toList();
  }

  @Override
  public String asWords(String written, Map<String, String> options) {
    return Stream.of(WHAT, WHO, AMOUNT)
        .map(field -> options.getOrDefault(field, ""))
        .reduce(written, (before, value) -> (before + " " + value).strip());
  }

  @Override
  public Answer run(CommandCall call) {
    if (!call.moderator().getAsBoolean()) {
      return say(call, new Message.ModeratorsDecideThis());
    }
    Found found = database.write(tx -> targets.find(tx, call));
    if (found.unknown().isPresent()) {
      return say(call, new Message.MemberUnknown(found.unknown().get()));
    }
    return switch (LimitWords.read(call, found)) {
      case LimitWords.Menu(Optional<Scope> scope) -> show(call, scope, Optional.empty(), tx -> {});
      case LimitWords.Rule(Scope scope, String amount) -> change(call, found, scope, amount);
      case LimitWords.Try(Scope scope, String amount) -> tried(call, scope, amount);
      case LimitWords.Explain(Optional<Target> who) -> explain(call, who);
      case LimitWords.Terms(String what, String value) -> terms(call, what, value);
      case LimitWords.NoScope() -> say(call, new Message.LimitForWhom());
    };
  }

  private Answer change(CommandCall call, Found found, Scope scope, String amount) {
    return switch (RuleNotation.read(amount)) {
      case RuleNotation.Result.Faulty faulty -> say(call, LimitFaults.message(faulty));
      case RuleNotation.Result.Off(Filter filter) ->
          show(
              call,
              Optional.of(scope),
              Optional.of(new Message.LimitRemoved()),
              tx -> {
                remove(tx, call, scope, filter);
                note(tx, call);
              });
      case RuleNotation.Result.Read(List<Allowance> read) -> {
        if (!scope.personal() && read.stream().anyMatch(LimitCommand::isUnlimited)) {
          yield say(call, new Message.LimitOnlyPeopleUnlimited());
        }
        Optional<Integer> tooMany = tooMany(scope, read);
        yield tooMany.isPresent()
            ? say(call, new Message.LimitTooMany(tooMany.get()))
            : show(
                call,
                Optional.of(scope),
                Optional.of(new Message.LimitSet()),
                tx -> {
                  name(tx, call, found);
                  read.forEach(
                      each -> allowances.set(tx, scope, each, call.member().id(), clock.instant()));
                  note(tx, call);
                });
      }
    };
  }

  private static boolean isUnlimited(Allowance allowance) {
    return allowance.limit() instanceof Limit.Unlimited;
  }

  private Optional<Integer> tooMany(Scope scope, List<Allowance> added) {
    List<Rule> rules = database.read(reading -> allowances.of(reading, scope));
    return rules.size() + added.size() > Allowances.MOST_RULES_OF_A_SCOPE
        ? Optional.of(Allowances.MOST_RULES_OF_A_SCOPE)
        : Optional.empty();
  }

  /** Roles are shown by the names that they had when somebody named them. */
  private void name(Tx tx, CommandCall call, Found found) {
    if (found.target().orElse(null) instanceof Target.Role role) {
      roster.name(tx, call.chat().communityId().orElseThrow(), role.role(), role.name());
    }
  }

  private void remove(Tx tx, CommandCall call, Scope scope, Filter filter) {
    allowances.of(tx, scope).stream()
        .filter(rule -> filter.equals(Filter.ALL) || rule.allowance().filter().equals(filter))
        .forEach(rule -> allowances.remove(tx, rule, call.member().id(), clock.instant()));
  }

  private void note(Tx tx, CommandCall call) {
    trail.note(
        tx,
        call.chat().communityId().orElseThrow(),
        call.chat().id(),
        call.member().id(),
        name(),
        call.arguments(),
        clock.instant());
  }

  /** The menu as it will be once the rows are written. */
  private Answer show(
      CommandCall call, Optional<Scope> scope, Optional<Message> said, Consumer<Tx> rows) {
    database.update(tx ->
        Done.once(
            tx,
            call,
            clock.instant(),
            () -> {
              rows.accept(tx);
              return "";
            }));
    Card card = database.read(reading -> menu.card(reading, call, scope, said));
    String note = said.map(message -> messages.text(message, call.language())).orElse("");
    return new Answer.Say(card, note, tx -> {});
  }

  private Answer explain(CommandCall call, Optional<Target> who) {
    if (who.orElse(null) instanceof Target.Role) {
      return say(call, new Message.LimitExplainWhom());
    }
    Roster.Member member =
        who.orElse(null) instanceof Target.Member target ? target.member() : call.member();
    Instant now = clock.instant();
    List<String> lines =
        database.read(reading ->
            words.standings(
                reading,
                call,
                ledger.standings(
                    reading, Spenders.of(reading, roster, call.chat(), member.id()), now),
                true,
                now));
    String title = messages.text(new Message.QuotaTitle(member.name()), call.language());
    String text = title + "\n\n" + String.join("\n\n", lines);
    return new Answer.Say(Card.of(text), text, tx -> {});
  }

  private Answer tried(CommandCall call, Scope scope, String amount) {
    return switch (RuleNotation.read(amount)) {
      case RuleNotation.Result.Faulty faulty -> say(call, LimitFaults.message(faulty));
      case RuleNotation.Result.Off off -> say(call, new Message.LimitTryWhat());
      case RuleNotation.Result.Read(List<Allowance> read) ->
          scope.personal() || read.stream().noneMatch(LimitCommand::isUnlimited)
              ? tried(call, scope, read.getFirst())
              : say(call, new Message.LimitOnlyPeopleUnlimited());
    };
  }

  private Answer tried(CommandCall call, Scope scope, Allowance allowance) {
    long community = call.chat().communityId().orElseThrow();
    Trial.Result result =
        database.read(reading ->
            Trial.run(
                reading,
                scope,
                allowance,
                member -> roster.roles(reading, member, community),
                clock.instant()));
    return say(
        call,
        new Message.LimitTried(
            RuleNotation.write(allowance),
            String.valueOf(result.requests()),
            String.valueOf(result.members()),
            String.valueOf(result.refusedRequests()),
            String.valueOf(result.refusedMembers())));
  }

  private Answer terms(CommandCall call, String what, String value) {
    String text =
        database.write(
            tx -> Done.once(tx, call, clock.instant(), () -> terms(tx, call, what, value)));
    return new Answer.Say(Card.of(text), text, tx -> {});
  }

  private String terms(Tx tx, CommandCall call, String what, String value) {
    TermsWords.Change change = terms.change(tx, call, what, value);
    if (change.changed()) {
      note(tx, call);
    }
    return messages.text(change.said(), call.language());
  }

  private Answer say(CommandCall call, Message message) {
    String text = messages.text(message, call.language());
    return new Answer.Say(Card.of(text), text, tx -> {});
  }
}
