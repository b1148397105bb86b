package dev.plantain.conversation;

import dev.plantain.platform.Attachment;
import dev.plantain.platform.AttachmentRef;
import dev.plantain.platform.PlatformId;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.time.Instant;
import java.util.List;

/** The pictures that members have put aside for their next request in a chat. */
public final class GatheredPictures {

  public void add(
      Tx tx, long chatId, long memberId, List<Attachment> pictures, Instant gatheredAt) {
    for (Attachment picture : pictures) {
      tx.update(
          """
          insert into gathered_picture
            (chat_id, member_id, platform, ref, media_type, bytes, gathered_at)
          values (?, ?, ?, ?, ?, ?, ?)
          """,
          chatId,
          memberId,
          picture.ref().platform().value(),
          picture.ref().value(),
          picture.mediaType(),
          picture.bytes(),
          gatheredAt);
    }
  }

  /** Oldest first; what was put aside earlier is forgotten. */
  public List<Attachment> since(Reading reading, long chatId, long memberId, Instant earliest) {
    return reading.list(
        """
        select platform, ref, media_type, bytes from gathered_picture
        where chat_id = ? and member_id = ? and gathered_at >= ?
        order by id
        """,
        GatheredPictures::picture,
        chatId,
        memberId,
        earliest);
  }

  private static Attachment picture(Row row) {
    return new Attachment(
        new AttachmentRef(new PlatformId(row.text("platform")), row.text("ref")),
        row.optionalText("media_type"),
        row.optionalNumber("bytes"));
  }

  public void clear(Tx tx, long chatId, long memberId) {
    tx.update("delete from gathered_picture where chat_id = ? and member_id = ?", chatId, memberId);
  }
}
