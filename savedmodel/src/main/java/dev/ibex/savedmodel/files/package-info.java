/** Files that hold models: containers, atomic writing. */
@NullMarked
package dev.ibex.savedmodel.files;

import org.jspecify.annotations.NullMarked;
