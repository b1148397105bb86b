package dev.plantain.chat;

import dev.plantain.platform.Attachment;
import dev.plantain.platform.AttachmentRef;
import dev.plantain.platform.PlatformId;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.util.List;

/** The table of photos that were attached to a turn and have yet to be fetched. */
final class AttachmentStore {
  void add(Tx tx, long turn, List<Attachment> attachments) {
    int position = 0;
    for (Attachment attachment : attachments) {
      tx.update(
          "insert into attachment (turn_id, position, platform, ref) values (?, ?, ?, ?)",
          turn,
          position++,
          attachment.ref().platform().value(),
          attachment.ref().value());
    }
  }

  /** In the order in which they were attached. */
  List<AttachmentRef> of(Reading reading, long turn) {
    return reading.list(
        "select platform, ref from attachment where turn_id = ? order by position",
        row -> new AttachmentRef(new PlatformId(row.text("platform")), row.text("ref")),
        turn);
  }

  /**
   * They are fetched.
   *
   * @return false where they were before, or there are none
   */
  boolean remove(Tx tx, long turn) {
    return tx.update("delete from attachment where turn_id = ?", turn) > 0;
  }
}
