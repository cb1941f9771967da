package dev.ibex.losses;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.ibex.core.Loss;
import dev.ibex.graph.Array;
import java.util.stream.Stream;
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
                + " got (2); it looks like class numbers: use SparseCategoricalCrossentropy"),
        Arguments.of(
            DENSE,
            Array.of(Shape.of(2, 1), 0, 2),
            THREE,
            "output \"digit\": CategoricalCrossentropy needs a target of the output's shape (?, 3),"
                + " got (2, 1); it looks like class numbers: use SparseCategoricalCrossentropy"),
        Arguments.of(
            DENSE,
            Array.of(Shape.of(1, 2), 0, 1),
            THREE,
            "output \"digit\": CategoricalCrossentropy needs a target of the output's shape (?, 3),"
                + " got (1, 2); give one row of probabilities for each prediction"),
        Arguments.of(
            BINARY,
            Array.of(Shape.of(1, 2), 0, 1),
            THREE,
            "output \"digit\": BinaryCrossentropy needs a target of the output's shape (?, 3), got (1,"
                + " 2); give a 0 or 1 for each element of the output, or use another loss"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void says_what_is_wrong_and_what_to_do(Loss loss, Array target, Shape output, String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loss.check("digit", target, output))
        .withMessage(text);
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
        Arguments.of(BINARY, Array.of(Shape.of(4, 1), 0, 1, 0, 1), Shape.of(-1)));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void accepts_what_fits(Loss loss, Array target, Shape output) {
    assertThatNoException().isThrownBy(() -> loss.check("digit", target, output));
  }
}
