package dev.ibex.core;

import java.util.List;

/**
 * A layer that hands its call on to layers inside it, so that their masks come out: a nested model,
 * or a wrapper.
 */
public interface Composite {
  /** Emits the inner layers and returns the outputs with their masks. */
  List<Value> emit(Call call);
}
