/** Benchmarks through the public API, whose output a comparison of libraries reads. */
@NullMarked
package dev.ibex.tests.bench;

import org.jspecify.annotations.NullMarked;
