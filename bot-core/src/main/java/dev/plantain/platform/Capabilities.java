package dev.plantain.platform;

import java.time.Duration;

/**
 * What a platform can show and carry.
 *
 * @param maxWords characters of a message without a picture
 * @param maxWordsWithPicture characters below a picture
 * @param maxDownloadBytes the largest attachment that we can fetch
 * @param progressInterval how often the progress of a card may be shown at most
 */
public record Capabilities(
    int maxWords, int maxWordsWithPicture, long maxDownloadBytes, Duration progressInterval) {}
