package dev.plantain.platform;

import java.time.Instant;
import java.util.List;

/** Takes what happens on a platform. */
@FunctionalInterface
public interface EventSink {

  /**
   * Called by an adapter, in the order of the events, before it tells the platform that it has
   * received them. Blocks for one commit. When it returns, the events survive the end of the
   * process; what was delivered before is passed over.
   *
   * @throws RuntimeException nothing was stored, and the platform must not be told that it was
   */
  void accept(List<IncomingEvent> events);

  /**
   * Until where we know what was said. For adapters whose platform does not keep what we miss: they
   * read on from there after every absence, and hand in what is new; what was handed in before is
   * passed over. Blocks for a reading of the database.
   */
  default LastSeen lastSeen(PlatformId platform) {
    return new LastSeen(List.of(), Instant.MAX);
  }

  /**
   * The last message known in each chat that is alive.
   *
   * @param notBefore what was said earlier is too old to be answered now
   */
  record LastSeen(List<MessageRef> messages, Instant notBefore) {
    public LastSeen {
      messages = List.copyOf(messages);
    }
  }
}
