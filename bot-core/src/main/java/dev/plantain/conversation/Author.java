package dev.plantain.conversation;

/** Whose turn it is. */
public enum Author {
  MEMBER,
  MODEL
}
