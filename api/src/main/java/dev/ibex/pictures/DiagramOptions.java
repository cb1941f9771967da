package dev.ibex.pictures;

/**
 * What a diagram shows beside names, classes and shapes.
 *
 * @param expanded the layers of nested models
 * @param dtypes element types
 * @param activations activations
 */
record DiagramOptions(boolean expanded, boolean dtypes, boolean activations) {}
