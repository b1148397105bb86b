package dev.plantain.chat;

import dev.plantain.conversation.Content;
import dev.plantain.conversation.ConversationStore;
import dev.plantain.conversation.Part;
import dev.plantain.conversation.Turn;
import dev.plantain.image.ImageRequest;
import dev.plantain.storage.Database;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The pictures of requests that may be repeated: who asks for the same within a while, in the same
 * community, gets the same.
 */
final class MadeBefore {
  private final Database database;
  private final ConversationStore conversations;
  private final CardStore cards;
  private final BatchStore batches;
  private final Gate gate;
  private final Optional<Duration> within;
  private final InstantSource clock;

  /**
   * @param within empty where each request makes a picture of its own
   */
  MadeBefore(
      Stores stores,
      BatchStore batches,
      Gate gate,
      Optional<Duration> within,
      InstantSource clock) {
    this.database = stores.database();
    this.conversations = stores.conversations();
    this.cards = stores.cards();
    this.batches = batches;
    this.gate = gate;
    this.within = within;
    this.clock = clock;
  }

  /**
   * The turn that answered the same request, unless moderators have hidden it. Nothing for "again",
   * "try again", further pictures and batches: who asks for several wants different ones.
   */
  Optional<Turn> find(CardEntry card, ImageRequest request) {
    return within.flatMap(window ->
        database.read(reading -> find(reading, card, request, clock.instant().minus(window))));
  }

  private Optional<Turn> find(
      Reading reading, CardEntry card, ImageRequest request, Instant since) {
    return cards.isFirst(reading, card) && batches.item(reading, card.id()).isEmpty()
        ? reading
            .first(
                """
                select made_before.turn_id from made_before join chat on chat.id = ?
                where made_before.asked = ? and made_before.community_id = chat.community_id
                  and made_before.made_at > ?
                """,
                row -> row.number("turn_id"),
                card.chatId(),
                fingerprint(request),
                since)
            .filter(turn -> !gate.hidesPicturesOf(reading, turn))
            .flatMap(turn -> conversations.find(reading, turn))
        : Optional.empty();
  }

  /** Notes what a request has made, unless another model stood in for the one that was asked. */
  void note(Tx tx, CardEntry card, ImageRequest request, String answeredBy, long turn) {
    if (within.isEmpty() || !answeredBy.equals(request.model().id())) {
      return;
    }
    Instant now = clock.instant();
    tx.update("delete from made_before where made_at <= ?", now.minus(within.get()));
    tx.update(
        """
        insert into made_before (asked, community_id, turn_id, made_at)
        select ?, community_id, ?, ? from chat where id = ? and community_id is not null
        on conflict (asked, community_id) do update set turn_id = excluded.turn_id, made_at = excluded.made_at
        """,
        fingerprint(request),
        turn,
        now,
        card.chatId());
  }

  /**
   * Of all that makes a difference to a model; each field with its length, so that none runs on.
   */
  static String fingerprint(ImageRequest request) {
    MessageDigest digest = sha256();
    field(digest, request.model().id());
    field(digest, request.ratio().map(Object::toString).orElse(""));
    field(digest, request.size().map(Object::toString).orElse(""));
    field(digest, request.safety().name());
    field(digest, request.guidance().toString());
    for (Content content : request.contents()) {
      field(digest, content.author().name());
      for (Part part : content.parts()) {
        switch (part) {
          case Part.Text(String words, Optional<Part.Token> _) -> field(digest, "words:" + words);
          case Part.Image image -> field(digest, "picture:" + image.blob().id().sha256());
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void field(MessageDigest digest, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
