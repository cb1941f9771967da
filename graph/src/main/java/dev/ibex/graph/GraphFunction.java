package dev.ibex.graph;

import java.util.List;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;

/**
 * A callable part of a graph: tensors to feed, tensors to fetch, and targets to run for their
 * effect.
 *
 * <p>Immutable; may be called from several threads at once. Lives as long as its session.
 */
public final class GraphFunction {
  private final String name;
  private final List<Output<?>> feeds;
  private final List<Output<?>> fetches;
  private final List<Op> targets;
  private final GraphSession session;

  GraphFunction(
      String name,
      List<Output<?>> feeds,
      List<Output<?>> fetches,
      List<Op> targets,
      GraphSession session) {
    this.name = name;
    this.feeds = feeds;
    this.fetches = fetches;
    this.targets = targets;
    this.session = session;
  }

  /** Returns the name, for the texts of errors. */
  public String name() {
    return name;
  }

  /**
   * Runs the function once.
   *
   * @param tensors the feeds, in order; they stay the caller's
   * @return the fetched tensors, in order; the caller closes it
   * @throws NativeException if the runtime reports an error
   */
  public Result run(List<? extends Tensor> tensors) {
    return runner(tensors).run();
  }

  /** Returns a function call with its feeds bound, to be run many times by one thread. */
  public Runner runner(List<? extends Tensor> tensors) {
    if (tensors.size() != feeds.size()) {
      throw new IllegalArgumentException(
          name + ": takes " + feeds.size() + " tensors, but " + tensors.size() + " were given");
    }
    Session.Runner run = session.runner();
    for (int i = 0; i < tensors.size(); i++) {
      run.feed(feeds.get(i), tensors.get(i));
    }
    fetches.forEach(run::fetch);
    targets.forEach(run::addTarget);
    return new Runner(run);
  }

  /**
   * A call with bound feeds. For one thread; the content of the fed tensors may change between
   * runs.
   */
  public final class Runner {
    private final Session.Runner run;

    private Runner(Session.Runner run) {
      this.run = run;
    }

    /**
     * Runs the function once.
     *
     * @return the fetched tensors; the caller closes it
     * @throws NativeException if the runtime reports an error
     */
    public Result run() {
      try {
        return run.run();
      } catch (RuntimeException e) {
        throw session.places().explain(name, e);
      }
    }
  }
}
