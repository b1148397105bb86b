package dev.plantain.command;

import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.Card.Tone;
import dev.plantain.quota.Allowances;
import dev.plantain.quota.Rule;
import dev.plantain.quota.Scope;
import dev.plantain.storage.Reading;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of a community with what moderators often choose. */
final class LimitMenu {
  static final List<String> PRESETS =
      List.of("5/day", "10/day", "20/day", "50/day", "200/day", "5 USD/month", "20 USD/month");

  private static final int IN_A_ROW = 4;

  private final Allowances allowances;
  private final RuleWords words;
  private final Messages messages;

  LimitMenu(Allowances allowances, RuleWords words, Messages messages) {
    this.allowances = allowances;
    this.words = words;
    this.messages = messages;
  }

  /**
   * @param scope for which amounts are offered; without it, the scopes are
   * @param said what has just been done
   */
  Card card(Reading reading, CommandCall call, Optional<Scope> scope, Optional<Message> said) {
    List<Paragraph> paragraphs = new ArrayList<>();
    said.map(message -> messages.text(message, call.language()))
        .map(Paragraph.Told::new)
        .ifPresent(paragraphs::add);
    List<Rule> rules = allowances.ofCommunity(reading, call.chat().communityId().orElseThrow());
    List<String> lines =
        rules.stream().map(rule -> "• " + words.line(reading, call, rule)).toList();
    paragraphs.add(
        new Paragraph.Told(
            lines.isEmpty()
                ? messages.text(new Message.LimitsNone(), call.language())
                : messages.text(new Message.LimitsTitle(), call.language())
                    + "\n"
                    + String.join("\n", lines)));
    paragraphs.add(new Paragraph.Told(messages.text(new Message.LimitHowTo(), call.language())));
    List<List<Button>> rows = new ArrayList<>();
    Optional<String> word = scope.flatMap(LimitMenu::word);
    word.ifPresent(of -> rows.addAll(amounts(call, of)));
    rows.add(
        List.of(
            scopeButton(call, "members", new Message.ScopeMembers(), word),
            scopeButton(call, "chat", new Message.ScopeChat(), word),
            scopeButton(call, "community", new Message.ScopeCommunity(), word)));
    return new Card(paragraphs, Optional.empty(), rows);
  }

  private static Optional<String> word(Scope scope) {
    return switch (scope) {
      case Scope.Members(long id) -> Optional.of("members");
      case Scope.Chat(long community, long id) -> Optional.of("chat");
      case Scope.Community(long id) -> Optional.of("community");
      case Scope.Deployment() -> Optional.empty();
      case Scope.Platform(String name) -> Optional.empty();
      case Scope.Role(long id, String role) -> Optional.empty();
      case Scope.Member(long id, long member) -> Optional.empty();
    };
  }

  private List<List<Button>> amounts(CommandCall call, String word) {
    List<Button> buttons = new ArrayList<>();
    PRESETS.forEach(
        amount -> buttons.add(new Button(amount, "run:limit:" + word + " " + amount, Tone.PLAIN)));
    buttons.add(
        new Button(
            messages.text(new Message.ButtonNoLimit(), call.language()),
            "run:limit:" + word + " off",
            Tone.DANGER));
    List<List<Button>> rows = new ArrayList<>();
    for (int i = 0; i < buttons.size(); i += IN_A_ROW) {
      rows.add(buttons.subList(i, Math.min(buttons.size(), i + IN_A_ROW)));
    }
    return rows;
  }

  private Button scopeButton(
      CommandCall call, String word, Message label, Optional<String> chosen) {
    boolean is = chosen.filter(word::equals).isPresent();
    String text = messages.text(label, call.language());
    return new Button(
        is ? "✓ " + text : text, "run:limit:menu " + word, is ? Tone.PRIMARY : Tone.PLAIN);
  }
}
