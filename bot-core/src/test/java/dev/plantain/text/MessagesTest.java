package dev.plantain.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesTest {
  private static final Language DANISH = new Language("da");
  private static final Language CHINESE = new Language("zh");
  private static final Messages MESSAGES = Messages.load();

  @ParameterizedTest
  @CsvSource({
    "en, 1, 🎨 In the queue: one picture is before yours.",
    "en, 0, 🎨 In the queue: 0 pictures are before yours.",
    "en, 1200, '🎨 In the queue: 1,200 pictures are before yours.'",
    "da, 1, 🎨 I køen: ét billede er før dit.",
    "da, 1200, 🎨 I køen: 1.200 billeder er før dit.",
    "zh, 1, 🎨 排队中：前面还有 1 张图片。"
  })
  void theNumberChoosesThePluralFormOfTheLanguage(String language, int count, String text) {
    assertThat(MESSAGES.text(new Message.CardQueued(count), new Language(language)))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "ru, 1, ONE", "ru, 21, ONE", "ru, 11, MANY", "ru, 3, FEW", "ru, 13, MANY", "ru, 5, MANY",
    "pl, 1, ONE", "pl, 21, MANY", "pl, 22, FEW", "pl, 12, MANY", "de, 1, ONE", "ja, 1, OTHER"
  })
  void furtherLanguagesHaveTheFormsOfCldr(String language, int count, PluralForm form) {
    assertThat(PluralForm.of(new Language(language), count)).isEqualTo(form);
    assertThat(PluralForm.of(new Language(language))).contains(form);
  }

  @Test
  void aLanguageWithoutPluralRuleIsRefused() throws IOException {
    List<Bundle> bundles =
        List.of(bundle("en", "card-accepted=Yes"), bundle("ar", "card-accepted=نعم"));

    assertThatThrownBy(() -> Messages.of(bundles))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("plural rule for the language ar");
  }

  @ParameterizedTest
  @CsvSource({
    "da-DK, da",
    "DA, da",
    "da_DK, da",
    "zh-hans, zh",
    "zh-CN, zh",
    "zh-TW, zh",
    "en-GB, en"
  })
  void theLanguageOfATagIsFoundWithoutItsRegion(String tag, String code) {
    assertThat(MESSAGES.find(tag)).contains(new Language(code));
  }

  @ParameterizedTest
  @CsvSource({"xx", "''", "danish-language-of-denmark", "../../en", "d"})
  void aTagOfNoLanguageOfOursFindsNone(String tag) {
    assertThat(MESSAGES.find(tag)).isEmpty();
  }

  @Test
  void theMembersLanguageGoesBeforeTheChatsAndEnglishIsTheLast() {
    assertThat(MESSAGES.choose(List.of("zh-CN", "da"))).isEqualTo(CHINESE);
    assertThat(MESSAGES.choose(List.of("tlh", "da"))).isEqualTo(DANISH);
    assertThat(MESSAGES.choose(List.of("tlh"))).isEqualTo(Language.ENGLISH);
    assertThat(MESSAGES.choose(List.of())).isEqualTo(Language.ENGLISH);
  }

  @Test
  void aValueIsNeverTakenForAPlaceholder() throws IOException {
    Messages messages = Messages.of(List.of(bundle("en", "about={amount}, isn't '{amount}' $1?")));

    assertThat(messages.text(new Message.About("{amount} \\ $0"), Language.ENGLISH))
        .isEqualTo("{amount} \\ $0, isn't '{amount} \\ $0' $1?");
  }

  @Test
  void whatALanguageLacksIsSaidInEnglish() throws IOException {
    Messages messages =
        Messages.of(
            List.of(
                bundle("en", "card-queued.one=one\ncard-queued.other={count}"), bundle("zh", "")));

    assertThat(messages.text(new Message.CardQueued(1), CHINESE)).isEqualTo("one");
  }

  @Test
  void aTextThatIsMissingEverywhereIsAFaultThatNamesIt() throws IOException {
    Messages messages = Messages.of(List.of(bundle("en", "card-queued.one=one")));

    assertThatThrownBy(() -> messages.text(new Message.CardQueued(2), DANISH))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the text card-queued.other is missing in the language en");
  }

  @Test
  void aPlaceholderWithoutValueIsAFaultThatNamesIt() throws IOException {
    Messages messages = Messages.of(List.of(bundle("en", "card-accepted=Hello {name}")));

    assertThatThrownBy(() -> messages.text(new Message.CardAccepted(), Language.ENGLISH))
        .hasMessageContainingAll("card-accepted", "language en", "name");
  }

  @ParameterizedTest
  @CsvSource({
    "a=1\\na=2, stands twice",
    "a=, has no text",
    "a={b, a brace",
    "a=b}, a brace",
    "a={}, a brace",
    "a={b c}, a brace"
  })
  void aMistakenBundleIsRefusedWithTheKeyAndTheLanguage(String lines, String mistake) {
    assertThatThrownBy(() -> bundle("da", lines.replace("\\n", "\n")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("the text a of the language da", mistake);
  }

  @Test
  void englishIsAlwaysThere() {
    assertThatThrownBy(() -> Messages.of(List.of(bundle("da", "a=b"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("language en");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, about 1 second, 约 1 秒",
    "PT1S, 1 second, 1 秒",
    "PT3.2S, about 4 seconds, 约 4 秒",
    "PT40S, 40 seconds, 40 秒",
    "PT38S, about 40 seconds, 约 40 秒",
    "PT90S, 90 seconds, 90 秒",
    "PT91S, about 2 minutes, 约 2 分钟",
    "PT2M, 2 minutes, 2 分钟",
    "PT2H, 2 hours, 2 小时",
    "PT30H1S, about 31 hours, 约 31 小时",
    "P7D, 7 days, 7 天"
  })
  void aSpanOfTimeIsSaidInOneUnit(Duration span, String english, String chinese) {
    assertThat(MESSAGES.inWords(span, Language.ENGLISH)).isEqualTo(english);
    assertThat(MESSAGES.inWords(span, CHINESE)).isEqualTo(chinese);
  }

  @ParameterizedTest
  @CsvSource({
    "en, 0, 0 B",
    "en, 999, 999 B",
    "en, 1001, 2 kB",
    "en, 20000000, 20 MB",
    "en, 1500000, 1.5 MB",
    "da, 1500000, '1,5 MB'",
    "en, 2340000000, 2.3 GB"
  })
  void bytesAreSaidInTheLargestFittingUnit(String language, long bytes, String text) {
    assertThat(Quantities.bytes(bytes, new Language(language))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"en, 'November 21, 2026'", "da, 21. november 2026", "zh, 2026年11月21日"})
  void aDayIsSaidAsTheLanguageSaysIt(String language, String text) {
    Instant instant = Instant.parse("2026-11-21T23:59:59Z");

    assertThat(Quantities.date(instant, new Language(language))).isEqualTo(text);
  }

  @Test
  void aLanguageCallsItselfByItsOwnName() {
    assertThat(DANISH.ownName()).isEqualTo("dansk");
    assertThat(CHINESE.ownName()).isEqualTo("中文");
  }

  private static Bundle bundle(String language, String lines) throws IOException {
    return Bundle.read(new Language(language), new StringReader(lines));
  }
}
