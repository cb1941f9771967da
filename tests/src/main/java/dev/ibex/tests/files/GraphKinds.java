package dev.ibex.tests.files;

import static dev.ibex.activations.Activations.RELU;
import static dev.ibex.activations.Activations.SIGMOID;
import static dev.ibex.activations.Activations.SOFTMAX;
import static dev.ibex.activations.Activations.TANH;

import dev.ibex.Compile;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.core.At;
import dev.ibex.core.Operations;
import dev.ibex.layers.Add;
import dev.ibex.layers.Average;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.Concatenate;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Dot;
import dev.ibex.layers.Maximum;
import dev.ibex.layers.Minimum;
import dev.ibex.layers.Multiply;
import dev.ibex.layers.Subtract;
import dev.ibex.losses.CategoricalCrossentropy;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.metrics.MeanAbsoluteError;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Adam;
import java.util.List;

/** Models that are no chain: several inputs and outputs, sharing, nesting, operators. */
final class GraphKinds {
  private GraphKinds() {}

  static List<Kind> all() {
    return List.of(
        several(),
        shared(),
        nested(),
        nestedSequential(),
        operators(),
        operationsShapes(),
        merges(),
        frozen());
  }

  private static Kind several() {
    Input left = Input.of(4).named("left");
    Input right = Input.of(3).named("right");
    var x = Concatenate.of().apply(Dense.of(5).activation(RELU).apply(left), right);
    var value = Dense.of(2).named("value").apply(x);
    var label = Dense.of(3).activation(SOFTMAX).named("label").apply(x);
    return Kind.of("several", Model.of("several", List.of(left, right), List.of(value, label)))
        .inputs(Samples.floats(4), Samples.positive(3))
        .targets(Samples.floats(2), Samples.oneHot(3))
        .weights(Samples.positive(), Samples.positive())
        .compile(
            Compile.with(Adam.of(0.01))
                .output("value", MeanSquaredError.of(), 0.5, Metrics.mae(), Metrics.mse())
                .output("label", CategoricalCrossentropy.of(), 2)
                .weightedMetrics("value", MeanAbsoluteError.of().named("weighted_error"))
                .weightedMetrics("label", Metrics.accuracy()));
  }

  private static Kind shared() {
    Input left = Input.of(4).named("left");
    Input right = Input.of(4).named("right");
    Dense encoder = Dense.of(3).activation(TANH).named("encoder");
    Sequential deep =
        Sequential.of("deep", List.of(Input.of(3), Dense.of(3), BatchNormalization.of()));
    var a = deep.apply(encoder.apply(left));
    var b = deep.apply(encoder.apply(right));
    var y = Dense.of(2).named("last").apply(Subtract.of().apply(a, b));
    return Kind.of("shared", Model.of("shared", List.of(left, right), List.of(y)))
        .inputs(Samples.floats(4), Samples.positive(4))
        .targets(Samples.floats(2))
        .compile(Adam.of(0.01), MeanSquaredError.of());
  }

  private static Kind nested() {
    Sequential innermost =
        Sequential.of("innermost", List.of(Input.of(4), Dense.of(4), BatchNormalization.of()));
    Input middleIn = Input.of(4).named("middle_in");
    var middleOut =
        Dense.of(4)
            .activation(TANH)
            .named("after")
            .apply(innermost.apply(Dense.of(4).named("before").apply(middleIn)));
    Model middle = Model.of("middle", List.of(middleIn), List.of(middleOut));
    Input in = Input.of(4).named("given");
    var y = Dense.of(2).named("last").apply(middle.apply(Dense.of(4).named("first").apply(in)));
    return Kind.of("nested", Model.of("outer", List.of(in), List.of(y)))
        .inputs(Samples.floats(4))
        .targets(Samples.floats(2))
        .compile(Adam.of(0.01), MeanSquaredError.of());
  }

  private static Kind nestedSequential() {
    Sequential inner =
        Sequential.of(
            "inner",
            List.of(Input.of(5).named("inner_in"), Dense.of(4).named("a"), Dense.of(3).named("b")));
    Sequential middle =
        Sequential.of(
            "middle",
            List.of(
                Input.of(5).named("middle_in"), inner, Dense.of(3).activation(RELU).named("c")));
    return Kind.of(
            "nested_sequential",
            Sequential.of(
                "outer",
                List.of(
                    Input.of(6).named("given"),
                    Dense.of(5).named("first"),
                    middle,
                    Dense.of(2).named("last"))))
        .inputs(Samples.floats(6))
        .targets(Samples.floats(2))
        .compile(Adam.of(0.01), MeanSquaredError.of());
  }

