package dev.plantain.job;

import java.time.Instant;

/**
 * A job to be accepted.
 *
 * @param key the same for every attempt to accept the same job: only the first one counts
 * @param kind which handler runs it
 * @param lane jobs of one lane run one after the other, in the order of their acceptance
 * @param tenant whose share of the queue it uses
 */
public record NewJob(
    String key, String kind, String lane, String tenant, String payload, Instant notBefore) {
  public NewJob {
    if (key.isEmpty() || tenant.isEmpty()) {
      throw new IllegalArgumentException("a job needs a key and a tenant");
    }
  }
}
