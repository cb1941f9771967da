package dev.ibex.tests.files;

import static dev.ibex.activations.Activations.RELU;
import static dev.ibex.activations.Activations.SOFTMAX;
import static dev.ibex.activations.Activations.TANH;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.activations.Activations;
import dev.ibex.activations.NamedActivation;
import dev.ibex.constraints.MaxNorm;
import dev.ibex.constraints.MinMaxNorm;
import dev.ibex.constraints.NonNeg;
import dev.ibex.constraints.UnitNorm;
import dev.ibex.core.Initializer;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.graph.DType;
import dev.ibex.initializers.Constant;
import dev.ibex.initializers.GlorotNormal;
import dev.ibex.initializers.HeNormal;
import dev.ibex.initializers.HeUniform;
import dev.ibex.initializers.Identity;
import dev.ibex.initializers.LecunNormal;
import dev.ibex.initializers.LecunUniform;
import dev.ibex.initializers.Ones;
import dev.ibex.initializers.Orthogonal;
import dev.ibex.initializers.RandomNormal;
import dev.ibex.initializers.RandomUniform;
import dev.ibex.initializers.TruncatedNormal;
import dev.ibex.initializers.VarianceScaling;
import dev.ibex.layers.ActivityRegularization;
import dev.ibex.layers.AlphaDropout;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.Concatenate;
import dev.ibex.layers.Conv1D;
import dev.ibex.layers.Conv2D;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Dropout;
import dev.ibex.layers.ELU;
import dev.ibex.layers.EinsumDense;
import dev.ibex.layers.Embedding;
import dev.ibex.layers.Flatten;
import dev.ibex.layers.GaussianDropout;
import dev.ibex.layers.GaussianNoise;
import dev.ibex.layers.GroupNormalization;
import dev.ibex.layers.LeakyReLU;
import dev.ibex.layers.Normalization;
import dev.ibex.layers.PReLU;
import dev.ibex.layers.RMSNormalization;
import dev.ibex.layers.ReLU;
import dev.ibex.layers.RenormClipping;
import dev.ibex.layers.Reshape;
import dev.ibex.layers.ReversibleEmbedding;
import dev.ibex.layers.Softmax;
import dev.ibex.layers.SpatialDropout1D;
import dev.ibex.layers.SpatialDropout2D;
import dev.ibex.layers.SpatialDropout3D;
import dev.ibex.layers.SpectralNormalization;
import dev.ibex.layers.UnitNormalization;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.Adam;
import dev.ibex.optimizers.SGD;
import dev.ibex.regularizers.L1;
import dev.ibex.regularizers.L1L2;
import dev.ibex.regularizers.L2;
import dev.ibex.regularizers.OrthogonalRegularizer;
import java.util.ArrayList;
import java.util.List;

/** What layers can be given, and layers that need data or draw random numbers. */
final class LayerKinds {
  private LayerKinds() {}

  static List<Kind> all() {
    return List.of(
        activationLayers(),
        activations(),
        penalties(),
        initializers(),
        adapted(),
        normalized(),
        renormalized(),
        products(),
        names(),
        uncompiled(),
        untrained(),
        own(),
        ownFiles(),
        dropping(),
        noisy());
  }

  private static Kind regression(String name, Model model) {
    return Kind.of(name, model)
        .inputs(Samples.floats(4))
        .targets(Samples.floats(2))
        .compile(Adam.of(0.01), MeanSquaredError.of());
  }

  private static Kind activationLayers() {
    return Kind.of(
            "activation_layers",
            Sequential.of(
                Input.of(3, 4, 2),
                PReLU.of().sharedAxes(1, 2).alphaInitializer(Constant.of(0.2)),
                Conv2D.of(3, 2).padding(dev.ibex.layers.Padding.SAME),
                ELU.of(0.7),
                LeakyReLU.of(0.1),
                PReLU.of().alphaRegularizer(L2.of(0.01)).alphaConstraint(NonNeg.of()),
                ReLU.of().maxValue(5).negativeSlope(0.1).threshold(0.05),
                Softmax.of().axis(1, 2),
                dev.ibex.layers.Activation.of(TANH),
                Flatten.of(),
                Dense.of(2)))
        .inputs(Samples.floats(3, 4, 2))
        .targets(Samples.floats(2))
        .compile(Adam.of(0.01), MeanSquaredError.of());
  }

