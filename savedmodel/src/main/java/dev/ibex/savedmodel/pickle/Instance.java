package dev.ibex.savedmodel.pickle;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a pickle asks to be made by a call: which call, never its result. */
public final class Instance {
  private final Object callee;
  private final List<?> arguments;
  private @Nullable Object state;

  Instance(Object callee, List<?> arguments) {
    this.callee = callee;
    this.arguments = arguments;
  }

  /** Returns what is called: a {@link Global}, or an instance that stands for a function. */
  public Object callee() {
    return callee;
  }

  /** Returns what it is called with. */
  public List<?> arguments() {
    return arguments;
  }

  /** Returns what is then set; empty if nothing is. */
  public Optional<Object> state() {
    return Optional.ofNullable(state);
  }

  void build(Object newState) {
    if (state != null) {
      throw new PickleException("the state of " + callee + " is set twice");
    }
    state = newState;
  }
}
