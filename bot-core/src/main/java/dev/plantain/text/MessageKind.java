package dev.plantain.text;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What is known about all messages of one record: the key of their text and its placeholders. */
record MessageKind(String key, List<RecordComponent> components) {
  private static final String COUNT = "count";

  private static final ClassValue<MessageKind> KINDS =
      new ClassValue<>() {
        @Override
        protected MessageKind computeValue(Class<?> type) {
          return new MessageKind(key(type), List.of(type.getRecordComponents()));
        }
      };

  static MessageKind of(Class<?> type) {
    return KINDS.get(type);
  }

  /** Every record of the family, also of families within it. */
  static Stream<Class<?>> all(Class<?> family) {
    return family.isSealed()
        ? Arrays.stream(family.getPermittedSubclasses()).flatMap(MessageKind::all)
        : Stream.of(family);
  }

  private static String key(Class<?> type) {
    return type.getSimpleName()
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  boolean isCounted() {
    return components.stream().anyMatch(component -> component.getName().equals(COUNT));
  }

  /** The values of a message by the names of its placeholders. */
  Map<String, Object> values(Message message) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : components) {
      values.put(component.getName(), value(component, message));
    }
    return values;
  }

  /** The number that chooses the plural form of a counted message. */
  static long count(Map<String, Object> values) {
    return values.get(COUNT) instanceof Number number ? number.longValue() : 0;
  }

  private static Object value(RecordComponent component, Message message) {
    try {
      return component.getAccessor().invoke(message);
    } catch (IllegalAccessException | InvocationTargetException impossible) {
      throw new IllegalStateException("cannot read " + component + " of a message", impossible);
    }
  }
}
