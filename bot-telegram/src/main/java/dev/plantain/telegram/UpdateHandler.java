package dev.plantain.telegram;

import java.util.List;

/** Takes updates from the poller. */
@FunctionalInterface
interface UpdateHandler {

  /**
   * Called on the poller's thread with at least one update, in Telegram's order. When it returns,
   * the updates are durable and Telegram is told to forget them. When it throws, the same batch
   * comes again. A batch may come a second time, also to another process.
   */
  void handle(List<RawUpdate> batch);
}
