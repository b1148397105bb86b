package dev.plantain.platform;

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
}
