/** Functions of SavedModels as layers run them. */
@NullMarked
package dev.ibex.savedmodel.endpoint;

import org.jspecify.annotations.NullMarked;
