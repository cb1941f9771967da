package dev.ibex.tests.files;

import static dev.ibex.activations.Activations.SIGMOID;
import static dev.ibex.activations.Activations.SOFTMAX;

import dev.ibex.Compile;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.core.Loss;
import dev.ibex.core.Metric;
import dev.ibex.core.Reduction;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.graph.Array;
import dev.ibex.layers.Dense;
import dev.ibex.losses.BinaryCrossentropy;
import dev.ibex.losses.BinaryFocalCrossentropy;
import dev.ibex.losses.CategoricalCrossentropy;
import dev.ibex.losses.CategoricalFocalCrossentropy;
import dev.ibex.losses.CategoricalHinge;
import dev.ibex.losses.CosineSimilarity;
import dev.ibex.losses.Hinge;
import dev.ibex.losses.Huber;
import dev.ibex.losses.KLDivergence;
import dev.ibex.losses.LogCosh;
import dev.ibex.losses.MeanAbsoluteError;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.losses.MeanSquaredLogarithmicError;
import dev.ibex.losses.Poisson;
import dev.ibex.losses.SquaredHinge;
import dev.ibex.metrics.AUC;
import dev.ibex.metrics.BinaryAccuracy;
import dev.ibex.metrics.FalseNegatives;
import dev.ibex.metrics.FalsePositives;
import dev.ibex.metrics.Precision;
import dev.ibex.metrics.PrecisionAtRecall;
import dev.ibex.metrics.Recall;
import dev.ibex.metrics.RootMeanSquaredError;
import dev.ibex.metrics.TrueNegatives;
import dev.ibex.metrics.TruePositives;
import dev.ibex.optimizers.SGD;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Losses and metrics. */
final class FigureKinds {
  private FigureKinds() {}

  static List<Kind> all() {
    return List.of(losses(), metrics());
  }

  private static Kind losses() {
    Map<String, Loss> losses = new LinkedHashMap<>();
    losses.put("binary", BinaryCrossentropy.of().labelSmoothing(0.1));
    losses.put("binary_focal", BinaryFocalCrossentropy.of().gamma(1.5));
    losses.put("categorical", CategoricalCrossentropy.of().reduction(Reduction.SUM));
    losses.put("categorical_focal", CategoricalFocalCrossentropy.of().alpha(0.3));
    losses.put("categorical_hinge", CategoricalHinge.of());
    losses.put("cosine", CosineSimilarity.of());
    losses.put("hinge", Hinge.of());
    losses.put("huber", Huber.of()); // Keras does not write its delta
    losses.put("divergence", KLDivergence.of());
    losses.put("log_cosh", LogCosh.of());
    losses.put("absolute", MeanAbsoluteError.of());
    losses.put("squared", MeanSquaredError.of().named("mine"));
    losses.put("logarithmic", MeanSquaredLogarithmicError.of());
    losses.put("poisson", Poisson.of());
    losses.put("squared_hinge", SquaredHinge.of());
    Input in = Input.of(4).named("given");
    List<SymbolicTensor> outputs = new ArrayList<>();
    Compile compile = Compile.with(SGD.of(0.05));
    for (Map.Entry<String, Loss> e : losses.entrySet()) {
      outputs.add(Dense.of(3).activation(SOFTMAX).named(e.getKey()).apply(in));
      compile = compile.output(e.getKey(), e.getValue());
    }
    Array target = Samples.oneHot(3);
    return Kind.of("losses", Model.of("losses", List.of(in), outputs))
        .inputs(Samples.floats(4))
        .targets(losses.keySet().stream().map(name -> target).toArray(Array[]::new))
        .compile(compile);
  }

  private static Kind metrics() {
    return Kind.of(
            "metrics",
            Sequential.of(Input.of(4), Dense.of(1).activation(SIGMOID).named("probability")))
        .inputs(Samples.floats(4))
        .targets(Samples.bits(1))
        .compile(
            SGD.of(0.05),
            BinaryCrossentropy.of(),
            new Metric[] {
              BinaryAccuracy.of().threshold(0.4),
              AUC.of().numThresholds(50),
              Precision.of(),
              Recall.of(),
              TruePositives.of(),
              FalsePositives.of(),
              TrueNegatives.of(),
              FalseNegatives.of(),
              PrecisionAtRecall.of(0.5),
              RootMeanSquaredError.of()
            });
  }
}
