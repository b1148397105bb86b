package dev.plantain.platform;

import java.util.Optional;

/**
 * Who did something, as the platform describes them at that moment.
 *
 * @param name what others call them, as they wrote it: never trusted, always escaped
 * @param language the language of their client as a BCP 47 tag
 */
public record Sender(MemberRef member, String name, Optional<String> language) {}
