package dev.plantain.conversation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Chooses what a model is given of a branch (rule 3 of a conversation): the words, the newest
 * picture, the pictures of the root, and as many of the pictures between as fit, newer ones first.
 * Pure.
 *
 * <p>The newest picture is given even where it alone exceeds the limits, and so are the words of
 * the root and of the last turn: without them there is nothing to ask. Where room is short, the
 * first to go are the pictures between, the oldest first; then the provider's tokens, as far as the
 * pictures of the root need their bytes; then the words between, the oldest first.
 */
public final class ContextWindow {

  /**
   * What a request may hold.
   *
   * @param maxImages pictures
   * @param maxBytes bytes of pictures and tokens as they go over the wire
   * @param maxTokens tokens, estimated
   * @param maxSignedTurns how many of a model's last turns keep the provider's tokens, each of
   *     which can be larger than its picture
   */
  public record Limits(int maxImages, long maxBytes, int maxTokens, int maxSignedTurns) {
    public Limits {
      if (maxImages < 1 || maxBytes < 1 || maxTokens < 1 || maxSignedTurns < 0) {
        throw new IllegalArgumentException("limits must be positive");
      }
    }
  }

  /** Stands for a side whose words were all left out, as authors have to alternate. */
  private static final String NOTHING_LEFT = "…";

  /**
   * Documented for the 3.x family as the price of a picture in a prompt; words are counted
   * generously.
   */
  private static final int TOKENS_OF_IMAGE = 1120;

  private final Limits limits;
  private final String model;
  private final String insteadOfImage;

  /**
   * @param model the id of the model that is asked: tokens of any other are left out
   * @param insteadOfImage stands in the place of a picture that was left out
   */
  public ContextWindow(Limits limits, String model, String insteadOfImage) {
    this.limits = limits;
    this.model = model;
    this.insteadOfImage = insteadOfImage;
  }

  /** One part of one turn. */
  private record Place(int turn, int part) {}

  /**
   * What was chosen; {@code firstWords} is the first turn behind the root whose words are given.
   */
  private record Choice(Set<Place> images, int firstSigned, int firstWords) {}

  /**
   * Returns alternating authors, beginning and ending with the member.
   *
   * @param branch the root first, the member's turn to be answered last
   */
  public List<Content> of(List<Turn> branch) {
    if (branch.isEmpty() || branch.getLast().author() != Author.MEMBER) {
      throw new IllegalArgumentException("a branch ends with a member's turn");
    }
    Choice choice = choose(branch);
    List<Content> contents = new ArrayList<>();
    for (int i = 0; i < branch.size(); i++) {
      append(contents, branch.get(i).author(), parts(branch, i, choice));
    }
    if (contents.isEmpty() || contents.getFirst().author() != Author.MEMBER) {
      contents.addFirst(new Content(Author.MEMBER, List.of(Part.Text.of(NOTHING_LEFT))));
    }
    if (contents.getLast().author() != Author.MEMBER) {
      contents.addLast(new Content(Author.MEMBER, List.of(Part.Text.of(NOTHING_LEFT))));
    }
    return contents;
  }

  private Choice choose(List<Turn> branch) {
    List<Place> mandatory = mandatory(branch);
    int firstSigned = firstSigned(branch);
    while (firstSigned < branch.size() && !fit(branch, mandatory, firstSigned)) {
      firstSigned++;
    }
    Set<Place> images = chooseImages(branch, mandatory, firstSigned);
    return new Choice(images, firstSigned, firstWords(branch, images));
  }

  private boolean fit(List<Turn> branch, List<Place> images, int firstSigned) {
    long bytes = bytesOfWordTokens(branch, firstSigned);
    for (Place place : images.subList(0, Math.min(images.size(), limits.maxImages()))) {
      bytes += bytesOnTheWire(branch, place, firstSigned);
    }
    return bytes <= limits.maxBytes();
  }

  private Set<Place> chooseImages(List<Turn> branch, List<Place> mandatory, int firstSigned) {
    Set<Place> chosen = new LinkedHashSet<>();
    long bytes = bytesOfWordTokens(branch, firstSigned);
    for (Place place : mandatory) {
      long more = bytesOnTheWire(branch, place, firstSigned);
      if (chosen.isEmpty() || hasRoom(chosen.size(), bytes + more, wordsAtLeast(branch))) {
        chosen.add(place);
        bytes += more;
      }
    }
    for (Place place : between(branch, mandatory)) {
      bytes += bytesOnTheWire(branch, place, firstSigned);
      if (!hasRoom(chosen.size(), bytes, wordsAtMost(branch))) {
        return chosen;
      }
      chosen.add(place);
    }
    return chosen;
  }

  private boolean hasRoom(int images, long bytes, long wordTokens) {
    return images < limits.maxImages()
        && bytes <= limits.maxBytes()
        && (images + 1L) * TOKENS_OF_IMAGE + wordTokens <= limits.maxTokens();
  }

  /** The newest picture, then those of the root. */
  private static List<Place> mandatory(List<Turn> branch) {
    Set<Place> mandatory = new LinkedHashSet<>();
    for (int turn = branch.size() - 1; turn > 0 && mandatory.isEmpty(); turn--) {
      List<Place> images = images(branch, turn);
      if (!images.isEmpty()) {
        mandatory.add(images.getLast());
      }
    }
    mandatory.addAll(images(branch, 0));
    return List.copyOf(mandatory);
  }