  private static Kind operators() {
    Input in = Input.of(4).named("given");
    var x = Dense.of(3).apply(in);
    var scaled = x.times(2).plus(1);
    var gated = scaled.times(x.sigmoid()).minus(0.5);
    var y = Dense.of(2).apply(gated.plus(x).minus(scaled));
    return Kind.of("operators", Model.of("operators", List.of(in), List.of(y)))
        .inputs(Samples.floats(4))
        .targets(Samples.floats(2))
        .compile(Adam.of(0.01), MeanSquaredError.of());
  }

  private static Kind operationsShapes() {
    Input in = Input.of(4, 6).named("given");
    var x = Dense.of(6).activation(TANH).apply(in);
    var moments = x.moments(1);
    var centred = x.minus(moments.get(0).expandDims(1)).dividedBy(x.std(true, 1).plus(0.1));
    var halves = centred.split(2, 2);
    var similar = Operations.einsum("bik,bjk->bij", halves.get(0), halves.get(1));
    var best = similar.topK(2);
    var sorted = x.sort(1).get(At.all(), At.from(1), At.every(2));
    var turned = x.rot90(1, 1, 2).flip(-1).roll(1, 1).swapaxes(1, 2);
    var padded = turned.pad(0.5, List.of(List.of(0, 0), List.of(1, 0), List.of(0, 1)));
    var repeated =
        padded.repeat(2, 1).tile(1, 1, 2).moveaxis(2, 1).get(At.all(), At.to(6), At.to(4));
    var rows = x.take(List.of(0, -1), 1).unstack(1);
    var lower = similar.tril(0).plus(similar.triu(1).diagonal(0, 1, 2).expandDims(2));
    var flat =
        Operations.concatenate(
            List.of(
                best.get(0).max(2),
                sorted.mean(1),
                repeated.prod(2),
                Operations.hstack(rows),
                lower.norm(2),
                x.cumsum(1).quantile(0.25, 2),
                x.logsumexp(1),
                x.diff(1).variance(1),
                x.median(2),
                moments.get(1)),
            1);
    var y = Dense.of(2).apply(flat.normalize(-1).layerNormalization(1e-3, -1));
    return Kind.of("operations_shapes", Model.of("operations_shapes", List.of(in), List.of(y)))
        .inputs(Samples.floats(4, 6))
        .targets(Samples.floats(2))
        .compile(Adam.of(0.01), MeanSquaredError.of());
  }

  private static Kind merges() {
    Input in = Input.of(3, 4).named("given");
    var a = Dense.of(4).activation(TANH).apply(in);
    var b = Dense.of(4).activation(SIGMOID).apply(in);
    var c = Add.of().apply(a, b, in);
    var d = Average.of().apply(a, b);
    var e = Multiply.of().apply(c, d);
    var f = Maximum.of().apply(e, a);
    var g = Minimum.of().apply(f, Subtract.of().apply(a, b));
    var joined = Concatenate.of().axis(1).apply(g, f);
    var similar = Dot.of(2, 2).normalize(true).apply(joined, in);
    return Kind.of("merges", Model.of("merges", List.of(in), List.of(Dense.of(2).apply(similar))))
        .inputs(Samples.floats(3, 4))
        .targets(Samples.floats(6, 2))
        .compile(Adam.of(0.01), MeanSquaredError.of());
  }

  private static Kind frozen() {
    Sequential body =
        Sequential.of(
            "body", List.of(Input.of(4), Dense.of(4).named("first"), BatchNormalization.of()));
    Model model =
        Sequential.of(
            "whole",
            List.of(
                Input.of(4).named("given"),
                body,
                Dense.of(4).trainable(false).named("kept"),
                BatchNormalization.of().named("moments"),
                Dense.of(2).named("head")));
    body.freeze();
    model.freeze("moments");
    return Kind.of("frozen", model)
        .inputs(Samples.floats(4))
        .targets(Samples.floats(2))
        .compile(Adam.of(0.01), MeanSquaredError.of());
  }
}
