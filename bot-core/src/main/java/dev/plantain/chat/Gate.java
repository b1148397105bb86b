package dev.plantain.chat;

import dev.plantain.chat.Holding.Asker;
import dev.plantain.command.Command;
import dev.plantain.conversation.Roster;
import dev.plantain.job.Ending;
import dev.plantain.moderation.Bans.Ban;
import dev.plantain.moderation.ModerationRules;
import dev.plantain.moderation.Screening;
import dev.plantain.moderation.SpamRule;
import dev.plantain.moderation.Verdict;
import dev.plantain.platform.Card;
import dev.plantain.platform.Place;
import dev.plantain.platform.Said;
import dev.plantain.platform.Sender;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import dev.plantain.text.Language;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Keeps out what moderators do not want, and says so to whoever wanted it. */
final class Gate {
  private final Stores stores;
  private final Platforms platforms;
  private final ModerationRules rules;
  private final Messages messages;
  private final InstantSource clock;
  private final SpamGuard spam;

  Gate(
      Stores stores,
      Platforms platforms,
      ModerationRules rules,
      Messages messages,
      InstantSource clock) {
    this.stores = stores;
    this.platforms = platforms;
    this.rules = rules;
    this.messages = messages;
    this.clock = clock;
    this.spam = new SpamGuard(rules, messages, clock);
  }

  SpamGuard spam() {
    return spam;
  }

  /**
   * What is said to whoever was kept out.
   *
   * @param card empty where they have heard it already
   * @param rows to be written once it is said
   */
  record Reply(Optional<Card> card, Consumer<Tx> rows) {}

  /**
   * Before anything of a picture is written or charged.
   *
   * @param governs whether rules about people are known not to hold for the visitor
   */
  Verdict picture(Reading reading, Visitor visitor, Screening.Wish wish, boolean governs) {
    return rules.screening().of(reading, who(reading, visitor, governs), wish, clock.instant());
  }

  /** Before a command is run. May block on the network. */
  Verdict command(Visitor visitor, Place place, Sender sender, Command command) {
    if (!command.canBeDenied()) {
      return new Verdict.Open();
    }
    Screening.Wish wish = new Screening.Wish.Command(command.name());
    Verdict verdict = stores.database().read(reading -> picture(reading, visitor, wish, false));
    return verdict instanceof Verdict.Closed closed && spares(closed, place, sender)
        ? stores.database().read(reading -> picture(reading, visitor, wish, true))
        : verdict;
  }

  /** Whether the rule does not hold for somebody as they make the rules. Blocks on the network. */
  boolean spares(Verdict.Closed verdict, Place place, Sender sender) {
    return verdict.sparesModerators()
        && platforms.of(place.chat()).isModerator(place, sender.member());
  }

  /** Whether somebody makes the rules that they ask under. Blocks on the network. */
  Asker asker(Place place, Sender sender) {
    return platforms.of(place.chat()).isModerator(place, sender.member())
        ? Asker.MODERATOR
        : Asker.MEMBER;
  }

  /** Whether a request that was let in may get these words. */
  boolean lets(Reading reading, CardEntry card, String words) {
    Roster.Chat chat = stores.roster().chat(reading, card.chatId());
    Screening.Who who = who(reading, chat, card.memberId(), true);
    Screening.Wish wish = new Screening.Wish.Picture(words, Optional.empty(), Optional.empty());
    return rules.screening().of(reading, who, wish, clock.instant()) instanceof Verdict.Open;
  }

  /** Whether a model's turn is kept from everybody. */
  boolean hides(Reading reading, long turnId) {
    return rules.reports().isTurnHidden(reading, turnId);
  }

  /** Whether any of the pictures of a turn is kept from everybody, wherever it was shown. */
  boolean hidesPicturesOf(Reading reading, long turnId) {
    return rules.reports().isAnyPictureHidden(reading, turnId);
  }

  /** Whether a message shows what is kept from everybody. */
  boolean hides(Reading reading, Roster.Chat chat, Said.Quoted quoted) {
    return stores
        .conversations()
        .turnOf(reading, chat.id(), quoted.message().value())
        .filter(turn -> hides(reading, turn))
        .isPresent();
  }

  /** Whether the result of a card is kept from everybody. */
  boolean hides(Reading reading, CardEntry card) {
    return rules.reports().isHidden(reading, card.id());
  }

  /** What holds now for the request of a card with these words. */
  Verdict of(Reading reading, CardEntry card, String words) {
    Roster.Chat chat = stores.roster().chat(reading, card.chatId());
    Screening.Who who = who(reading, chat, card.memberId(), false);
    Screening.Wish wish = new Screening.Wish.Picture(words, Optional.of(card.model()), card.size());
    return rules.screening().of(reading, who, wish, clock.instant());
  }