  private static Kind renormalized() {
    return Kind.of(
            "renormalized",
            Sequential.of(
                Input.of(3, 4),
                SpectralNormalization.of(Conv1D.of(4, 2)).powerIterations(2),
                GroupNormalization.of(2).epsilon(0.01).betaInitializer(Constant.of(0.1)),
                UnitNormalization.of().axis(1, 2),
                RMSNormalization.of().epsilon(1e-4),
                BatchNormalization.of()
                    .renorm(true)
                    .renormClipping(RenormClipping.of().rmax(1.5).dmax(0.5))
                    .renormMomentum(0.9)
                    .acrossReplicas(true),
                Flatten.of(),
                SpectralNormalization.of(Dense.of(2).named("inner"))))
        .inputs(Samples.floats(3, 4))
        .targets(Samples.floats(2))
        .compile(Adam.of(0.01), MeanSquaredError.of());
  }

  private static Kind products() {
    Input in = Input.of(3).dtype(DType.INT32).named("given");
    ReversibleEmbedding table =
        ReversibleEmbedding.of(6, 4).tieWeights(false).logitSoftCap(3).named("table");
    var h = dev.ibex.layers.Identity.of().apply(table.apply(in));
    var heads = EinsumDense.of("abc,cde->abde", 3, 2, 3).biasAxes("de").activation(TANH).apply(h);
    var joined =
        EinsumDense.of("abde,dec->abc", 3, 4).kernelInitializer(HeNormal.of()).apply(heads);
    var mapped = EinsumDense.of("...x,xy->...y", 4).biasAxes("y").apply(joined);
    var scores = table.reverse(Concatenate.of().apply(mapped));
    return Kind.of("products", Model.of("products", List.of(in), List.of(scores)))
        .inputs(Samples.ids(6, 3))
        .targets(Samples.floats(3, 6))
        .compile(Adam.of(0.01), MeanSquaredError.of());
  }

  private static Kind activations() {
    List<NamedActivation> all =
        List.of(
            Activations.CELU,
            Activations.ELU,
            Activations.EXPONENTIAL,
            Activations.GELU,
            Activations.HARD_SHRINK,
            Activations.HARD_SIGMOID,
            Activations.HARD_SILU,
            Activations.HARD_TANH,
            Activations.LEAKY_RELU,
            Activations.LINEAR,
            Activations.LOG_SIGMOID,
            Activations.LOG_SOFTMAX,
            Activations.MISH,
            RELU,
            Activations.RELU6,
            Activations.SELU,
            Activations.SIGMOID,
            Activations.SILU,
            Activations.SOFT_SHRINK,
            SOFTMAX,
            Activations.SOFTPLUS,
            Activations.SOFTSIGN,
            Activations.SPARSE_PLUS,
            Activations.SPARSE_SIGMOID,
            Activations.SPARSEMAX,
            Activations.SQUAREPLUS,
            TANH,
            Activations.TANH_SHRINK);
    Input in = Input.of(4).named("given");
    List<SymbolicTensor> parts = new ArrayList<>();
    all.forEach(a -> parts.add(Dense.of(2).activation(a).named("to_" + a.name()).apply(in)));
    var joined = Concatenate.of().apply(parts.toArray(SymbolicTensor[]::new));
    return regression(
        "activations", Model.of("named", List.of(in), List.of(Dense.of(2).apply(joined))));
  }

  private static Kind penalties() {
    return regression(
        "penalties",
        Sequential.of(
            Input.of(4),
            Dense.of(4)
                .kernelRegularizer(L1.of(0.01))
                .biasRegularizer(L2.of(0.02))
                .activityRegularizer(L1L2.of(0.01, 0.02))
                .kernelConstraint(MaxNorm.of(0.9).axis(1))
                .biasConstraint(NonNeg.of()),
            ActivityRegularization.of().l1(0.01).l2(0.02),
            Dense.of(4)
                .kernelRegularizer(OrthogonalRegularizer.of())
                .kernelConstraint(MinMaxNorm.of(0.2, 0.9).rate(0.7)),
            Dense.of(2).kernelConstraint(UnitNorm.of())));
  }

