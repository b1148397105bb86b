package dev.plantain.moderation;

import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A list of words and phrases that are looked for in the requests of a community. They are plain
 * words and never patterns, which somebody could make to take for ever.
 */
public final class WordRules {
  public static final int MOST = 500;

  /** Characters of a word or phrase. */
  public static final int LONGEST = 60;

  private static final int COMMUNITIES_KEPT = 200;

  /**
   * Which words a community has. Numbers are never given twice, so that no two lists of one
   * community have both numbers in common.
   */
  private record Edition(long count, long last) {}

  private record Prepared(Edition edition, WordMatcher matcher) {}

  private final Map<Long, Prepared> prepared =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Prepared> eldest) {
          return size() > COMMUNITIES_KEPT;
        }
      };

  private final String table;

  /**
   * @param table in which the words are kept
   */
  WordRules(String table) {
    this.table = table;
  }

  /** As it is kept and looked for; empty where nothing is left to look for. */
  public static String folded(String written) {
    return Folding.fold(written);
  }

  /** In the order in which they were added. */
  public List<String> all(Reading reading, long communityId) {
    return reading.list(
        "select word from " + table + " where community_id = ? order by id",
        row -> row.text("word"),
        communityId);
  }

  /**
   * Adds a word; nothing changes where there are {@link #MOST} already.
   *
   * @param folded not empty, and not longer than {@link #LONGEST}
   */
  public boolean add(Tx tx, long communityId, String folded) {
    return tx.update(
            """
            insert into %1$s (community_id, word)
            select ?, ? where (select count(*) from %1$s where community_id = ?) < ?
            on conflict (community_id, word) do nothing
            """
                .formatted(table),
            communityId,
            folded,
            communityId,
            MOST)
        > 0;
  }

  /** Removes all of them. */
  public void clear(Tx tx, long communityId) {
    tx.update("delete from " + table + " where community_id = ?", communityId);
  }

  /** Whether it was there. */
  public boolean remove(Tx tx, long communityId, String folded) {
    return tx.update(
            "delete from " + table + " where community_id = ? and word = ?", communityId, folded)
        > 0;
  }

  /** The first word of the list that somebody's words hold. */
  Optional<String> find(Reading reading, long communityId, String words) {
    Edition edition =
        reading
            .first(
                "select count(*) as words, coalesce(max(id), 0) as last from "
                    + table
                    + " where community_id = ?",
                row -> new Edition(row.number("words"), row.number("last")),
                communityId)
            .orElseThrow();
    return edition.count() == 0 || words.isBlank()
        ? Optional.empty()
        : matcher(reading, communityId, edition).find(Folding.fold(words));
  }

  private synchronized WordMatcher matcher(Reading reading, long communityId, Edition edition) {
    Prepared known = prepared.get(communityId);
    if (known != null && known.edition().equals(edition)) {
      return known.matcher();
    }
    WordMatcher matcher = new WordMatcher(all(reading, communityId));
    prepared.put(communityId, new Prepared(edition, matcher));
    return matcher;
  }
}
