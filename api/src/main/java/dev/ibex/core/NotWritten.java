package dev.ibex.core;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record component that Keras's files have no place for: JSON never holds it, and an object
 * in which it is not the default is not written.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface NotWritten {
  /** Returns how a user sets it, for the error. */
  String value();
}
