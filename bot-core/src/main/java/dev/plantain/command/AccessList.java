package dev.plantain.command;

import dev.plantain.moderation.Access.Effect;
import dev.plantain.moderation.Access.Kind;
import dev.plantain.moderation.Access.Rule;
import dev.plantain.moderation.AccessRules;
import dev.plantain.moderation.WordRules;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Tone;
import dev.plantain.storage.Database;
import dev.plantain.text.Message;
import java.util.ArrayList;
import java.util.List;

/** Shows moderators what is closed, with buttons that open it again. */
final class AccessList {
  private static final int MOST_LISTED = 40;

  /** Characters that every platform shows in one message, with room for what we say ourselves. */
  private static final int LONGEST_LABEL = 30;

  private final Database database;
  private final AccessRules access;
  private final WordRules words;
  private final WordLists wordLists;
  private final Deeds deeds;

  AccessList(
      Database database, AccessRules access, WordRules words, WordLists wordLists, Deeds deeds) {
    this.database = database;
    this.access = access;
    this.words = words;
    this.wordLists = wordLists;
    this.deeds = deeds;
  }

  /** As it is written behind {@code /allow} or {@code /deny}, seen from a chat. */
  static String written(Rule rule, long here) {
    String effect = rule.effect() == Effect.DENIED ? "deny" : "only";
    if (rule.kind() == Kind.CHAT) {
      boolean isHere = rule.value().equals(Long.toString(here));
      return effect + " chat " + (isHere ? "(this one)" : "(no. " + rule.value() + ")");
    }
    String where =
        rule.chatId() == AccessRules.EVERYWHERE
            ? " everywhere"
            : rule.chatId() == here ? "" : " (in chat no. " + rule.chatId() + ")";
    return effect + " " + rule.kind().word() + " " + rule.name() + where;
  }

  /**
   * All rules of the community, those that hold here first.
   *
   * @param first what was done before, if anything was
   */
  Answer rules(CommandCall call, List<Message> first) {
    long here = call.chat().id();
    List<Rule> all =
        database.read(reading -> access.all(reading, Deeds.community(call))).stream()
            .sorted((one, other) -> Boolean.compare(holds(other, here), holds(one, here)))
            .toList();
    long forbidden = database.read(reading -> words.all(reading, Deeds.community(call)).size());
    List<Message> told = new ArrayList<>(first);
    told.add(all.isEmpty() ? new Message.NothingIsDenied() : new Message.DeniedThings(all.size()));
    if (forbidden > 0) {
      told.add(new Message.ForbiddenWordsToo(Math.toIntExact(forbidden)));
    }
    List<String> lines = all.stream().limit(MOST_LISTED).map(rule -> written(rule, here)).toList();
    List<Button> buttons =
        all.stream()
            .limit(Deeds.MOST_BUTTONS)
            .map(rule ->
                new Button(
                    label("✖️ " + written(rule, here)), "run:allow:#" + rule.id(), Tone.PLAIN))
            .toList();
    String note = first.isEmpty() ? "" : deeds.text(call, first.getFirst());
    return deeds.list(call, told, lines, buttons, note);
  }

  private static boolean holds(Rule rule, long here) {
    return rule.chatId() == AccessRules.EVERYWHERE || rule.chatId() == here;
  }

  Answer words(CommandCall call, List<Message> first) {
    List<String> all = database.read(reading -> words.all(reading, Deeds.community(call)));
    List<Message> told = new ArrayList<>(first);
    told.add(
        all.isEmpty() ? new Message.NoForbiddenWords() : new Message.ForbiddenWords(all.size()));
    List<String> texts = told.stream().map(message -> deeds.text(call, message)).toList();
    return new Answer.Say(wordLists.card(texts, all), "", tx -> {});
  }

  private static String label(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_LABEL
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_LABEL - 1)) + "…";
  }
}
