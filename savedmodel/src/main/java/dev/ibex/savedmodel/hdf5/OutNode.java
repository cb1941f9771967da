package dev.ibex.savedmodel.hdf5;

import dev.ibex.graph.Array;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A group or dataset that is to be written. */
final class OutNode {
  /** Texts by name: {@code String} or {@link FixedTexts}. */
  final Map<String, Object> attributes = new LinkedHashMap<>();

  /** The members of a group. */
  final Map<String, OutNode> members = new LinkedHashMap<>();

  /** The elements of a dataset. */
  final @Nullable Array value;

  OutNode(@Nullable Array value) {
    this.value = value;
  }
}