  /** Counts that a request which was let in was refused after all. */
  void refused(Tx tx, CardEntry card) {
    long community = stores.roster().chat(tx, card.chatId()).communityId().orElseThrow();
    rules.spam().refuse(tx, community, card.memberId(), card.acceptedAt());
  }

  boolean shutsOut(Reading reading, Roster.Chat chat, long memberId) {
    long community = chat.communityId().orElseThrow();
    return rules.bans().find(reading, community, memberId, clock.instant()).isPresent();
  }

  private Screening.Who who(Reading reading, Visitor visitor, boolean governs) {
    return who(reading, visitor.chat(), visitor.member().id(), governs);
  }

  private Screening.Who who(Reading reading, Roster.Chat chat, long memberId, boolean governs) {
    long community = chat.communityId().orElseThrow();
    return new Screening.Who(
        community,
        chat.id(),
        memberId,
        stores.roster().roles(reading, memberId, community),
        governs);
  }

  /**
   * What is to be said; those who are shut out hear it once in an hour.
   *
   * @param awaited they are shown that an answer is coming
   */
  Reply reply(Visitor visitor, Verdict.Closed verdict, boolean awaited) {
    return switch (verdict) {
      case Verdict.Banned banned -> {
        long community = visitor.chat().communityId().orElseThrow();
        long member = visitor.member().id();
        Instant now = clock.instant();
        boolean due =
            stores
                .database()
                .read(reading -> rules.bans().isToBeTold(reading, community, member, now));
        yield due || awaited
            ? new Reply(
                Optional.of(card(banned.ban(), now, visitor.language())),
                tx -> rules.bans().told(tx, community, member, now))
            : new Reply(Optional.empty(), tx -> {});
      }
      case Verdict.Spam(SpamRule rule) -> spam.reply(visitor, rule);
      case Verdict.PersonDenied denied -> told(visitor, denied);
      case Verdict.CommandDenied denied -> told(visitor, denied);
      case Verdict.ChatDenied denied -> told(visitor, denied);
      case Verdict.ModelDenied denied -> told(visitor, denied);
      case Verdict.SizeDenied denied -> told(visitor, denied);
      case Verdict.WordsDenied denied -> told(visitor, denied);
    };
  }

  private Reply told(Visitor visitor, Verdict.Closed verdict) {
    return new Reply(Optional.of(card(verdict, visitor.language())), tx -> {});
  }

  /** What a verdict is in words, as they stand on a card. */
  String words(Verdict.Closed verdict, Language language) {
    return words(card(verdict, language));
  }

  private Card card(Verdict.Closed verdict, Language language) {
    return switch (verdict) {
      case Verdict.Banned banned -> card(banned.ban(), clock.instant(), language);
      case Verdict.Spam(SpamRule rule) -> card(new Message.SpamTold(rule.pause()), language);
      case Verdict.PersonDenied denied -> card(new Message.PersonIsDenied(), language);
      case Verdict.CommandDenied denied ->
          card(new Message.CommandIsDenied(denied.command()), language);
      case Verdict.ChatDenied denied -> card(new Message.ChatIsDenied(), language);
      case Verdict.ModelDenied denied -> card(new Message.ModelIsDenied(), language);
      case Verdict.SizeDenied denied -> card(new Message.SizeIsDenied(denied.size()), language);
      case Verdict.WordsDenied denied -> card(new Message.WordsAreDenied(), language);
    };
  }

  private Card card(Message message, Language language) {
    return Card.of(messages.text(message, language));
  }

  private static String words(Card card) {
    return card.words().stream().map(Card.Paragraph::text).collect(Collectors.joining("\n"));
  }

  private Card card(Ban ban, Instant now, Language language) {
    Message howLong =
        ban.until()
            .<Message>map(until -> new Message.ShutOutUntil(Duration.between(now, until)))
            .orElseGet(Message.ShutOutForGood::new);
    List<Card.Paragraph> words = new ArrayList<>();
    words.add(new Card.Paragraph.Told(messages.text(howLong, language)));
    if (!ban.reason().isEmpty()) {
      words.add(new Card.Paragraph.Quoted(ban.reason()));
    }
    words.add(new Card.Paragraph.Told(messages.text(new Message.ShutOutHelp(), language)));
    return new Card(words, Optional.empty(), List.of());
  }

  /** Answers a press; a silent answer ends the waiting of those who have heard it already. */
  Ending refuse(Press press, Verdict.Closed verdict, PressAnswers answers) {
    Reply reply = reply(press.visitor(), verdict, false);
    String words = reply.card().map(Gate::words).orElse("");
    answers.answer(press, words, !words.isEmpty());
    return new Ending.Done(reply.rows());
  }
}
