package dev.plantain.quota;

import dev.plantain.storage.Reading;
import dev.plantain.storage.Row;
import dev.plantain.storage.Tx;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/** What communities and chats have said about the time of their windows and their quiet hours. */
public final class CommunityTermsStore {

  /** {@link CommunityTerms#DEFAULT} where the community has not said otherwise. */
  public CommunityTerms of(Reading reading, long communityId) {
    return reading
        .first(
            "select * from community_terms where community_id = ?",
            row ->
                new CommunityTerms(
                    ZoneId.of(row.text("zone")),
                    row.integer("reset_hour"),
                    row.flag("pool_first"),
                    quietHours(row)),
            communityId)
        .orElse(CommunityTerms.DEFAULT);
  }

  /** From now on, also for what was spent already: windows are cut anew. */
  public void set(Tx tx, long communityId, CommunityTerms terms) {
    tx.update(
        """
        insert into community_terms (community_id, zone, reset_hour, pool_first, quiet_from, quiet_to)
        values (?, ?, ?, ?, ?, ?)
        on conflict (community_id) do update set zone = excluded.zone, reset_hour = excluded.reset_hour,
          pool_first = excluded.pool_first, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to
        """,
        communityId,
        terms.zone().getId(),
        terms.resetHour(),
        terms.poolFirst(),
        terms.quietHours().map(hours -> hours.from().toString()),
        terms.quietHours().map(hours -> hours.to().toString()));
  }

  /** Of a chat, beside those of its community. */
  public Optional<QuietHours> quietHours(Reading reading, long chatId) {
    return reading
        .first(
            "select * from chat_quiet_hours where chat_id = ?",
            CommunityTermsStore::quietHours,
            chatId)
        .flatMap(hours -> hours);
  }

  public void setQuietHours(Tx tx, long chatId, QuietHours hours) {
    tx.update(
        """
        insert into chat_quiet_hours (chat_id, quiet_from, quiet_to) values (?, ?, ?)
        on conflict (chat_id) do update set quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to
        """,
        chatId,
        hours.from().toString(),
        hours.to().toString());
  }

  public void clearQuietHours(Tx tx, long chatId) {
    tx.update("delete from chat_quiet_hours where chat_id = ?", chatId);
  }

  private static Optional<QuietHours> quietHours(Row row) {
    return row.optionalText("quiet_from")
        .map(from -> new QuietHours(LocalTime.parse(from), LocalTime.parse(row.text("quiet_to"))));
  }
}
