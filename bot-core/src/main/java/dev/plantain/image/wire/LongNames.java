package dev.plantain.image.wire;

import java.util.Optional;
import java.util.Set;

/**
 * The names of the fields of an answer whose values may be too long for memory.
 *
 * @param pictures hold base64 and nothing else
 * @param signatures are kept as they stand between their quotes
 * @param prose hold words, in which pictures may hide
 * @param running the one whose values are pieces of one text, which may be cut anywhere
 */
public record LongNames(
    Set<String> pictures, Set<String> signatures, Set<String> prose, Optional<String> running) {
  public LongNames {
    pictures = Set.copyOf(pictures);
    signatures = Set.copyOf(signatures);
    prose = Set.copyOf(prose);
  }

  boolean holds(String field) {
    return pictures.contains(field)
        || signatures.contains(field)
        || prose.contains(field)
        || running.filter(field::equals).isPresent();
  }
}
