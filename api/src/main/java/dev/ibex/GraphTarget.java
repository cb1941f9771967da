package dev.ibex;

import dev.ibex.core.Variable;
import dev.ibex.graph.GraphSession;
import dev.ibex.graph.ResourceVariable;

/** A graph that functions are emitted into, and the variables in it. */
interface GraphTarget {
  /** Returns the session of the graph. */
  GraphSession session();

  /** Returns what stands for a variable in the graph. */
  ResourceVariable handle(Variable variable);
}
