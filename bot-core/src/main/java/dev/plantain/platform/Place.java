package dev.plantain.platform;

/**
 * Where something happened.
 *
 * @param direct a conversation with one person, who needs no mention to be heard and governs it
 *     alone
 */
public record Place(ChatRef chat, boolean direct) {}
