package dev.plantain.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plantain.style.Style.Kind;
import dev.plantain.text.Language;
import dev.plantain.text.Messages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StylesTest {
  private static final Language DANISH = new Language("da");
  private static final Language CHINESE = new Language("zh");

  private final Styles styles = Styles.packaged();

  @Test
  void theTemplatesOfTheGuideAreThere() {
    assertThat(styles.all())
        .filteredOn(style -> style.kind() == Kind.MAKES)
        .extracting(Style::id)
        .containsExactly("photo", "sticker", "text", "product", "minimal", "comic");
    assertThat(styles.all())
        .filteredOn(style -> style.kind() == Kind.EDITS)
        .extracting(Style::id)
        .containsExactly("add", "remove", "change", "restyle", "combine", "keep");
  }

  @Test
  void everyTemplateOfEveryLanguageKeepsAllThatIsFilledIn() {
    for (Style style : styles.all()) {
      assertThat(style.texts()).containsOnlyKeys(Messages.load().languages());
      List<String> values =
          IntStream.range(0, style.slots().size()).mapToObj(slot -> "words" + slot).toList();
      for (Language language : Messages.load().languages()) {
        String filled = style.fill(language, values);
        assertThat(filled).as("%s in %s", style.id(), language).contains(values);
        assertThat(filled).doesNotContain("{", "}", "\n", " --", "|");
        assertThat(style.labels(language)).hasSameSizeAs(values).noneMatch(String::isBlank);
        assertThat(style.made(filled)).isTrue();
      }
    }
  }

  @Test
  void everyTextFitsWhereItIsShown() {
    for (Style style : styles.all()) {
      assertThat(("run:style:" + style.id()).length()).isLessThanOrEqualTo(64);
      for (Style.Text text : style.texts().values()) {
        assertThat(text.name()).hasSizeBetween(1, 20);
        assertThat(text.description()).hasSizeBetween(1, 70);
      }
    }
  }

  @Test
  void whatIsFilledInStaysAsItWasWritten() {
    String odd = "{light} $1 \\ {subject} {nothing}";

    String filled = style("photo").fill(Language.ENGLISH, List.of(odd, "here", "now"));

    assertThat(filled).contains("picture of " + odd + ".").contains("The light: now.");
  }

  @Test
  void wordsOfAnotherStyleAreNotTakenForThisOne() {
    String sticker = style("sticker").fill(DANISH, List.of("en\nkat"));

    assertThat(style("sticker").made(sticker)).isTrue();
    assertThat(style("photo").made(sticker)).isFalse();
    assertThat(style("sticker").made("en kat")).isFalse();
  }

  @Test
  void aStyleIsFoundByItsIdAndByItsNameInEveryLanguage() {
    assertThat(styles.find("Sticker")).contains(style("sticker"));
    assertThat(styles.find("KLISTERMÆRKE")).contains(style("sticker"));
    assertThat(styles.find("贴纸")).contains(style("sticker"));
    assertThat(styles.find("stick")).isEmpty();
  }

  @Test
  void theWordsAfterTheStyleAreTheRest() {
    assertThat(styles.begins(" sticker  a happy banana "))
        .contains(new Styles.Named(style("sticker"), "a happy banana"));
    assertThat(styles.begins("贴纸 香蕉")).contains(new Styles.Named(style("sticker"), "香蕉"));
    assertThat(styles.begins("comic")).contains(new Styles.Named(style("comic"), ""));
    assertThat(styles.begins("comical cats")).isEmpty();
    assertThat(styles.begins("")).isEmpty();
  }

  @Test
  void aSlipOfThePenSuggestsTheStyleThatWasMeant() {
    assertThat(styles.nearest("stiker")).contains(style("sticker"));
    assertThat(styles.nearest("porduct")).contains(style("product"));
    assertThat(styles.nearest("a")).isEmpty();
    assertThat(styles.nearest("watercolour")).isEmpty();
    assertThat(styles.nearest("x".repeat(8_000))).isEmpty();
  }

  @Test
  void aLanguageThatAStyleLacksIsServedInEnglish() throws IOException {
    Styles own =
        read("slots: [a]", "en: {name: N, description: D, template: 'T {a}', labels: {a: A}}");

    assertThat(own.all().getFirst().fill(CHINESE, List.of("x"))).isEqualTo("T x");
  }

  @Test
  void aFileWhoseTemplateLosesASlotIsRefusedWithTheReason() {
    String english = "en: {name: N, description: D, template: 'T {a}', labels: {a: A, b: B}}";

    assertThatThrownBy(() -> read("slots: [a, b]", english))
        .hasStackTraceContaining("The style own has the slots [a, b]")
        .hasStackTraceContaining("template in en has [a]");
  }

  @Test
  void aFileWithoutEnglishWithoutSlotsOrWithOneNameTwiceIsRefused() {
    String text = "{name: N, description: D, template: 'T {a}', labels: {a: A}}";

    assertThatThrownBy(() -> read("slots: [a]", "da: " + text))
        .hasStackTraceContaining("no text in English");
    assertThatThrownBy(() -> read("slots: []", "en: " + text)).hasStackTraceContaining("no slot");
    assertThatThrownBy(() -> read("slotz: [a]", "en: " + text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be read at line");
    assertThatThrownBy(() -> read("slots: [a]", "en: " + text + other("other", text)))
        .hasStackTraceContaining("two by the name of N");
    assertThatThrownBy(() -> read("slots: [a]", "en: " + text + other("own", text)))
        .hasStackTraceContaining("two by the name of own");
  }

  private static String other(String id, String text) {
    return "\n  - {id: " + id + ", kind: makes, slots: [a], texts: {en: " + text + "}}";
  }

  private Style style(String id) {
    return styles.find(id).orElseThrow();
  }

  private static Styles read(String slots, String text) throws IOException {
    String yaml =
        """
        styles:
          - id: own
            kind: makes
            %s
            texts:
              %s
        """
            .formatted(slots, text);
    return Styles.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private static final String OWN =
      """
      styles:
        - id: sticker
          kind: makes
          slots: [subject]
          texts:
            en:
              name: Sticker
              description: Ours
              template: "A sticker of our own: {subject}"
              labels: {subject: what}
        - id: banner
          kind: makes
          slots: [subject]
          texts:
            en:
              name: %s
              description: Wide
              template: "A banner of {subject}"
              labels: {subject: what}
      """;

  @Test
  void aFileOfTheOperatorsReplacesWhatHasItsIdAndAddsTheRest(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("own.yaml"), OWN.formatted("Banner"));

    Styles all = Styles.with(file);

    assertThat(all.all()).hasSize(styles.all().size() + 1);
    assertThat(all.all()).extracting(Style::id).startsWith("photo", "sticker").endsWith("banner");
    assertThat(all.find("sticker").orElseThrow().fill(DANISH, List.of("a cat")))
        .isEqualTo("A sticker of our own: a cat");
    assertThat(all.find("klistermærke")).isEmpty();
    assertThat(all.find("BANNER")).isPresent();
    assertThat(Styles.packaged().find("klistermærke")).isPresent();
  }

  @Test
  void aFileOfTheOperatorsThatIsNoneIsNamedWithWhatIsWrong(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("own.yaml");
    assertThatThrownBy(() -> Styles.with(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no file " + file + ".");
    Files.writeString(file, "styles:\n  - id: [");
    assertThatThrownBy(() -> Styles.with(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("line 2");
    Files.writeString(file, "- nothing");
    assertThatThrownBy(() -> Styles.with(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString());
    Files.writeString(file, "");
    assertThatThrownBy(() -> Styles.with(file)).isInstanceOf(IllegalArgumentException.class);
    Files.writeString(file, OWN.formatted("Comic"));
    assertThatThrownBy(() -> Styles.with(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two by the name of Comic");
    assertThatThrownBy(() -> Styles.with(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be read");
  }
}
