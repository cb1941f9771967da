package dev.ibex.tests.files;

import static dev.ibex.activations.Activations.RELU;
import static dev.ibex.activations.Activations.SIGMOID;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.graph.DType;
import dev.ibex.layers.Add;
import dev.ibex.layers.Concatenate;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Embedding;
import dev.ibex.layers.GlobalAveragePooling1D;
import dev.ibex.layers.LayerNormalization;
import dev.ibex.layers.Masking;
import dev.ibex.layers.RepeatVector;
import dev.ibex.layers.TimeDistributed;
import dev.ibex.losses.BinaryCrossentropy;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.metrics.AUC;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Adam;
import java.util.List;

/** Texts and other sequences, with masks. */
final class SequenceKinds {
  private SequenceKinds() {}

  static List<Kind> all() {
    return List.of(text(), joined(), masked(), repeated());
  }

  private static Kind text() {
    return Kind.of(
            "text",
            Sequential.of(
                Input.of(7).dtype(DType.INT32),
                Embedding.of(12, 5).maskZero(true),
                Dense.of(4).activation(RELU),
                GlobalAveragePooling1D.of(),
                Dense.of(1).activation(SIGMOID)))
        .inputs(Samples.ids(12, 7))
        .targets(Samples.bits(1))
        .compile(Adam.of(0.02), BinaryCrossentropy.of(), Metrics.accuracy(), AUC.of());
  }

  private static Kind joined() {
    Input left = Input.of(5).dtype(DType.INT32).named("left");
    Input right = Input.of(5).dtype(DType.INT32).named("right");
    Embedding words = Embedding.of(9, 4).maskZero(true).named("words");
    var a = words.apply(left);
    var b = words.apply(right);
    var sum = Add.of().apply(a, b);
    var pooled =
        Concatenate.of()
            .apply(GlobalAveragePooling1D.of().apply(a), GlobalAveragePooling1D.of().apply(sum));
    return Kind.of(
            "text_joined",
            Model.of("joined", List.of(left, right), List.of(Dense.of(2).apply(pooled))))
        .inputs(Samples.ids(9, 5), Samples.ids(7, 5))
        .targets(Samples.floats(2))
        .compile(Adam.of(0.02), MeanSquaredError.of());
  }

  private static Kind masked() {
    return Kind.of(
            "masked",
            Sequential.of(
                Input.of(6, 3),
                Masking.of(),
                TimeDistributed.of(Dense.of(4).activation(RELU)),
                TimeDistributed.of(Dense.of(2).named("inside")).named("outside")))
        .inputs(Samples.padded(6, 3))
        .targets(Samples.floats(6, 2))
        .compile(Adam.of(0.02), MeanSquaredError.of(), Metrics.mae());
  }

  private static Kind repeated() {
    return Kind.of(
            "repeated",
            Sequential.of(
                Input.of(4),
                Dense.of(6),
                RepeatVector.of(3),
                LayerNormalization.of().epsilon(0.01),
                LayerNormalization.of().axis(1, 2).center(false),
                TimeDistributed.of(
                    Sequential.of(
                        "inner",
                        List.of(Input.of(6).named("inner_in"), Dense.of(2).named("inner_dense"))))))
        .inputs(Samples.floats(4))
        .targets(Samples.floats(3, 2))
        .compile(Adam.of(0.02), MeanSquaredError.of());
  }
}