  /** All others, the newest first. */
  private static List<Place> between(List<Turn> branch, List<Place> mandatory) {
    List<Place> between = new ArrayList<>();
    for (int turn = branch.size() - 1; turn > 0; turn--) {
      between.addAll(images(branch, turn).reversed());
    }
    between.removeAll(mandatory);
    return between;
  }

  private static List<Place> images(List<Turn> branch, int turn) {
    List<Part> parts = branch.get(turn).parts();
    return IntStream.range(0, parts.size())
        .filter(part -> parts.get(part) instanceof Part.Image)
        .mapToObj(part -> new Place(turn, part))
        .toList();
  }

  private int firstWords(List<Turn> branch, Set<Place> images) {
    long tokens = (long) images.size() * TOKENS_OF_IMAGE + wordsAtLeast(branch);
    for (int i = branch.size() - 2; i > 0; i--) {
      tokens += wordTokens(branch, i);
      if (tokens > limits.maxTokens()) {
        return i + 1;
      }
    }
    return 1;
  }

  private long wordsAtLeast(List<Turn> branch) {
    long root = wordTokens(branch, 0);
    return branch.size() == 1 ? root : root + wordTokens(branch, branch.size() - 1);
  }

  private long wordsAtMost(List<Turn> branch) {
    return IntStream.range(0, branch.size()).mapToLong(turn -> wordTokens(branch, turn)).sum();
  }

  /** With what stands for its pictures, should they be left out. */
  private long wordTokens(List<Turn> branch, int index) {
    Turn turn = branch.get(index);
    boolean given = index == branch.size() - 1 || !turn.withdrawn();
    return (given ? tokens(turn.words()) : 0)
        + (long) turn.images().size() * tokens(insteadOfImage);
  }

  /** No script of the product's languages needs more than a token a character. */
  private static long tokens(String words) {
    long latin = words.codePoints().filter(character -> character < 0x250).count();
    return latin / 2 + (words.length() - latin) + 1;
  }

  private int firstSigned(List<Turn> branch) {
    int signed = 0;
    for (int i = branch.size() - 1; i >= 0; i--) {
      if (branch.get(i).author() == Author.MODEL) {
        if (signed == limits.maxSignedTurns() || !byThisModel(branch.get(i))) {
          return i + 1;
        }
        signed++;
      }
    }
    return 0;
  }

  private boolean byThisModel(Turn turn) {
    return turn.model().filter(model::equals).isPresent();
  }

  /** Whether the tokens of the turn are given back. */
  private boolean signed(List<Turn> branch, int turn, int firstSigned) {
    return turn >= firstSigned && branch.get(turn).author() == Author.MODEL;
  }

  private List<Part> parts(List<Turn> branch, int index, Choice choice) {
    Turn turn = branch.get(index);
    boolean last = index == branch.size() - 1;
    boolean keepWords = index == 0 || last || index >= choice.firstWords();
    boolean signed = signed(branch, index, choice.firstSigned());
    List<Part> kept = new ArrayList<>();
    for (int i = 0; i < turn.parts().size(); i++) {
      switch (turn.parts().get(i)) {
        case Part.Text text -> {
          if (last || (keepWords && !turn.withdrawn())) {
            kept.add(new Part.Text(text.words(), signed ? text.token() : Optional.empty()));
          }
        }
        case Part.Image image -> {
          if (choice.images().contains(new Place(index, i))) {
            kept.add(new Part.Image(image.blob(), signed ? image.token() : Optional.empty()));
          } else if (keepWords) {
            kept.add(Part.Text.of(insteadOfImage));
          }
        }
      }
    }
    kept.removeIf(part -> part instanceof Part.Text text && empty(text));
    return kept;
  }

  private static boolean empty(Part.Text text) {
    return text.words().isBlank() && text.token().isEmpty();
  }

  private static void append(List<Content> contents, Author author, List<Part> parts) {
    if (parts.isEmpty()) {
      return;
    }
    if (!contents.isEmpty() && contents.getLast().author() == author) {
      List<Part> joined = new ArrayList<>(contents.removeLast().parts());
      joined.addAll(parts);
      contents.add(new Content(author, joined));
    } else {
      contents.add(new Content(author, parts));
    }
  }

  private long bytesOfWordTokens(List<Turn> branch, int firstSigned) {
    return IntStream.range(0, branch.size())
        .filter(turn -> signed(branch, turn, firstSigned))
        .mapToObj(turn -> branch.get(turn).parts())
        .flatMap(List::stream)
        .filter(Part.Text.class::isInstance)
        .mapToLong(ContextWindow::bytesOfToken)
        .sum();
  }

  private long bytesOnTheWire(List<Turn> branch, Place place, int firstSigned) {
    Part.Image image = (Part.Image) branch.get(place.turn()).parts().get(place.part());
    long token = signed(branch, place.turn(), firstSigned) ? bytesOfToken(image) : 0;
    return (image.blob().bytes() + 2) / 3 * 4 + token;
  }

  private static long bytesOfToken(Part part) {
    return part.token().map(Part.Token::characters).orElse(0L);
  }
}