  private static Kind initializers() {
    List<Initializer> all =
        List.of(
            Constant.of(0.1),
            GlorotNormal.of(),
            HeNormal.of().seed(4),
            HeUniform.of(),
            Identity.of(),
            LecunNormal.of(),
            LecunUniform.of(),
            Ones.of(),
            Orthogonal.of(),
            RandomNormal.of(),
            RandomUniform.of(),
            TruncatedNormal.of(),
            VarianceScaling.of());
    Input in = Input.of(4).named("given");
    List<SymbolicTensor> parts = new ArrayList<>();
    all.forEach(
        i -> {
          String name = "by_" + i.getClass().getSimpleName();
          parts.add(
              Dense.of(3).kernelInitializer(i).biasInitializer(Ones.of()).named(name).apply(in));
        });
    var joined = Concatenate.of().apply(parts.toArray(SymbolicTensor[]::new));
    return regression(
        "initializers", Model.of("drawn", List.of(in), List.of(Dense.of(2).apply(joined))));
  }

  private static Kind adapted() {
    Normalization normalization = Normalization.of();
    Model model = Sequential.of(Input.of(4), normalization, Dense.of(2));
    normalization.adapt(Samples.floats(4));
    return regression("adapted", model);
  }

  private static Kind normalized() {
    return regression(
        "normalized",
        Sequential.of(
            Input.of(4),
            Normalization.of().mean(0.1).variance(2),
            Normalization.of()
                .mean(new double[] {0, 1, 2, 3})
                .variance(new double[] {1, 2, 3, 4})
                .invert(true),
            Dense.of(2)));
  }

  private static Kind names() {
    return regression(
        "names",
        Sequential.of(
            "names",
            List.of(
                Input.of(4).named("größen"),
                Dense.of(3).named("Layer_1"), // TensorFlow refuses other letters in Python
                Dense.of(2).named("a.b-c>d"))));
  }

  private static Kind uncompiled() {
    return Kind.of("uncompiled", Sequential.of(Input.of(4), Dense.of(3), Dense.of(2)))
        .inputs(Samples.floats(4))
        .epochs(0);
  }

  private static Kind untrained() {
    return regression("untrained", Sequential.of(Input.of(4), Dense.of(3), Dense.of(2))).epochs(0);
  }

  private static Kind ownFiles() {
    return Kind.of("own_files", Sequential.of(Input.of(4), Own.Offset.of(2.5), Dense.of(2)))
        .inputs(Samples.floats(4))
        .targets(Samples.floats(2))
        .compile(Adam.of(0.01), MeanSquaredError.of());
  }

  private static Kind own() {
    return Kind.of("own_classes", Sequential.of(Input.of(4), Own.Scale.of(1.5), Dense.of(2)))
        .inputs(Samples.floats(4))
        .targets(Samples.floats(2))
        .compile(Adam.of(0.01), new Own.Power(1.5));
  }

  private static Kind dropping() {
    return Kind.of(
            "dropping",
            Sequential.of(
                Input.of(4, 4),
                SpatialDropout1D.of(0.3),
                Conv1D.of(8, 2),
                Dropout.of(0.4),
                dev.ibex.layers.Reshape.of(3, 2, 4),
                SpatialDropout2D.of(0.2),
                Flatten.of(),
                Dense.of(2)))
        .inputs(Samples.floats(4, 4))
        .targets(Samples.floats(2))
        .compile(SGD.of(0.001), MeanSquaredError.of())
        .drawing();
  }

  private static Kind noisy() {
    return Kind.of(
            "noisy",
            Sequential.of(
                Input.of(5).dtype(DType.INT32),
                Embedding.of(9, 4),
                GaussianNoise.of(0.5),
                GaussianDropout.of(0.1).seed(3),
                AlphaDropout.of(0.1).noiseShape(-1, 1, -1),
                Reshape.of(5, 2, 2, 1),
                SpatialDropout3D.of(0.1),
                Flatten.of(),
                Dropout.of(0.2).noiseShape(-1, 1).seed(5),
                Dense.of(2)))
        .inputs(Samples.ids(9, 5))
        .targets(Samples.floats(2))
        .compile(SGD.of(0.001), MeanSquaredError.of())
        .drawing();
  }
}
