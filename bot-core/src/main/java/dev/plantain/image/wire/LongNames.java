package dev.plantain.image.wire;

import java.util.Optional;
import java.util.Set;

/**
 * The names of the fields of an answer whose values may be too long for memory.
 *
 * @param pictures hold base64 and nothing else
 * @param signatures are kept as they stand between their quotes
 * @param prose hold words, in which pictures may hide; one that holds an array of strings holds
 *     them in each
 * @param running the one whose values are pieces of one text, which may be cut anywhere
 * @param dropped are of no use, however long
 */
public record LongNames(
    Set<String> pictures,
    Set<String> signatures,
    Set<String> prose,
    Optional<Running> running,
    Set<String> dropped) {
  public LongNames {
    pictures = Set.copyOf(pictures);
    signatures = Set.copyOf(signatures);
    prose = Set.copyOf(prose);
    dropped = Set.copyOf(dropped);
  }

  /**
   * A field that comes again and again.
   *
   * @param within the fields that hold the objects in which it counts; elsewhere its name means
   *     something else, and it is as short as any
   */
  public record Running(Set<String> within, String field) {
    public Running {
      within = Set.copyOf(within);
    }
  }

  boolean holds(String within, String field) {
    return pictures.contains(field)
        || signatures.contains(field)
        || prose.contains(field)
        || dropped.contains(field)
        || runsOn(within, field);
  }

  /** Whether strings in an array of this field are as its value would be. */
  boolean lists(String field) {
    return prose.contains(field);
  }

  boolean runsOn(String within, String field) {
    return running
        .filter(run -> run.field().equals(field) && run.within().contains(within))
        .isPresent();
  }
}
