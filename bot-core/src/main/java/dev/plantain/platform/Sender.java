package dev.plantain.platform;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who did something, as the platform describes them at that moment.
 *
 * @param name what others call them, as they wrote it: never trusted, always escaped
 * @param language the language of their client as a BCP 47 tag
 * @param handle the name by which others mention them, without {@code @}
 * @param roles what they are in the community
 */
public record Sender(
    MemberRef member,
    String name,
    Optional<String> language,
    Optional<String> handle,
    Set<RoleRef> roles) {

  /**
   * @param roles null in what was stored when nobody asked for them
   */
  public Sender(
      MemberRef member,
      String name,
      Optional<String> language,
      Optional<String> handle,
      @Nullable Set<RoleRef> roles) {
    this.member = member;
    this.name = name;
    this.language = language;
    this.handle = handle;
    this.roles = roles == null ? Set.of() : Set.copyOf(roles);
  }

  public Sender(MemberRef member, String name, Optional<String> language) {
    this(member, name, language, Optional.empty(), Set.of());
  }
}
