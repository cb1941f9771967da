package dev.ibex.core;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Copies of records that differ in one component, so that options are one line each. */
public final class Records {
  private Records() {}

  /**
   * Returns a copy of {@code record} with one component replaced.
   *
   * @throws IllegalArgumentException if there is no such component, or the value is null; what the
   *     record's own constructor throws passes through
   */
  public static <R extends Record> R with(R record, String component, Object value) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    boolean found = false;
    for (int i = 0; i < components.length; i++) {
      boolean replaced = components[i].getName().equals(component);
      values[i] = replaced ? value : get(record, components[i]);
      found |= replaced;
    }
    if (!found) {
      throw new IllegalArgumentException(
          component + ": " + record.getClass().getName() + " has no such component");
    }
    return create(record, values);
  }

  /** Returns the value of a component. */
  public static Object get(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException e) {
      throw inaccessible(record.getClass(), e);
    } catch (InvocationTargetException e) {
      throw rethrow(e);
    }
  }

  /**
   * Returns a record of the same class with other values, in the order of its components.
   *
   * @throws IllegalArgumentException if a value is null; an absent one is an empty Optional
   */
  public static <R extends Record> R create(R like, Object... values) {
    RecordComponent[] components = like.getClass().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      Check.that(values[i] != null, "%s: expected a value, got null", components[i].getName());
    }
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      @SuppressWarnings("unchecked")
      Constructor<R> constructor = (Constructor<R>) like.getClass().getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (IllegalAccessException e) {
      throw inaccessible(like.getClass(), e);
    } catch (InvocationTargetException e) {
      throw rethrow(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static IllegalArgumentException inaccessible(Class<?> type, Exception cause) {
    return new IllegalArgumentException(
        type.getName()
            + " cannot be read by Ibex: make the record public, in a package that its module exports"
            + " or opens to dev.ibex.api",
        cause);
  }

  private static RuntimeException rethrow(InvocationTargetException e) {
    if (e.getCause() instanceof RuntimeException r) {
      return r;
    }
    if (e.getCause() instanceof Error r) {
      throw r;
    }
    return new IllegalStateException(e.getCause());
  }
}
