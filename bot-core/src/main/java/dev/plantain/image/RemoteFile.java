package dev.plantain.image;

/**
 * A picture that lies at a provider as a file of its own.
 *
 * @param line the way to it: the name of the endpoint and the number of the key, to which alone it
 *     is visible; nothing secret
 * @param name what the provider calls it
 */
public record RemoteFile(String line, String name) {}
