package dev.plantain.platform;

import java.nio.file.Path;

/**
 * A picture to be shown, as a file that stays where it is while it is sent.
 *
 * @param mediaType such as {@code image/png}
 * @param fileName what somebody sees who saves it
 * @param description for people who cannot see it
 * @param untouched as a file that the platform does not recompress
 * @param spoiler covered until somebody asks to see it
 */
public record Picture(
    Path file,
    String mediaType,
    int width,
    int height,
    long bytes,
    String fileName,
    String description,
    boolean untouched,
    boolean spoiler) {}
