package dev.ibex.core;

/**
 * A layer that draws random numbers in training: what it does there is compared with its definition
 * over many draws, not with single values.
 */
public interface Stochastic {}
