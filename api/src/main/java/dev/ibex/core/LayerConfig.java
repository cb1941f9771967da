package dev.ibex.core;

/**
 * The immutable description of a layer: a record whose components are the only list of its fields.
 */
public interface LayerConfig {
  /** Returns name, trainability and dtype policy. */
  LayerOptions options();
}
