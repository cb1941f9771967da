package dev.ibex.core;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Name of a record component in Keras's JSON where it is not simply the snake-case form, such as
 * {@code beta_1} for {@code beta1}; or of an enum's constant where it is not the lower-case form.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Key {
  /** Returns the JSON name. */
  String value();

  /** Returns the name that files of Keras 2 have instead; empty if it was the same. */
  String formerly() default "";
}
