package dev.plantain.command;

import dev.plantain.conversation.Roster;
import dev.plantain.moderation.ApprovalRules;
import dev.plantain.moderation.ApprovalRules.Terms;
import dev.plantain.moderation.DutyChats;
import dev.plantain.moderation.DutyChats.Duty;
import dev.plantain.moderation.ModerationRules;
import dev.plantain.moderation.WordRules;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.Card.Tone;
import dev.plantain.quota.AmountNotation;
import dev.plantain.quota.Measure;
import dev.plantain.storage.Database;
import dev.plantain.storage.Reading;
import dev.plantain.text.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows moderators which requests wait for them, with buttons for what is chosen most. */
final class ApproveMenu {
  private static final int MOST_SIZES = 4;
  private static final int MOST_LISTED = 40;
  private static final long USUAL_PRICE = 100_000;
  private static final String PRESS = "run:" + ApproveCommand.NAME + ":";

  private final Database database;
  private final Roster roster;
  private final ApprovalRules rules;
  private final WordRules words;
  private final DutyChats duties;
  private final WaitingRequests waiting;
  private final List<String> sizes;
  private final WordLists wordLists;
  private final Deeds deeds;

  /**
   * @param sizes the labels of all that are offered
   */
  ApproveMenu(
      Database database,
      Roster roster,
      ModerationRules moderation,
      WaitingRequests waiting,
      List<String> sizes,
      WordLists wordLists,
      Deeds deeds) {
    this.database = database;
    this.roster = roster;
    this.rules = moderation.approval();
    this.words = moderation.heldWords();
    this.duties = moderation.duties();
    this.waiting = waiting;
    this.sizes = List.copyOf(sizes);
    this.wordLists = wordLists;
    this.deeds = deeds;
  }

  /**
   * What waits.
   *
   * @param said what was done before; empty where nothing was
   */
  Answer show(CommandCall call, String said) {
    return database.read(reading -> show(reading, call, said));
  }

  private Answer show(Reading reading, CommandCall call, String said) {
    long community = Deeds.community(call);
    Terms terms = rules.terms(reading, community);
    int flagged = words.all(reading, community).size();
    List<Paragraph> told = new ArrayList<>();
    if (!said.isEmpty()) {
      told.add(new Paragraph.Told(said));
    }
    told.add(new Paragraph.Told(String.join("\n", conditions(call, terms, flagged))));
    told.add(new Paragraph.Told(String.join("\n", circumstances(reading, call, terms))));
    told.add(new Paragraph.Told(deeds.text(call, new Message.ApproveHow())));
    return new Answer.Say(
        new Card(told, Optional.empty(), rows(reading, call, terms)), said, tx -> {});
  }

  private List<String> conditions(CommandCall call, Terms terms, int flagged) {
    if (terms.isEmpty() && flagged == 0) {
      return List.of(deeds.text(call, new Message.ApproveNone()));
    }
    List<Message> conditions = new ArrayList<>();
    if (terms.overQuota()) {
      conditions.add(new Message.ApproveOverQuota());
    }
    terms.sizes().stream().sorted().map(Message.ApproveSize::new).forEach(conditions::add);
    terms.newcomers().map(Message.ApproveNewcomers::new).ifPresent(conditions::add);
    if (flagged > 0) {
      conditions.add(new Message.ApproveWords(flagged));
    }
    terms
        .aboveMicroDollars()
        .map(price -> new Message.ApprovePrice(dollars(price)))
        .ifPresent(conditions::add);
    List<String> lines = new ArrayList<>();
    lines.add(deeds.text(call, new Message.ApproveTitle()));
    conditions.forEach(condition -> lines.add("• " + deeds.text(call, condition)));
    return lines;
  }

  private List<String> circumstances(Reading reading, CommandCall call, Terms terms) {
    long community = Deeds.community(call);
    List<Message> told = new ArrayList<>();
    told.add(new Message.ApproveTime(terms.time()));
    told.add(
        duties
            .find(reading, community, Duty.APPROVAL)
            .<Message>map(chat ->
                chat == call.chat().id()
                    ? new Message.ApproveThisChat()
                    : new Message.ApproveOtherChat())
            .orElseGet(Message.ApproveEachChat::new));
    int trusted = rules.trusted(reading, community).size();
    if (trusted > 0) {
      told.add(new Message.ApproveTrusted(trusted));
    }
    int held = waiting.count(reading, community);
    if (held > 0) {
      told.add(new Message.ApproveWaiting(held));
    }
    return told.stream().map(message -> deeds.text(call, message)).toList();
  }

  private List<List<Button>> rows(Reading reading, CommandCall call, Terms terms) {
    long price = terms.aboveMicroDollars().orElse(USUAL_PRICE);
    boolean here =
        duties
            .find(reading, Deeds.community(call), Duty.APPROVAL)
            .filter(chat -> chat == call.chat().id())
            .isPresent();
    return List.of(
        List.of(
            toggle(
                deeds.text(call, new Message.ButtonOverQuota()),
                "over-quota",
                "over-quota off",
                terms.overQuota()),
            toggle(
                deeds.text(call, new Message.ButtonNewcomers()),
                "newcomers " + Duration.ofDays(3).toDays() + "d",
                "newcomers off",
                terms.newcomers().isPresent())),
        sizes.stream()
            .skip(Math.max(0, sizes.size() - MOST_SIZES))
            .map(size ->
                toggle(size, "size " + size, "size " + size + " off", terms.sizes().contains(size)))
            .toList(),
        List.of(
            toggle(
                "> " + dollars(price),
                "price " + dollars(price),
                "price off",
                terms.aboveMicroDollars().isPresent()),
            toggle(deeds.text(call, new Message.ButtonCardsHere()), "here", "here off", here)));
  }

  private static Button toggle(String label, String on, String off, boolean is) {
    return new Button(
        is ? "✓ " + label : label, PRESS + (is ? off : on), is ? Tone.PRIMARY : Tone.PLAIN);
  }

  private static String dollars(long microDollars) {
    return AmountNotation.write(Measure.MICRO_DOLLARS, microDollars);
  }

  /** The flagged words. */
  Answer words(CommandCall call, String said) {
    List<String> all = database.read(reading -> words.all(reading, Deeds.community(call)));
    List<String> told = new ArrayList<>();
    if (!said.isEmpty()) {
      told.add(said);
    }
    told.add(
        deeds.text(
            call,
            all.isEmpty()
                ? new Message.ApproveNoWords()
                : new Message.ApproveWordList(all.size())));
    return new Answer.Say(wordLists.card(told, all), said, tx -> {});
  }

  /** Those who are trusted, with buttons that end it. */
  Answer trusted(CommandCall call, String said) {
    List<Roster.Member> all =
        database.read(reading ->
            rules.trusted(reading, Deeds.community(call)).stream()
                .map(id -> roster.member(reading, id))
                .toList());
    if (all.isEmpty()) {
      return deeds.list(
          call, List.of(new Message.ApproveNobodyTrusted()), List.of(), List.of(), said);
    }
    List<Button> buttons =
        all.stream()
            .limit(Deeds.MOST_BUTTONS)
            .map(member ->
                new Button(
                    "✖️ " + PictureSettings.shortened(member.name()),
                    PRESS + "trust member:" + member.id() + " off",
                    Tone.PLAIN))
            .toList();
    return deeds.list(
        call,
        List.of(new Message.ApproveTrustedList(all.size())),
        all.stream().limit(MOST_LISTED).map(Roster.Member::name).toList(),
        buttons,
        said);
  }
}
