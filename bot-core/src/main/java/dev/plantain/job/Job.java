package dev.plantain.job;

import java.time.Instant;

/**
 * A job that was claimed and is being run.
 *
 * @param attempt how often this step was begun, this time included: 1 for the first
 * @param interruptions how often this step was begun by a process that ended before it did
 * @param fence changes whenever the job changes hands: who holds an old one can end nothing
 */
public record Job(
    long id,
    String key,
    String kind,
    String lane,
    String tenant,
    String payload,
    int attempt,
    int interruptions,
    long fence,
    Instant acceptedAt) {}
