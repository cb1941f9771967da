/** Tests that cross modules. */
@NullMarked
package dev.ibex.tests;

import org.jspecify.annotations.NullMarked;
