package dev.ibex.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.ibex.core.Loss;
import dev.ibex.graph.Array;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

class TargetCheckTest {
  private static final Loss SPARSE = SparseCategoricalCrossentropy.of();
  private static final Loss DENSE = CategoricalCrossentropy.of();
  private static final Loss BINARY = BinaryCrossentropy.of();
  private static final Shape THREE = Shape.of(-1, 3);
  private static final Shape STEPS = Shape.of(-1, 2, 3);

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            SPARSE,
            Array.of(Shape.of(4), 0, 2, 3, 1),
            THREE,
            "output \"digit\": the target of row 2 is 3, but the output has 3 classes, so its class"
                + " numbers are the whole numbers from 0 to 2; give the output more units, renumber"
                + " the classes from 0, or set ignoreClass"),
        Arguments.of(
            SPARSE,
            Array.of(Shape.of(2, 2), 0, 1, 2, -1),
            STEPS,
            "output \"digit\": the target of row 1 is -1, but the output has 3 classes, so its class"
                + " numbers are the whole numbers from 0 to 2; give the output more units, renumber"
                + " the classes from 0, or set ignoreClass"),
        Arguments.of(
            SPARSE,
            Array.of(Shape.of(2), 0f, 0.25f),
            THREE,
            "output \"digit\": the target of row 1 is 0.25, but the output has 3 classes, so its"
                + " class numbers are the whole numbers from 0 to 2; for probabilities use"
                + " CategoricalCrossentropy"),
        Arguments.of(
            SPARSE,
            Array.of(Shape.of(1), Float.NaN),
            THREE,
            "output \"digit\": the target of row 0 is NaN, but the output has 3 classes, so its class"
                + " numbers are the whole numbers from 0 to 2; for probabilities use"
                + " CategoricalCrossentropy"),
        Arguments.of(
            SPARSE,
            Array.of(new float[][] {{0, 1, 0}}),
            THREE,
            "output \"digit\": SparseCategoricalCrossentropy needs class numbers of the output's shape"
                + " (?, 3) without its axis 1, got a target of shape (1, 3); it looks one-hot: use"
                + " CategoricalCrossentropy"),
        Arguments.of(
            SPARSE,
            Array.of(Shape.of(1, 5), 0, 1, 2, 0, 1),
            STEPS,
            "output \"digit\": SparseCategoricalCrossentropy needs class numbers of the output's shape"
                + " (?, 2, 3) without its axis 2, got a target of shape (1, 5); give one whole number"
                + " for each prediction"),
        Arguments.of(
            SPARSE,
            Array.of(Shape.of(1), "cat"),
            THREE,
            "output \"digit\": the target holds strings; turn them into numbers first, for example"
                + " with StringLookup"),
        Arguments.of(
            DENSE,
            Array.of(Shape.of(2), 0, 2),
            THREE,
            "output \"digit\": CategoricalCrossentropy needs a target of the output's shape (?, 3),"
                + " got (2); if it holds class numbers, use SparseCategoricalCrossentropy or turn them"
                + " into one-hot rows"),
        Arguments.of(
            DENSE,
            Array.of(Shape.of(2, 1), 0, 2),
            THREE,
            "output \"digit\": CategoricalCrossentropy needs a target of the output's shape (?, 3),"
                + " got (2, 1); if it holds class numbers, use SparseCategoricalCrossentropy or turn"
                + " them into one-hot rows"),
        Arguments.of(
            DENSE,
            Array.of(Shape.of(1, 2), 0, 1),
            THREE,
            "output \"digit\": CategoricalCrossentropy needs a target of the output's shape (?, 3),"
                + " got (1, 2); give one number for each number of the output, or change the output"),
        Arguments.of(
            BINARY,
            Array.of(Shape.of(1, 2), 0, 1),
            THREE,
            "output \"digit\": BinaryCrossentropy needs a target of the output's shape (?, 3), got (1,"
                + " 2); give one number for each number of the output, or change the output"),
        Arguments.of(
            MeanSquaredError.of(),
            Array.of(new float[][] {{1, 2, 3}}),
            Shape.of(-1, 1),
            "output \"digit\": MeanSquaredError needs a target of the output's shape (?, 1), got (1,"
                + " 3); give one number for each number of the output, or change the output"),
        Arguments.of(
            Dice.of(),
            Array.of(Shape.of(1, 5), 1f, 0f, 1f, 0f, 1f),
            Shape.of(-1, 4, 1),
            "output \"digit\": Dice needs a target of the output's shape (?, 4, 1), got (1, 5); give"
                + " one number for each number of the output, or change the output"),
        Arguments.of(
            Circle.of(),
            Array.of(new float[][] {{1, 2}}),
            THREE,
            "output \"digit\": Circle needs an output of shape (?, n) and a target of one class number"
                + " for each row, got the shapes (?, 3) and (1, 2)"),
        Arguments.of(
            Circle.of(),
            Array.of(Shape.of(2), 1f, 0.5f),
            THREE,
            "output \"digit\": the target of row 1 is 0.5, but Circle compares whole numbers"),
        Arguments.of(
            CTC.of(),
            Array.of(Shape.of(2), 1, 2),
            STEPS,
            "output \"digit\": CTC needs an output of shape (?, steps, classes) and a target of shape"
                + " (?, labels), got the shapes (?, 2, 3) and (2)"),
        Arguments.of(
            CTC.of(),
            Array.of(Shape.of(2, 2), 1, 2, 0, 1),
            STEPS,
            "output \"digit\": the target of row 1 holds 1.0, but its labels are whole numbers from 1"
                + " to 2, filled up with 0 at the end only, for 0 is the blank"),
        Arguments.of(
            CTC.of(),
            Array.of(Shape.of(1, 2), 1, 3),
            STEPS,
            "output \"digit\": the target of row 0 holds 3.0, but its labels are whole numbers from 1"
                + " to 2, filled up with 0 at the end only, for 0 is the blank"),
        Arguments.of(
            CTC.of(),
            Array.of(Shape.of(2, 2), 1, 2, 1, 1),
            STEPS,
            "output \"digit\": the target of row 1 needs 3 steps, one for each label and one more for"
                + " each repeated label, but the output has 2; give shorter targets or more steps"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void says_what_is_wrong_and_what_to_do(Loss loss, Array target, Shape output, String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.check("digit", target, output))
        .withMessage(text);
  }

  @Test
  void a_loss_alone_broadcasts_as_keras_does() {
    Array one = Array.of(new float[][] {{1}});
    Array target = Array.of(new float[][] {{1, 3}});
    assertThat(MeanAbsoluteError.of().value(target, one).floats()).containsExactly(1f);
  }

  static Stream<Arguments> accepted() {
    Loss ignoring = SparseCategoricalCrossentropy.of().ignoreClass(-1);
    Loss first = SparseCategoricalCrossentropy.of().axis(1);
    return Stream.of(
        Arguments.of(SPARSE, Array.of(Shape.of(2), 0, 2), THREE),
        Arguments.of(SPARSE, Array.of(Shape.of(2), 0f, 2f), THREE),
        Arguments.of(SPARSE, Array.of(Shape.of(2, 1), 0, 2), THREE),
        Arguments.of(SPARSE, Array.of(Shape.of(1, 2, 1), 0, 2), STEPS),
        Arguments.of(SPARSE, Array.of(Shape.of(2), 0, 2), Shape.of(-1, -1)),
        Arguments.of(ignoring, Array.of(Shape.of(2), 0, -1), THREE),
        Arguments.of(first, Array.of(Shape.of(1, 5), 0, 1, 0, 1, 1), Shape.of(-1, 2, 5)),
        Arguments.of(DENSE, Array.of(new float[][] {{0, 1, 0}}), THREE),
        Arguments.of(BINARY, Array.of(Shape.of(4), 0, 1, 0, 1), Shape.of(-1, 1)),
        Arguments.of(BINARY, Array.of(Shape.of(4, 1), 0, 1, 0, 1), Shape.of(-1)),
        Arguments.of(MeanSquaredError.of(), Array.of(Shape.of(4), 0, 1, 0, 1), Shape.of(-1, 1)),
        Arguments.of(Huber.of(), Array.of(Shape.of(1, 2, 3, 1), 0, 1, 0, 1, 1, 0), STEPS),
        Arguments.of(Dice.of(), Array.of(Shape.of(1, 4), 0, 1, 0, 1), Shape.of(-1, -1, 1)),
        Arguments.of(Circle.of(), Array.of(Shape.of(2), 0, 70_000), THREE),
        Arguments.of(Circle.of(), Array.of(Shape.of(2, 1), -1, 0), THREE),
        Arguments.of(CTC.of(), Array.of(Shape.of(3, 2), 1, 2, 2, 0, 0, 0), STEPS),
        Arguments.of(CTC.of(), Array.of(Shape.of(1, 3), 1, 1, 1), Shape.of(-1, -1, -1)));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void accepts_what_fits(Loss loss, Array target, Shape output) {
    assertThatNoException().isThrownBy(() -> loss.check("digit", target, output));
  }
}
