package dev.ibex.core;

/**
 * A loss or metric that Keras's files hold as its bare name, because only the shapes of data decide
 * what it stands for.
 */
public interface ByName {
  /** Returns the name. */
  String name();
}
