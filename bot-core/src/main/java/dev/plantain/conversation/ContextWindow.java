package dev.plantain.conversation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses what a model is given of a branch (rule 3 of a conversation): the words, the newest
 * picture, the pictures of the root, and as many of the pictures between as fit, newer ones first.
 * Pure.
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
   * Returns alternating authors, beginning and ending with the member.
   *
   * @param branch the root first, the member's turn to be answered last
   */
  public List<Content> of(List<Turn> branch) {
    if (branch.isEmpty() || branch.getLast().author() != Author.MEMBER) {
      throw new IllegalArgumentException("a branch ends with a member's turn");
    }
    Set<Place> images = chooseImages(branch);
    int firstTurnWithWords = chooseWords(branch, images.size());
    int firstSignedTurn = firstSignedTurn(branch);
    List<Content> contents = new ArrayList<>();
    for (int i = 0; i < branch.size(); i++) {
      boolean keepWords = i == 0 || i == branch.size() - 1 || i >= firstTurnWithWords;
      List<Part> parts = parts(branch, i, images, keepWords, i >= firstSignedTurn);
      append(contents, branch.get(i).author(), parts);
    }
    return contents;
  }

  /** Mandatory first, then the newer before the older, for as long as there is room. */
  private Set<Place> chooseImages(List<Turn> branch) {
    List<Place> candidates = candidates(branch);
    int firstSignedTurn = firstSignedTurn(branch);
    Set<Place> chosen = new HashSet<>();
    long bytes = 0;
    for (Place place : candidates) {
      long more = bytesOnTheWire(image(branch, place), place.turn() >= firstSignedTurn);
      boolean fits =
          chosen.size() < limits.maxImages()
              && bytes + more <= limits.maxBytes()
              && (chosen.size() + 1L) * TOKENS_OF_IMAGE <= limits.maxTokens();
      if (fits || chosen.isEmpty()) {
        chosen.add(place);
        bytes += more;
      }
    }
    return chosen;
  }

  private static List<Place> candidates(List<Turn> branch) {
    List<Place> newestFirst = new ArrayList<>();
    List<Place> root = new ArrayList<>();
    for (int turn = branch.size() - 1; turn >= 0; turn--) {
      List<Part> parts = branch.get(turn).parts();
      for (int part = parts.size() - 1; part >= 0; part--) {
        if (parts.get(part) instanceof Part.Image) {
          (turn == 0 ? root : newestFirst).add(new Place(turn, part));
        }
      }
    }
    root.sort(Comparator.comparingInt(Place::part));
    List<Place> ordered = new ArrayList<>();
    if (!newestFirst.isEmpty()) {
      ordered.add(newestFirst.removeFirst());
    }
    ordered.addAll(root);
    ordered.addAll(newestFirst);
    return ordered;
  }

  /** The first turn, after the root, whose words still fit. */
  private int chooseWords(List<Turn> branch, int images) {
    long tokens = (long) images * TOKENS_OF_IMAGE;
    tokens += wordTokens(branch.getFirst());
    if (branch.size() > 1) {
      tokens += wordTokens(branch.getLast());
    }
    for (int i = branch.size() - 2; i > 0; i--) {
      tokens += wordTokens(branch.get(i));
      if (tokens > limits.maxTokens()) {
        return i + 1;
      }
    }
    return 1;
  }

  private int firstSignedTurn(List<Turn> branch) {
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

  private List<Part> parts(
      List<Turn> branch, int index, Set<Place> images, boolean keepWords, boolean signed) {
    Turn turn = branch.get(index);
    boolean last = index == branch.size() - 1;
    List<Part> kept = new ArrayList<>();
    for (int i = 0; i < turn.parts().size(); i++) {
      switch (turn.parts().get(i)) {
        case Part.Text text -> {
          if (last || (keepWords && !turn.withdrawn())) {
            kept.add(new Part.Text(text.words(), signed ? text.token() : Optional.empty()));
          }
        }
        case Part.Image image -> {
          if (images.contains(new Place(index, i))) {
            kept.add(new Part.Image(image.blob(), signed ? image.token() : Optional.empty()));
          } else {
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

  private static Part.Image image(List<Turn> branch, Place place) {
    return (Part.Image) branch.get(place.turn()).parts().get(place.part());
  }

  private static long bytesOnTheWire(Part.Image image, boolean signed) {
    long token = signed ? image.token().map(Part.Token::characters).orElse(0L) : 0;
    return (image.blob().bytes() + 2) / 3 * 4 + token;
  }

  private static long wordTokens(Turn turn) {
    // Two characters a token is more than any script of the product's languages needs, but for rare
    // signs.
    return turn.words().length() / 2 + 1L;
  }
}
