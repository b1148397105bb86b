package dev.plantain.chat;

import dev.plantain.conversation.Part;
import dev.plantain.image.BatchModel;
import dev.plantain.image.ImageRequest;
import dev.plantain.storage.Reading;
import dev.plantain.storage.Tx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Packs the requests of a batch into parcels: each is of one model, and not too large to send. */
final class Packing {
  /** Below the 20 MB that a request with pictures inside of it may have. */
  private static final long MOST_BYTES = 18_000_000;

  /** Of JSON around the words and pictures of a request. */
  private static final int BYTES_AROUND = 20_000;

  private static final int MOST_BYTES_OF_A_CHARACTER = 4;

  private final BatchStore batches;
  private final ImageRequests requests;

  Packing(BatchStore batches, ImageRequests requests) {
    this.batches = batches;
    this.requests = requests;
  }

  private static final class Open {
    private final List<CardEntry> cards = new ArrayList<>();
    private long bytes;

    boolean hasRoomFor(long more) {
      return cards.isEmpty()
          || (cards.size() < BatchModel.MOST_REQUESTS && bytes + more <= MOST_BYTES);
    }
  }

  /** Returns those that are too large to be sent at all. */
  List<CardEntry> pack(Tx tx, BatchStore.Batch batch, List<CardEntry> cards) {
    List<CardEntry> tooLarge = new ArrayList<>();
    Map<String, Open> ofModels = new LinkedHashMap<>();
    List<Open> all = new ArrayList<>();
    for (CardEntry card : cards) {
      Optional<ImageRequest> request = request(tx, card);
      if (request.isEmpty()) {
        tooLarge.add(card);
        continue;
      }
      long bytes = bytes(request.get());
      Open open = ofModels.get(card.model());
      if (open == null || !open.hasRoomFor(bytes)) {
        open = new Open();
        ofModels.put(card.model(), open);
        all.add(open);
      }
      open.cards.add(card);
      open.bytes += bytes;
    }
    int number = 0;
    for (Open parcel : all) {
      batches.pack(tx, batch.id(), label(batch, ++number), parcel.cards);
    }
    return tooLarge;
  }

  /**
   * What is asked for: batches take no files, so that all pictures are inside of it. Empty where
   * the newest is too large for that.
   */
  Optional<ImageRequest> request(Reading reading, CardEntry card) {
    return requests
        .of(reading, card, requests.branch(reading, card))
        .within(Optional.of(MOST_BYTES), Optional.empty());
  }

  /** Another installation may use the same key, and begins to count at one as well. */
  private static String label(BatchStore.Batch batch, int number) {
    return "plantain-%d-%d-%d".formatted(batch.acceptedAt().toEpochMilli(), batch.id(), number);
  }

  private static long bytes(ImageRequest request) {
    return BYTES_AROUND
        + request.contents().stream()
            .flatMap(content -> content.parts().stream())
            .mapToLong(Packing::bytes)
            .sum();
  }

  private static long bytes(Part part) {
    long token = part.token().map(Part.Token::characters).orElse(0L);
    return switch (part) {
      case Part.Text(String words, Optional<Part.Token> _) ->
          token + (long) MOST_BYTES_OF_A_CHARACTER * words.length();
      case Part.Image image -> token + (image.blob().bytes() + 2) / 3 * 4;
    };
  }
}
