/**
 * Keras's JSON for layers, models and all that is set in them; the only package that sees Jackson.
 *
 * <p>Reached through {@link dev.ibex.core.ConfigCodec} and {@link dev.ibex.ModelCodec}. Records are
 * bound by their components, so a class needs no code here beyond its line in {@code BuiltIns}.
 */
@NullMarked
package dev.ibex.config;

import org.jspecify.annotations.NullMarked;
