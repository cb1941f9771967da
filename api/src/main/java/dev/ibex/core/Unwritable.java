package dev.ibex.core;

/** A layer that no file can hold, as one of Java code. Models with it save their weights alone. */
public interface Unwritable {
  /** Returns why, and what to do; follows the layer's name in an error's text. */
  String whyUnwritable();
}
