package dev.plantain.conversation;

import dev.plantain.platform.Attachment;
import dev.plantain.platform.AttachmentRef;
import dev.plantain.platform.PlatformId;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The pictures that members have put aside for their next request in a chat. */
public final class GatheredPictures {

  /**
   * A picture.
   *
   * @param turn of which it is, where it is of any
   */
  public record Gathered(Attachment picture, Optional<Long> turn) {}

  /**
   * Puts pictures aside.
   *
   * @param turn of which they are, where they are of any
   */
  public void add(
      Tx tx,
      long chatId,
      long memberId,
      List<Attachment> pictures,
      Optional<Long> turn,
      Instant gatheredAt) {
    for (Attachment picture : pictures) {
      tx.update(
          """
          insert into gathered_picture
            (chat_id, member_id, platform, ref, media_type, bytes, turn_id, gathered_at)
          values (?, ?, ?, ?, ?, ?, ?, ?)
          """,
          chatId,
          memberId,
          picture.ref().platform().value(),
          picture.ref().value(),
          picture.mediaType(),
          picture.bytes(),
          turn,
          gatheredAt);
    }
  }

  /** Oldest first; what was put aside earlier is forgotten. */
  public List<Gathered> since(Reading reading, long chatId, long memberId, Instant earliest) {
    return reading.list(
        """
        select platform, ref, media_type, bytes, turn_id from gathered_picture
        where chat_id = ? and member_id = ? and gathered_at >= ?
        order by id
        """,
        GatheredPictures::gathered,
        chatId,
        memberId,
        earliest);
  }

  private static Gathered gathered(Row row) {
    return new Gathered(
        new Attachment(
            new AttachmentRef(new PlatformId(row.text("platform")), row.text("ref")),
            row.optionalText("media_type"),
            row.optionalNumber("bytes")),
        row.optionalNumber("turn_id"));
  }

  public void clear(Tx tx, long chatId, long memberId) {
    tx.update("delete from gathered_picture where chat_id = ? and member_id = ?", chatId, memberId);
  }
}
