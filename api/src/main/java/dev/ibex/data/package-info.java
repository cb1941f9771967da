/** Reading tables and dividing samples. */
@NullMarked
package dev.ibex.data;

import org.jspecify.annotations.NullMarked;
