package dev.plantain.platform;

import java.util.Optional;

/**
 * A file that came with a message, described but not yet fetched.
 *
 * @param mediaType what the sender's client says it is; the bytes decide
 * @param bytes its size, where the platform tells
 */
public record Attachment(AttachmentRef ref, Optional<String> mediaType, Optional<Long> bytes) {}
