package dev.ibex.config;

import dev.ibex.core.Key;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** JSON names of record components: the one place where camel case meets snake case. */
final class Keys {
  /** The component of options that every layer, loss or optimizer has; its keys stand flat. */
  private static final String FLATTENED = "options";

  private Keys() {}

  /** Returns the JSON name of a component. */
  static String of(RecordComponent component) {
    Key key = component.getAnnotation(Key.class);
    return key != null
        ? key.value()
        : component.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  /** Returns the name that a component has in an object, which may be of Keras 2. */
  static String of(RecordComponent component, Place object) {
    Key key = component.getAnnotation(Key.class);
    return key != null && object.has(key.formerly()) ? key.formerly() : of(component);
  }

  /** Returns the JSON text of an enum's constant. */
  static String of(Enum<?> constant) {
    return key(constant).map(Key::value).orElse(constant.name().toLowerCase(Locale.ROOT));
  }

  private static String formerly(Enum<?> constant) {
    return key(constant).map(Key::formerly).orElse("");
  }

  private static Optional<Key> key(Enum<?> constant) {
    try {
      return Optional.ofNullable(
          constant.getDeclaringClass().getField(constant.name()).getAnnotation(Key.class));
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns whether a JSON text, which may be of Keras 2, is that of an enum's constant. */
  static boolean names(String text, Enum<?> constant) {
    return text.equalsIgnoreCase(of(constant)) || text.equals(formerly(constant));
  }

  /** Returns the names of a record's components. */
  static List<String> of(Class<?> record) {
    return Stream.of(record.getRecordComponents()).map(c -> of(c)).toList();
  }

  /** Returns whether a type is a record of optional settings, which an object holds by name. */
  static boolean isSettings(Class<?> type) {
    return type.isRecord()
        && Family.of(type).isEmpty()
        && Stream.of(type.getRecordComponents()).allMatch(c -> c.getType() == Optional.class);
  }

  /** Returns whether a component's own components stand in its place. */
  static boolean flattened(RecordComponent component) {
    return component.getName().equals(FLATTENED) && component.getType().isRecord();
  }
}
