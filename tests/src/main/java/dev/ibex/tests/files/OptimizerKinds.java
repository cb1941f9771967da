package dev.ibex.tests.files;

import static dev.ibex.activations.Activations.TANH;

import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.core.Optimizer;
import dev.ibex.layers.Dense;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Adadelta;
import dev.ibex.optimizers.Adafactor;
import dev.ibex.optimizers.Adagrad;
import dev.ibex.optimizers.Adam;
import dev.ibex.optimizers.AdamW;
import dev.ibex.optimizers.Adamax;
import dev.ibex.optimizers.Ftrl;
import dev.ibex.optimizers.Lamb;
import dev.ibex.optimizers.Lion;
import dev.ibex.optimizers.LossScaleOptimizer;
import dev.ibex.optimizers.Nadam;
import dev.ibex.optimizers.RMSprop;
import dev.ibex.optimizers.SGD;
import dev.ibex.schedules.CosineDecay;
import dev.ibex.schedules.CosineDecayRestarts;
import dev.ibex.schedules.ExponentialDecay;
import dev.ibex.schedules.InverseTimeDecay;
import dev.ibex.schedules.PiecewiseConstantDecay;
import dev.ibex.schedules.PolynomialDecay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One small model with each optimizer; each option and schedule with one of them. */
final class OptimizerKinds {
  private OptimizerKinds() {}

  static List<Kind> all() {
    Map<String, Optimizer> optimizers = new LinkedHashMap<>();
    optimizers.put("adam", Adam.of(0.01).amsgrad(true).clipnorm(0.5));
    optimizers.put(
        "adam_accumulating",
        Adam.of(0.01).gradientAccumulationSteps(2).useEma(true).emaMomentum(0.8));
    optimizers.put(
        "adamw", AdamW.of().learningRate(ExponentialDecay.of(0.01, 5, 0.9)).weightDecay(0.02));
    optimizers.put(
        "sgd",
        SGD.of()
            .learningRate(PiecewiseConstantDecay.of(new long[] {4, 8}, 0.05, 0.02, 0.01))
            .momentum(0.9)
            .nesterov(true)
            .clipvalue(0.3));
    optimizers.put(
        "rmsprop",
        RMSprop.of(0.01)
            .centered(true)
            .momentum(0.5)
            .useEma(true)
            .emaMomentum(0.9)
            .emaOverwriteFrequency(4));
    optimizers.put("rmsprop_plain", RMSprop.of(0.01).rho(0.8).weightDecay(0.01));
    optimizers.put(
        "adagrad", Adagrad.of().learningRate(CosineDecay.of(0.0, 30).warmup(0.1, 4).alpha(0.1)));
    optimizers.put(
        "adadelta",
        Adadelta.of().learningRate(InverseTimeDecay.of(0.9, 4, 0.5).staircase(true)).rho(0.9));
    optimizers.put("adamax", Adamax.of(0.01).globalClipnorm(0.4));
    optimizers.put("nadam", Nadam.of(0.01).weightDecay(0.01));
    optimizers.put(
        "ftrl", Ftrl.of(0.1).l1RegularizationStrength(0.001).l2RegularizationStrength(0.01));
    optimizers.put(
        "lion", Lion.of().learningRate(PolynomialDecay.of(0.01, 4).power(2).cycle(true)));
    optimizers.put("adafactor", Adafactor.of(0.02));
    optimizers.put(
        "lamb", Lamb.of().learningRate(CosineDecayRestarts.of(0.02, 4).mMul(0.8).alpha(0.1)));
    optimizers.put(
        "loss_scale",
        LossScaleOptimizer.of(Adam.of(0.01).clipnorm(1)).initialScale(64).dynamicGrowthSteps(4));
    return optimizers.entrySet().stream()
        .map(e -> kind("optimizer_" + e.getKey(), e.getValue()))
        .toList();
  }

  private static Kind kind(String name, Optimizer optimizer) {
    return Kind.of(
            name,
            Sequential.of(
                "mlp",
                List.of(
                    Input.of(6).named("features"),
                    Dense.of(8).activation(TANH).named("hidden"),
                    Dense.of(3).named("values"))))
        .inputs(Samples.floats(6))
        .targets(Samples.floats(3))
        .compile(optimizer, MeanSquaredError.of(), Metrics.mae());
  }
}
