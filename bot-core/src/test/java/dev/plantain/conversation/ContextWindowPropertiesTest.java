package dev.plantain.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plantain.conversation.ContextWindow.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What holds for every branch and every limit. */
class ContextWindowPropertiesTest {
  private static final int CASES = 1000;
  private static final String MODEL = "b";
  private static final String INSTEAD = "[earlier picture]";
  private static final int TOKENS_OF_IMAGE = 1120;

  private record Case(List<Turn> branch, Limits limits) {
    List<Content> window() {
      return new ContextWindow(limits, MODEL, INSTEAD).of(branch);
    }
  }

  @Test
  void authorsAlternateAndTheMemberBeginsAndEnds() {
    everywhere((it, contents) -> {
      assertThat(contents.size() % 2).isEqualTo(1);
      for (int i = 0; i < contents.size(); i++) {
        assertThat(contents.get(i).author()).isEqualTo(i % 2 == 0 ? Author.MEMBER : Author.MODEL);
        assertThat(contents.get(i).parts()).isNotEmpty();
      }
    });
  }

  @Test
  void limitsHoldButForTheNewestPictureAlone() {
    everywhere((it, contents) -> {
      List<Part.Image> images = Branches.images(contents);
      long tokens =
          Branches.parts(contents).stream()
              .mapToLong(part -> part.token().map(Part.Token::characters).orElse(0L))
              .sum();
      long bytes =
          tokens + images.stream().mapToLong(image -> (image.blob().bytes() + 2) / 3 * 4).sum();
      assertThat(images.size()).isLessThanOrEqualTo(it.limits().maxImages());
      if (images.size() > 1) {
        assertThat(bytes).isLessThanOrEqualTo(it.limits().maxBytes());
        assertThat(images.size() * TOKENS_OF_IMAGE).isLessThanOrEqualTo(it.limits().maxTokens());
      } else if (bytes > it.limits().maxBytes()) {
        assertThat(tokens).isZero();
      }
    });
  }

  @Test
  void theNewestPictureIsAlwaysThere() {
    everywhere((it, contents) -> {
      List<Part.Image> all = it.branch().stream().flatMap(turn -> turn.images().stream()).toList();
      List<Part.Image> root = it.branch().getFirst().images();
      if (!all.isEmpty()) {
        Part.Image newest = all.size() == root.size() ? root.getFirst() : all.getLast();
        assertThat(Branches.images(contents)).extracting(Part.Image::blob).contains(newest.blob());
      }
    });
  }

  @Test
  void aPictureBehindTheRootIsOnlyGivenWhenAllNewerOnesAre() {
    everywhere((it, contents) -> {
      List<Part.Image> given = Branches.images(contents);
      List<Boolean> between = new ArrayList<>();
      for (Turn turn : it.branch().subList(1, it.branch().size())) {
        turn.images().forEach(image -> between.add(holds(given, image)));
      }
      assertThat(between).isSorted();
    });
  }

  @Test
  void nothingIsMadeUpAndTheOrderStays() {
    everywhere((it, contents) -> {
      List<String> order =
          it.branch().stream()
              .flatMap(turn -> turn.parts().stream())
              .map(ContextWindowPropertiesTest::name)
              .filter(name -> !name.isEmpty())
              .toList();
      List<String> given =
          Branches.parts(contents).stream()
              .map(ContextWindowPropertiesTest::name)
              .filter(name -> !name.isEmpty() && !name.equals(INSTEAD) && !name.equals("…"))
              .toList();
      if (!given.isEmpty()) {
        assertThat(order).containsSubsequence(given);
      }
    });
  }

  @Test
  void wordsOfTheRootAndTheLastTurnStayAndOthersGoFromTheOldest() {
    everywhere((it, contents) -> {
      String given = "\n" + Branches.words(contents) + "\n";
      List<Boolean> between = new ArrayList<>();
      for (int i = 0; i < it.branch().size(); i++) {
        Turn turn = it.branch().get(i);
        boolean last = i == it.branch().size() - 1;
        for (Part part : turn.parts()) {
          if (part instanceof Part.Text text && !text.words().isEmpty()) {
            boolean there = given.contains("\n" + text.words() + "\n");
            if (turn.withdrawn() && !last) {
              assertThat(there).isFalse();
            } else if (i == 0 || last) {
              assertThat(there).isTrue();
            } else {
              between.add(there);
            }
          }
        }
      }
      assertThat(between).isSorted();
      if (it.limits().maxTokens() > 100_000) {
        assertThat(between).doesNotContain(false);
      }
    });
  }

  @Test
  void aTokenIsOnlyOnThePartItCameWithAndOnlyWhereTheAskedModelMadeIt() {
    everywhere((it, contents) -> {
      Map<Part.Token, Part> cameWith = new HashMap<>();
      Map<Part.Token, Turn> madeBy = new HashMap<>();
      for (Turn turn : it.branch()) {
        for (Part part : turn.parts()) {
          part.token().ifPresent(token -> cameWith.put(token, part));
          part.token().ifPresent(token -> madeBy.put(token, turn));
        }
      }
      for (Part part : Branches.parts(contents)) {
        part.token()
            .ifPresent(token -> {
              assertThat(part).isEqualTo(cameWith.get(token));
              assertThat(madeBy.get(token)).extracting(Turn::model).isEqualTo(Optional.of(MODEL));
            });
      }
    });
  }

  @Test
  void whatWasChosenOnceIsChosenAgain() {
    everywhere((it, contents) -> {
      List<Turn> again =
          contents.stream()
              .map(content ->
                  Branches.turn(
                      content.author(),
                      content.author() == Author.MODEL ? Optional.of(MODEL) : Optional.empty(),
                      content.parts()))
              .toList();
      assertThat(new Case(again, it.limits()).window()).isEqualTo(contents);
    });
  }

  private static void everywhere(BiConsumer<Case, List<Content>> property) {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      List<Turn> branch = Branches.random(random);
      Limits limits =
          new Limits(
              1 + random.nextInt(8),
              random.nextBoolean() ? 100_000_000 : 1 + random.nextInt(20_000),
              random.nextBoolean() ? 10_000_000 : 1 + random.nextInt(8_000),
              random.nextInt(4));
      Case it = new Case(branch, limits);
      try {
        property.accept(it, it.window());
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ", " + limits, e);
      }
    }
  }

  private static boolean holds(List<Part.Image> given, Part.Image image) {
    return given.stream().anyMatch(part -> part.blob().equals(image.blob()));
  }

  private static String name(Part part) {
    return switch (part) {
      case Part.Text text -> text.words();
      case Part.Image image -> image.blob().id().sha256();
    };
  }
}
