package dev.plantain.moderation;

import java.lang.Character.UnicodeScript;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Finds words and phrases of a list in a text, in time that grows with the length of the text alone
 * (Aho and Corasick, 1975).
 *
 * <p>A word is found only where it stands by itself: {@code cat} is not in {@code category}.
 * Scripts that write no spaces between words have no such places, so that their letters are found
 * anywhere.
 */
final class WordMatcher {
  private static final Set<UnicodeScript> WITHOUT_SPACES =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR,
          UnicodeScript.TIBETAN,
          UnicodeScript.JAVANESE,
          UnicodeScript.BALINESE,
          UnicodeScript.YI);

  /** What has been read so far ends in the beginning of some word. */
  private static final class State {
    private final Map<Integer, State> next = new HashMap<>();
    private State shorter = this;
    private Optional<String> word = Optional.empty();

    /** The next shorter ending that is a word itself. */
    private Optional<State> shorterWord = Optional.empty();
  }

  private final State root = new State();

  /**
   * @param words as {@link Folding} makes them; none is empty
   */
  WordMatcher(Collection<String> words) {
    words.forEach(this::add);
    link();
  }

  private void add(String word) {
    State state = root;
    for (int point : word.codePoints().toArray()) {
      state = state.next.computeIfAbsent(point, any -> new State());
      state.shorter = root;
    }
    state.word = Optional.of(word);
  }

  private void link() {
    Queue<State> states = new ArrayDeque<>(List.of(root));
    while (!states.isEmpty()) {
      State state = states.remove();
      state.next.forEach((point, longer) -> {
        longer.shorter = state.equals(root) ? root : step(state.shorter, point);
        longer.shorterWord =
            longer.shorter.word.isPresent()
                ? Optional.of(longer.shorter)
                : longer.shorter.shorterWord;
        states.add(longer);
      });
    }
  }

  private State step(State from, int point) {
    State state = from;
    while (!state.equals(root) && !state.next.containsKey(point)) {
      state = state.shorter;
    }
    return state.next.getOrDefault(point, root);
  }

  /** The first word of the list that is found. */
  Optional<String> find(String folded) {
    int[] points = folded.codePoints().toArray();
    State state = root;
    for (int i = 0; i < points.length; i++) {
      state = step(state, points[i]);
      for (String word : endingIn(state)) {
        int start = i + 1 - word.codePointCount(0, word.length());
        if (mayBeginOrEnd(points, start) && mayBeginOrEnd(points, i + 1)) {
          return Optional.of(word);
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> endingIn(State state) {
    List<String> words = new ArrayList<>();
    Optional<State> at = Optional.of(state);
    while (at.isPresent()) {
      at.get().word.ifPresent(words::add);
      at = at.get().shorterWord;
    }
    return words;
  }

  /** Whether a word may begin or end before the character of this number. */
  static boolean mayBeginOrEnd(int[] points, int at) {
    return at == 0 || at == points.length || !sticks(points[at - 1]) || !sticks(points[at]);
  }

  /** Whether the character is part of the word beside it. */
  private static boolean sticks(int point) {
    int type = Character.getType(point);
    boolean isMark =
        type == Character.NON_SPACING_MARK
            || type == Character.COMBINING_SPACING_MARK
            || type == Character.ENCLOSING_MARK;
    return (Character.isLetterOrDigit(point) || isMark)
        && !WITHOUT_SPACES.contains(UnicodeScript.of(point));
  }
}
