package dev.ibex.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ibex.core.Loss;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.GradientCheck;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

class LossGradientTest {
  private static Array random(double low, double high) {
    Random random = new Random(5);
    return Array.generate(
        DType.FLOAT64, Shape.of(3, 4), i -> low + (high - low) * random.nextDouble());
  }

  static Stream<Arguments> losses() {
    Array real = random(-2, 2);
    Array positive = random(0.1, 0.9);
    Array oneHot = Array.generate(DType.FLOAT64, Shape.of(3, 4), i -> i % 5 == 0 ? 1 : 0);
    Array labels = Array.of(Shape.of(3), 0.0, 2.0, 3.0);
    BinaryFocalCrossentropy binary = BinaryFocalCrossentropy.of();
    CategoricalFocalCrossentropy focal = CategoricalFocalCrossentropy.of();
    return Stream.of(
        Arguments.of(MeanAbsolutePercentageError.of(), positive, random(2, 3)),
        Arguments.of(MeanSquaredLogarithmicError.of(), positive, positive),
        Arguments.of(Huber.of(), oneHot, real),
        Arguments.of(Huber.of().delta(0.3), oneHot, real),
        Arguments.of(LogCosh.of(), oneHot, real),
        Arguments.of(Hinge.of(), oneHot, real),
        Arguments.of(SquaredHinge.of(), real, real),
        Arguments.of(CategoricalHinge.of(), oneHot, real),
        Arguments.of(Poisson.of(), positive, positive),
        Arguments.of(KLDivergence.of(), positive, positive),
        Arguments.of(CosineSimilarity.of(), real, positive),
        Arguments.of(CosineSimilarity.of().axis(0), real, positive),
        Arguments.of(binary, oneHot, positive),
        Arguments.of(binary.applyClassBalancing(true).fromLogits(true), oneHot, real),
        Arguments.of(focal, oneHot, positive),
        Arguments.of(focal.fromLogits(true).axis(0), oneHot, real),
        Arguments.of(CategoricalGeneralizedCrossEntropy.of(), labels, positive),
        Arguments.of(Circle.of().gamma(2), Array.of(Shape.of(3), 1.0, 2.0, 1.0), random(0.1, 0.4)),
        Arguments.of(
            Circle.of().gamma(3).margin(0.1).removeDiagonal(false), labels, random(0.1, 0.4)),
        Arguments.of(Dice.of(), oneHot, positive),
        Arguments.of(Dice.of().axis(1), oneHot, positive),
        Arguments.of(Tversky.of().alpha(0.2).beta(0.7), oneHot, positive));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void has_the_derivative_of_its_value(Loss loss, Array yTrue, Array x) {
    double error =
        GradientCheck.largestError(
            (tf, in) -> loss.values(tf, GradientChecks.constant(tf, yTrue), in.get(0)), x);
    assertThat(error).isLessThan(1e-6);
  }

  @Test
  void refuses_a_q_outside_of_0_and_1() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CategoricalGeneralizedCrossEntropy.of().q(1))
        .withMessage("q: expected a number between 0 and 1, got 1.0");
  }
}
