package dev.plantain.text;

/**
 * Everything that can be said to a person.
 *
 * <p>The name of a record is the key of its text: {@code CardQueued} is {@code card-queued} in the
 * bundles. Its components are the placeholders: {@code {count}}. A component named {@code count}
 * also chooses the plural form: {@code card-queued.one}, {@code card-queued.other}. Components are
 * {@code String}, {@code int}, {@code long} (in bytes when the name ends with {@code Bytes}),
 * {@code Duration} and {@code Instant}.
 *
 * <p>The beginning of the name tells how long the text may be: {@code Button…} 30 characters,
 * {@code Command…} (a line in a menu of commands) 100, {@code Alert…} 200, all others 3,000.
 */
public sealed interface Message {

  /** The request is taken and begins at once. */
  record CardAccepted() implements Message {}

  /** The request waits behind others. */
  record CardQueued(int count) implements Message {}

  /** Cancels the request. */
  record ButtonCancel() implements Message {}

  /** A time that was rounded, as a part of other texts. */
  record About(String amount) implements Message {}

  /** A time, as a part of other texts. */
  record Seconds(int count) implements Message {}

  /** A time, as a part of other texts. */
  record Minutes(int count) implements Message {}

  /** A time, as a part of other texts. */
  record Hours(int count) implements Message {}

  /** A time, as a part of other texts. */
  record Days(int count) implements Message {}
}
