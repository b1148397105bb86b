package dev.plantain.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.platform.Card.Paragraph;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;

class CardTextTest {

  @Test
  void aQuotationIsMarkedByItsOffsetInUtf16() {
    CardText text =
        CardText.of(
            List.of(new Paragraph.Told("🌙 Done:"), new Paragraph.Quoted("<b>*night*</b>")), 100);

    assertThat(text.text()).isEqualTo("🌙 Done:\n<b>*night*</b>");
    assertThat(text.entities()).containsExactly(new MessageEntity("blockquote", 9, 14));
  }

  @Test
  void aLongQuotationCanBeFolded() {
    assertThat(CardText.of(List.of(new Paragraph.Quoted("word ".repeat(100))), 4096).entities())
        .extracting(MessageEntity::getType)
        .containsExactly("expandable_blockquote");
    assertThat(CardText.of(List.of(new Paragraph.Quoted("a\n".repeat(8))), 4096).entities())
        .extracting(MessageEntity::getType)
        .containsExactly("expandable_blockquote");
  }

  @Test
  void aQuotationIsCutBeforeOurOwnWordsAre() {
    CardText text =
        CardText.of(
            List.of(
                new Paragraph.Told("Working"),
                new Paragraph.Quoted("x".repeat(50)),
                new Paragraph.Told("Position 3")),
            40);

    assertThat(text.text()).isEqualTo("Working\n" + "x".repeat(20) + "…\nPosition 3");
    assertThat(text.entities()).containsExactly(new MessageEntity("blockquote", 8, 21));
  }

  @Test
  void ourOwnWordsAreCutWhenNothingElseIsLeft() {
    assertThat(CardText.of(List.of(new Paragraph.Told("x".repeat(50))), 10).text())
        .isEqualTo("xxxxxxxxx…");
  }

  @Test
  void aMentionInAQuotationIsNoLongerOneAndAnAddressStays() {
    assertThat(CardText.of(List.of(new Paragraph.Quoted("hi @bob, a@b.dk @ x")), 100).text())
        .isEqualTo("hi @\u2060bob, a@b.dk @ x");
  }

  @Test
  void paragraphsThatShowNothingAreLeftOut() {
    CardText text =
        CardText.of(
            List.of(
                new Paragraph.Told(" "), new Paragraph.Quoted("\u200b"), new Paragraph.Told("a")),
            100);

    assertThat(text.text()).isEqualTo("a");
    assertThat(text.entities()).isEmpty();
  }

  @Test
  void aQuotationPingsNobodyAndOurWordsMay() {
    assertThat(
            CardText.of(List.of(new Paragraph.Told("@plan_bot"), new Paragraph.Quoted("@bob")), 100)
                .text())
        .isEqualTo("@plan_bot\n@\u2060bob");
  }

  @Test
  void noLimitIsEverExceededAndEveryQuotationLiesWithinTheText() {
    Random random = new Random(7);
    for (int round = 0; round < 1_000; round++) {
      List<Paragraph> words =
          Stream.generate(
                  () -> {
                    String text = "ab 🌙\u2067".repeat(random.nextInt(6));
                    return random.nextBoolean()
                        ? (Paragraph) new Paragraph.Told(text)
                        : new Paragraph.Quoted(text);
                  })
              .limit(random.nextInt(8))
              .toList();
      int most = 1 + random.nextInt(60);

      CardText text = CardText.of(words, most);

      assertThat(text.text().length()).isLessThanOrEqualTo(most);
      for (MessageEntity entity : text.entities()) {
        assertThat(entity.getLength()).isPositive();
        assertThat(entity.getOffset() + entity.getLength())
            .isLessThanOrEqualTo(text.text().length());
      }
    }
  }
}
