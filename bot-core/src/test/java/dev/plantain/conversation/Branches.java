package dev.plantain.conversation;

import dev.plantain.media.Blob;
import dev.plantain.media.BlobId;
import dev.plantain.media.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** Branches for tests: by hand and by chance. */
final class Branches {
  private Branches() {}

  static Turn member(Part... parts) {
    return turn(Author.MEMBER, Optional.empty(), List.of(parts));
  }

  static Turn model(String model, Part... parts) {
    return turn(Author.MODEL, Optional.of(model), List.of(parts));
  }

  static Turn turn(Author author, Optional<String> model, List<Part> parts) {
    return new Turn(1, 1, Optional.empty(), author, model, false, parts, Instant.EPOCH);
  }

  static Turn withdrawn(Turn turn) {
    return new Turn(
        1, 1, Optional.empty(), turn.author(), turn.model(), true, turn.parts(), Instant.EPOCH);
  }

  static Part.Image image(int number, long bytes) {
    BlobId id = new BlobId("%064x".formatted(number));
    MediaType png = MediaType.ofMime("image/png").orElseThrow();
    return Part.Image.of(new Blob(id, png, bytes, 64, 64));
  }

  static Part.Image signed(Part.Image image, long characters) {
    return new Part.Image(image.blob(), token(characters));
  }

  static Optional<Part.Token> token(long characters) {
    return Optional.of(new Part.Token(new BlobId("%064x".formatted(characters)), characters));
  }

  /** A branch in which every picture and every token is another, ending with a member's turn. */
  static List<Turn> random(Random random) {
    List<Turn> branch = new ArrayList<>();
    int length = 1 + random.nextInt(12);
    for (int i = 0; i < length; i++) {
      boolean member = i == 0 || i == length - 1 || random.nextBoolean();
      List<Part> parts = parts(random, i, member);
      Turn turn =
          member
              ? turn(Author.MEMBER, Optional.empty(), parts)
              : turn(Author.MODEL, Optional.of(random.nextInt(4) == 0 ? "a" : "b"), parts);
      branch.add(random.nextInt(8) == 0 ? withdrawn(turn) : turn);
    }
    return branch;
  }

  private static List<Part> parts(Random random, int turn, boolean member) {
    List<Part> parts = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      int number = turn * 100 + i + 1;
      Optional<Part.Token> token =
          !member && random.nextBoolean() ? token(number) : Optional.empty();
      if (random.nextBoolean()) {
        Part.Image image = image(number, 1 + random.nextInt(3000));
        parts.add(new Part.Image(image.blob(), token));
      } else {
        parts.add(new Part.Text(random.nextInt(5) == 0 ? "" : words(random, number), token));
      }
    }
    return parts;
  }

  private static String words(Random random, int number) {
    return "word" + number + (random.nextBoolean() ? " 夜" : " x").repeat(random.nextInt(300));
  }

  static List<Part.Image> images(List<Content> contents) {
    return parts(contents).stream()
        .filter(Part.Image.class::isInstance)
        .map(Part.Image.class::cast)
        .toList();
  }

  static String words(List<Content> contents) {
    return parts(contents).stream()
        .filter(Part.Text.class::isInstance)
        .map(part -> ((Part.Text) part).words())
        .collect(Collectors.joining("\n"));
  }

  static List<Part> parts(List<Content> contents) {
    return contents.stream().flatMap(content -> content.parts().stream()).toList();
  }
}
