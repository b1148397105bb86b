package dev.plantain.command;

import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Button;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.Card.Tone;
import dev.plantain.platform.CommandSpec.Suggestion;
import dev.plantain.platform.Sender;
import dev.plantain.style.Style;
import dev.plantain.style.Styles;
import dev.plantain.text.Language;
import dev.plantain.text.Message;
import dev.plantain.text.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks for a picture by a template, or shows the templates. */
final class StyleCommand implements Command {
  private static final String STYLE = "style";
  private static final int BUTTONS_IN_ROW = 3;

  private final Styles styles;
  private final StyledWords styled;
  private final PictureFields fields;
  private final Messages messages;

  StyleCommand(Styles styles, PictureFields fields, Messages messages) {
    this.styles = styles;
    this.styled = new StyledWords(styles);
    this.fields = fields;
    this.messages = messages;
  }

  @Override
  public String name() {
    return STYLE;
  }

  @Override
  public Message localName() {
    return new Message.NameStyle();
  }

  @Override
  public Message description() {
    return new Message.DescribeStyle();
  }

  @Override
  public List<Field> fields() {
    Field style =
        Field.choice(
            STYLE,
            new Message.NameStyle(),
            new Message.FieldStyle(),
            (place, sender, given) -> suggestions(sender));
    return Stream.concat(Stream.of(style), fields.fields().stream()).toList();
  }

  private List<Suggestion> suggestions(Sender sender) {
    Language language = messages.choose(sender.language().stream().toList());
    return styles.all().stream()
        .map(style -> new Suggestion(style.id(), line(style, language)))
        .toList();
  }

  @Override
  public String asWords(String words, Map<String, String> options) {
    String request = PictureFields.asWords(words, options);
    return (options.getOrDefault(STYLE, "") + " " + request).strip();
  }

  @Override
  public Answer run(CommandCall call) {
    String written = call.arguments().strip();
    Language language = call.language();
    if (written.isEmpty()) {
      return menu(list(language));
    }
    Optional<Styles.Named> named = styles.begins(written);
    if (named.isEmpty()) {
      String first = written.split("\\s+", 2)[0];
      String why = messages.text(styled.unknown(first, language), language);
      return new Answer.Say(Card.of(why), why, tx -> {});
    }
    Style style = named.get().style();
    if (RequestWords.parse(named.get().rest()).words().isEmpty()) {
      return menu(explanation(style, language));
    }
    boolean fresh = style.kind() == Style.Kind.MAKES && call.about().isEmpty();
    return new Answer.Picture(
        fresh, Optional.of(named.get().rest() + " --" + STYLE + " " + style.id()));
  }

  private static Answer menu(Card card) {
    return new Answer.Say(card, "", tx -> {});
  }

  private Card list(Language language) {
    List<List<Button>> rows = new ArrayList<>();
    List<Button> row = new ArrayList<>();
    for (Style style : styles.all()) {
      row.add(button(style.in(language).name(), style.id()));
      if (row.size() == BUTTONS_IN_ROW) {
        rows.add(row);
        row = new ArrayList<>();
      }
    }
    if (!row.isEmpty()) {
      rows.add(row);
    }
    String lines =
        styles.all().stream().map(style -> line(style, language)).collect(Collectors.joining("\n"));
    String title = messages.text(new Message.MenuStyles(), language);
    return new Card(
        List.of(new Paragraph.Told(title), new Paragraph.Told(lines)), Optional.empty(), rows);
  }

  private Card explanation(Style style, Language language) {
    Style.Text text = style.in(language);
    String how = StyledWords.how(style, language);
    Message told =
        switch (style.kind()) {
          case MAKES -> new Message.StyleHow(text.name(), text.description(), how);
          case EDITS -> new Message.StyleHowEdit(text.name(), text.description(), how);
        };
    String all = messages.text(new Message.ButtonStyles(), language);
    return new Card(
        List.of(
            new Paragraph.Told(messages.text(told, language)),
            new Paragraph.Quoted(StyledWords.sample(style, language))),
        Optional.empty(),
        List.of(List.of(button(all, ""))));
  }

  private static Button button(String label, String arguments) {
    return new Button(label, "run:" + STYLE + ":" + arguments, Tone.PLAIN);
  }

  private static String line(Style style, Language language) {
    return style.in(language).name() + " – " + style.in(language).description();
  }
}
