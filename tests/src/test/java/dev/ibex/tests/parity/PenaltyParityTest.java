package dev.ibex.tests.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.core.Constraint;
import dev.ibex.core.Regularizer;
import dev.ibex.graph.Array;
import dev.ibex.graph.Evaluation;
import dev.ibex.graph.Gradients;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

class PenaltyParityTest {
  static Stream<Arguments> regularizers() {
    return Golden.cases(Golden.read("regularizers"));
  }

  static Stream<Arguments> constraints() {
    return Golden.cases(Golden.read("constraints"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("regularizers")
  void penalty_and_derivative_are_those_of_keras(String title, JsonNode entry) {
    Regularizer regularizer = Golden.object(Regularizer.class, entry);
    List<Array> results =
        Evaluation.of(
            (tf, in) -> {
              Operand<TNumber> y = regularizer.apply(tf, Numbers.of(in.get(0)));
              return List.of(y, Gradients.of(tf, y, in).get(0));
            },
            Golden.array(entry.get("input")));
    Golden.assertClose(results.get(0), Golden.array(entry.get("output")), 1e-6);
    Golden.assertClose(results.get(1), Golden.array(entry.get("gradient")), 1e-6);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("constraints")
  void projection_is_that_of_keras(String title, JsonNode entry) {
    Constraint constraint = Golden.object(Constraint.class, entry);
    Array result =
        Evaluation.of(
                (tf, in) -> List.of(constraint.apply(tf, Numbers.of(in.get(0)))),
                Golden.array(entry.get("input")))
            .get(0);
    Golden.assertClose(result, Golden.array(entry.get("output")), 1e-6);
  }
}
