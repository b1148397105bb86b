package dev.plantain.platform;

import java.nio.file.Path;

/**
 * A file that is no picture, to be saved or opened elsewhere; it stays where it is while it is
 * sent.
 *
 * @param mediaType such as {@code text/csv}
 * @param fileName what somebody sees who saves it
 */
public record Document(Path file, String mediaType, long bytes, String fileName) {}
