package dev.ibex;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.core.Optimizer;
import dev.ibex.core.OptimizerOptions;
import dev.ibex.core.OptimizerStep;
import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.Array;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;

class OptimizerRunTest {
  /** Cannot make its update. */
  private record Broken(OptimizerOptions options, List<Graph> graphs)
      implements Optimizer.Common<Broken> {
    @Override
    public List<WeightSpec> slots(Variable weight) {
      return List.of();
    }

    @Override
    public Op update(OptimizerStep step) {
      graphs.add((Graph) step.tf().scope().env());
      throw new IllegalStateException("no update");
    }
  }

  @Test
  void frees_its_graph_when_the_optimizer_cannot_be_emitted() {
    List<Graph> graphs = new ArrayList<>();
    Broken broken = new Broken(OptimizerOptions.of("broken", 0.1), graphs);
    List<Array> start = List.of(Array.of(Shape.of(2), 1f, 2f));
    assertThatThrownBy(() -> new OptimizerRun(broken, start)).hasMessage("no update");
    assertThatThrownBy(() -> graphs.get(0).toGraphDef()).hasMessageContaining("close");
  }
}
