package dev.plantain.conversation;

import dev.plantain.media.BlobId;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The pictures of conversations that lie at providers as files, and which of them nobody wants
 * there any more.
 */
public final class UploadedPictures {
  private static final String SELECT =
      "select line, name, blob_id, uri, media_type, expires_at from uploaded_picture ";

  /** Of a member are the pictures that they posted, and those that were made for them. */
  private static final String OF_MEMBER =
      """
      exists (select 1 from part join turn on turn.id = part.turn_id
        left join turn asked on asked.id = turn.parent_id and turn.author = 'model'
        where part.blob_id = uploaded_picture.blob_id
          and coalesce(turn.member_id, asked.member_id) = ?)
      """;

  /**
   * A picture at a provider.
   *
   * @param line the way to it: the endpoint and the number of its key
   * @param name what the provider calls it
   * @param uri by which requests refer to it
   * @param expiresAt when the provider deletes it by itself
   */
  public record Uploaded(
      String line, String name, BlobId picture, String uri, String mimeType, Instant expiresAt) {}

  /** The file of a picture that lasts longest; it may have expired. */
  public Optional<Uploaded> find(Reading reading, String line, BlobId picture) {
    return reading.first(
        SELECT + "where line = ? and blob_id = ? and unwanted = 0 order by expires_at desc",
        UploadedPictures::uploaded,
        line,
        picture.sha256());
  }

  /** Remembers a file, and forgets those that have expired. */
  public void add(Tx tx, Uploaded uploaded, Instant now) {
    tx.update("delete from uploaded_picture where expires_at <= ?", now);
    tx.update(
        """
        insert into uploaded_picture (line, name, blob_id, uri, media_type, expires_at)
        values (?, ?, ?, ?, ?, ?)
        on conflict (line, name) do update set blob_id = excluded.blob_id, uri = excluded.uri,
          media_type = excluded.media_type, expires_at = excluded.expires_at, unwanted = 0
        """,
        uploaded.line(),
        uploaded.name(),
        uploaded.picture().sha256(),
        uploaded.uri(),
        uploaded.mimeType(),
        uploaded.expiresAt());
  }

  /** Forgets a file that is gone. */
  public void remove(Tx tx, String line, String name) {
    tx.update("delete from uploaded_picture where line = ? and name = ?", line, name);
  }

  /** Nobody refers to the files of a member's pictures any more; returns how many there are. */
  public int unwant(Tx tx, long memberId, Instant now) {
    return tx.update(
        "update uploaded_picture set unwanted = 1 where unwanted = 0 and expires_at > ? and "
            + OF_MEMBER,
        now,
        memberId);
  }

  /** Nobody refers to the files of a turn's pictures any more; returns how many there are. */
  public int unwantOfTurn(Tx tx, long turnId, Instant now) {
    return tx.update(
        """
        update uploaded_picture set unwanted = 1 where unwanted = 0 and expires_at > ?
          and blob_id in (select blob_id from part where turn_id = ? and blob_id is not null)
        """,
        now,
        turnId);
  }

  /** What is to be deleted at its provider, and has not expired. */
  public List<Uploaded> unwanted(Reading reading, Instant now) {
    return reading.list(
        SELECT + "where unwanted = 1 and expires_at > ? order by expires_at, line, name",
        UploadedPictures::uploaded,
        now);
  }

  private static Uploaded uploaded(Row row) {
    return new Uploaded(
        row.text("line"),
        row.text("name"),
        new BlobId(row.text("blob_id")),
        row.text("uri"),
        row.text("media_type"),
        row.instant("expires_at"));
  }
}
