package dev.plantain.platform;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Somebody, or a role, named in the words of a message. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "mention")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Mention.Person.class, name = "person"),
  @JsonSubTypes.Type(value = Mention.Role.class, name = "role")
})
public sealed interface Mention {

  /** How it stands in the words. */
  String written();

  /** A member; not always one whom we have met. */
  record Person(String written, Sender who) implements Mention {}

  /** Everybody who has a role. */
  record Role(String written, RoleRef role, String name) implements Mention {}
}
