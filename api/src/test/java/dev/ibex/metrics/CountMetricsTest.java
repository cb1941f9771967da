package dev.ibex.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.History;
import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.callbacks.LambdaCallback;
import dev.ibex.core.ConfigCodec;
import dev.ibex.core.Metric;
import dev.ibex.core.MetricState;
import dev.ibex.core.Records;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.layers.Dense;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.losses.SparseCategoricalCrossentropy;
import dev.ibex.optimizers.SGD;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** The metrics that count: their options, what they refuse, and how they are used. */
class CountMetricsTest {
  private static final Array LABELS = Array.of(Shape.of(4), 1, 0, 1, 0);
  private static final Array OUTPUTS = Array.of(Shape.of(4), 0.9f, 0.6f, 0.4f, 0.1f);

  static Stream<Arguments> options() {
    Optional<List<Double>> two = Optional.of(List.of(0.2, 0.7));
    return Stream.of(
        Arguments.of(
            TruePositives.of(), TruePositives.of().thresholds(0.2, 0.7), "thresholds", two),
        Arguments.of(
            TrueNegatives.of(), TrueNegatives.of().thresholds(0.2, 0.7), "thresholds", two),
        Arguments.of(
            FalsePositives.of(), FalsePositives.of().thresholds(0.2, 0.7), "thresholds", two),
        Arguments.of(
            FalseNegatives.of(), FalseNegatives.of().thresholds(0.2, 0.7), "thresholds", two),
        Arguments.of(Precision.of(), Precision.of().thresholds(0.2, 0.7), "thresholds", two),
        Arguments.of(Precision.of(), Precision.of().topK(2), "topK", Optional.of(2)),
        Arguments.of(Precision.of(), Precision.of().classId(0), "classId", Optional.of(0)),
        Arguments.of(Recall.of(), Recall.of().thresholds(0.2, 0.7), "thresholds", two),
        Arguments.of(Recall.of(), Recall.of().topK(2), "topK", Optional.of(2)),
        Arguments.of(Recall.of(), Recall.of().classId(0), "classId", Optional.of(0)),
        Arguments.of(AUC.of(), AUC.of().numThresholds(5), "numThresholds", 5),
        Arguments.of(AUC.of(), AUC.of().thresholds(0.3).numThresholds(5), "numThresholds", 5),
        Arguments.of(AUC.of(), AUC.of().curve(AUC.Curve.PR), "curve", AUC.Curve.PR),
        Arguments.of(
            AUC.of(),
            AUC.of().summationMethod(AUC.Summation.MINORING),
            "summationMethod",
            AUC.Summation.MINORING),
        Arguments.of(AUC.of(), AUC.of().multiLabel(true), "multiLabel", true),
        Arguments.of(
            AUC.of().multiLabel(true),
            AUC.of().multiLabel(true).numLabels(3),
            "numLabels",
            Optional.of(3)),
        Arguments.of(AUC.of(), AUC.of().labelWeights(0.2, 0.7), "labelWeights", two),
        Arguments.of(AUC.of(), AUC.of().fromLogits(true), "fromLogits", true),
        Arguments.of(AUC.of().numThresholds(4), AUC.of().thresholds(0.7, 0.2), "thresholds", two),
        Arguments.of(
            F1Score.of(),
            F1Score.of().average(FScore.Averaging.MACRO),
            "average",
            Optional.of(FScore.Averaging.MACRO)),
        Arguments.of(F1Score.of(), F1Score.of().threshold(0.4), "threshold", Optional.of(0.4)),
        Arguments.of(
            FBetaScore.of(),
            FBetaScore.of().average(FScore.Averaging.MICRO),
            "average",
            Optional.of(FScore.Averaging.MICRO)),
        Arguments.of(FBetaScore.of(), FBetaScore.of().beta(2), "beta", 2.0),
        Arguments.of(
            FBetaScore.of(), FBetaScore.of().threshold(0.4), "threshold", Optional.of(0.4)),
        Arguments.of(
            R2Score.of(),
            R2Score.of().classAggregation(R2Score.Aggregation.VARIANCE_WEIGHTED_AVERAGE),
            "classAggregation",
            Optional.of(R2Score.Aggregation.VARIANCE_WEIGHTED_AVERAGE)),
        Arguments.of(R2Score.of(), R2Score.of().perClass(), "classAggregation", Optional.empty()),
        Arguments.of(R2Score.of(), R2Score.of().numRegressors(2), "numRegressors", 2),
        Arguments.of(PearsonCorrelation.of(), PearsonCorrelation.of().axis(0), "axis", 0),
        Arguments.of(ConcordanceCorrelation.of(), ConcordanceCorrelation.of().axis(0), "axis", 0),
        Arguments.of(
            PrecisionAtRecall.of(0.5),
            PrecisionAtRecall.of(0.5).numThresholds(7),
            "numThresholds",
            7),
        Arguments.of(
            PrecisionAtRecall.of(0.5),
            PrecisionAtRecall.of(0.5).classId(1),
            "classId",
            Optional.of(1)),
        Arguments.of(RecallAtPrecision.of(0.5), RecallAtPrecision.of(0.6), "precision", 0.6),
        Arguments.of(
            RecallAtPrecision.of(0.5),
            RecallAtPrecision.of(0.5).numThresholds(7),
            "numThresholds",
            7),
        Arguments.of(
            RecallAtPrecision.of(0.5),
            RecallAtPrecision.of(0.5).classId(1),
            "classId",
            Optional.of(1)),
        Arguments.of(
            SensitivityAtSpecificity.of(0.5),
            SensitivityAtSpecificity.of(0.5).numThresholds(7),
            "numThresholds",
            7),
        Arguments.of(
            SensitivityAtSpecificity.of(0.5),
            SensitivityAtSpecificity.of(0.5).classId(1),
            "classId",
            Optional.of(1)),
        Arguments.of(
            SpecificityAtSensitivity.of(0.5),
            SpecificityAtSensitivity.of(0.5).numThresholds(7),
            "numThresholds",
            7),
        Arguments.of(
            SpecificityAtSensitivity.of(0.5),
            SpecificityAtSensitivity.of(0.5).classId(1),
            "classId",
            Optional.of(1)),
        Arguments.of(IoU.of(3, 0), IoU.of(3, 0).ignoreClass(2), "ignoreClass", Optional.of(2)),
        Arguments.of(IoU.of(3, 0), IoU.of(3, 0).sparseYTrue(false), "sparseYTrue", false),
        Arguments.of(IoU.of(3, 0), IoU.of(3, 0).sparseYPred(false), "sparseYPred", false),
        Arguments.of(IoU.of(3, 0), IoU.of(3, 0).axis(1), "axis", 1),
        Arguments.of(MeanIoU.of(3), MeanIoU.of(3).ignoreClass(2), "ignoreClass", Optional.of(2)),
        Arguments.of(MeanIoU.of(3), MeanIoU.of(3).sparseYTrue(false), "sparseYTrue", false),
        Arguments.of(MeanIoU.of(3), MeanIoU.of(3).sparseYPred(false), "sparseYPred", false),
        Arguments.of(MeanIoU.of(3), MeanIoU.of(3).axis(1), "axis", 1),
        Arguments.of(
            OneHotIoU.of(3, 0), OneHotIoU.of(3, 0).ignoreClass(2), "ignoreClass", Optional.of(2)),
        Arguments.of(OneHotIoU.of(3, 0), OneHotIoU.of(3, 0).sparseYPred(true), "sparseYPred", true),
        Arguments.of(OneHotIoU.of(3, 0), OneHotIoU.of(3, 0).axis(1), "axis", 1),
        Arguments.of(
            OneHotMeanIoU.of(3), OneHotMeanIoU.of(3).ignoreClass(2), "ignoreClass", Optional.of(2)),
        Arguments.of(
            OneHotMeanIoU.of(3), OneHotMeanIoU.of(3).sparseYPred(true), "sparseYPred", true),
        Arguments.of(OneHotMeanIoU.of(3), OneHotMeanIoU.of(3).axis(1), "axis", 1),
        Arguments.of(
            BinaryIoU.of(), BinaryIoU.of().targetClassIds(1), "targetClassIds", List.of(1)),
        Arguments.of(BinaryIoU.of(), BinaryIoU.of().threshold(0.2), "threshold", 0.2),
        Arguments.of(
            BinaryIoU.of(),
            BinaryIoU.of().named("b").dtype(DType.FLOAT32),
            "options",
            new MetricOptions("b", DType.FLOAT32)));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("options")
  void an_option_changes_its_component_alone(
      Record before, Record after, String component, Object value) {
    for (RecordComponent c : before.getClass().getRecordComponents()) {
      Object expected = c.getName().equals(component) ? value : Records.get(before, c);
      assertThat(Records.get(after, c)).as(c.getName()).isEqualTo(expected);
    }
    assertThat(after).isNotEqualTo(before);
  }

  private static Arguments refusal(Supplier<Metric> made, String text) {
    return Arguments.of(made, text);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refusal(
            () -> Precision.of().thresholds(0.5, 1.5),
            "thresholds: expected one or more numbers from 0 to 1, got [0.5, 1.5]"),
        refusal(
            () -> AUC.of().thresholds(new double[0]),
            "thresholds: expected one or more numbers from 0 to 1, got []"),
        refusal(() -> Recall.of().topK(0), "topK: expected a positive integer, got 0"),
        refusal(() -> Recall.of().classId(-1), "classId: expected a class number from 0, got -1"),
        refusal(() -> AUC.of().numThresholds(1), "numThresholds: expected 2 or more, got 1"),
        refusal(
            () -> AUC.of().numLabels(3),
            "numLabels: it has no effect without multiLabel; leave it out"),
        refusal(
            () -> F1Score.of().threshold(0),
            "threshold: expected a number above 0 and at most 1, got 0.0"),
        refusal(() -> FBetaScore.of().beta(0), "beta: expected a number above 0, got 0.0"),
        refusal(() -> R2Score.of().numRegressors(-1), "numRegressors: expected 0 or more, got -1"),
        refusal(
            () -> RecallAtPrecision.of(1.5), "precision: expected a number from 0 to 1, got 1.5"),
        refusal(
            () -> PrecisionAtRecall.of(0.5).numThresholds(0),
            "numThresholds: expected a positive integer, got 0"),
        refusal(
            () -> IoU.of(2, 2),
            "targetClassIds: expected one or more class numbers from 0 to 1, got [2]"),
        refusal(
            () -> IoU.of(2),
            "targetClassIds: expected one or more class numbers from 0 to 1, got []"),
        refusal(() -> MeanIoU.of(0), "numClasses: expected a positive integer, got 0"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("refused")
  void a_wrong_option_is_refused_at_once(Supplier<Metric> made, String text) {
    assertThatIllegalArgumentException().isThrownBy(made::get).withMessage(text);
  }

  static Stream<Arguments> shapes() {
    Shape three = Shape.of(-1, 3);
    Shape labels = Shape.of(8);
    return Stream.of(
        Arguments.of(
            Precision.of(),
            labels,
            three,
            "precision: expected a target of the output's shape (?, 3), got (8); if it holds class"
                + " numbers, turn them into one-hot rows"),
        Arguments.of(
            F1Score.of(),
            Shape.of(8, 1),
            three,
            "f1_score: expected a target of the output's shape (?, 3), got (8, 1)"),
        Arguments.of(
            F1Score.of(),
            Shape.of(8, 2, 3),
            Shape.of(-1, 2, 3),
            "f1_score: expected target and output of shape (?, n), got an output of shape (?, 2, 3)"),
        Arguments.of(
            AUC.of().multiLabel(true),
            labels,
            labels,
            "auc: each label apart needs an output of shape (?, labels), got one of rank 1"),
        Arguments.of(
            AUC.of().multiLabel(true).numLabels(2),
            three,
            three,
            "auc: numLabels is for 2 labels, but the output has 3"),
        Arguments.of(
            AUC.of().labelWeights(1, 2),
            three,
            three,
            "auc: labelWeights is for 2 labels, but the output has 3"),
        Arguments.of(
            Recall.of().classId(3),
            three,
            three,
            "recall: classId needs an output of 4 classes or more, got one of 3"),
        Arguments.of(
            Recall.of().topK(2),
            labels,
            labels,
            "recall: topK and classId need an output with an axis of classes, got one of rank 1"),
        Arguments.of(
            MeanIoU.of(3),
            labels,
            three,
            "mean_io_u: expected classes of one shape from target and output, got (8) and (?, 3);"
                + " scores of classes are read with sparseYPred(false), one-hot targets with"
                + " sparseYTrue(false)"));
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("shapes")
  void shapes_that_do_not_fit_are_refused_before_the_first_batch(
      Metric metric, Shape yTrue, Shape yPred, String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metric.state(yTrue, yPred))
        .withMessage(text);
  }

  @Test
  void is_used_alone_on_arrays() {
    MetricState precision = new MetricState(Metrics.precision().thresholds(0.5, 0.8));
    precision.update(LABELS, OUTPUTS);
    assertThat(precision.result().floats()).containsExactly(0.5f, 1f);
    precision.update(LABELS, OUTPUTS, Array.of(Shape.of(4), 0f, 2f, 1f, 1f));
    assertThat(precision.result().floats()).containsExactly(0.25f, 1f);
    MetricState recall = new MetricState(Metrics.recall());
    recall.update(LABELS, OUTPUTS);
    assertThat(recall.result().floats()).containsExactly(0.5f);
    MetricState area = new MetricState(Metrics.auc());
    area.update(LABELS, OUTPUTS);
    assertThat(area.result().number(0)).isEqualTo(0.75f);
    MetricState overlap = new MetricState(MeanIoU.of(2));
    overlap.update(LABELS, Array.of(Shape.of(4), 1, 1, 1, 0));
    assertThat(overlap.result().number(0))
        .isCloseTo((2 / 3.0 + 0.5) / 2, org.assertj.core.api.Assertions.within(1e-6));
  }

  /** Keras writes label weights as a tensor and cannot read them back. */
  @Test
  void label_weights_are_read_from_kerass_file_and_written_as_a_list() {
    String keras =
        """
        {"module": "keras.metrics", "class_name": "AUC", "registered_name": null, "config": {
          "curve": "PR", "multi_label": true, "label_weights":
          {"class_name": "__tensor__", "config": {"value": [1.0, 0.5], "dtype": "float32"}}}}""";
    AUC read = (AUC) ConfigCodec.get().fromJson(Metric.class, keras);
    assertThat(read).isEqualTo(AUC.of().multiLabel(true).curve(AUC.Curve.PR).labelWeights(1, 0.5));
    assertThat(ConfigCodec.get().toJson(read))
        .contains("\"curve\":\"PR\"", "\"label_weights\":[1.0,0.5]");
    assertThat(ConfigCodec.get().fromJson(Metric.class, ConfigCodec.get().toJson(read)))
        .isEqualTo(read);
  }

  @Test
  void a_figure_for_each_class_has_a_key_for_each() {
    Array x = Array.of(new float[][] {{1, 0}, {0, 1}});
    Map<String, Boolean> larger = new HashMap<>();
    List<String> keys =
        List.of("val_f1_score[1]", "recall_1[0]", "recall", "false_negatives", "loss");
    try (Sequential model = Sequential.of(Input.of(2), Dense.of(2))) {
      model.compile(
          SGD.of(0.1),
          MeanSquaredError.of(),
          F1Score.of(),
          Recall.of(),
          Recall.of().thresholds(0.2, 0.4),
          FalseNegatives.of());
      History history =
          model.fit(
              Data.of(x, x),
              Fit.epochs(1)
                  .validation(Data.of(x, x))
                  .callbacks(
                      LambdaCallback.of()
                          .epochEnd(
                              (training, epoch, logs) ->
                                  keys.forEach(k -> larger.put(k, training.largerIsBetter(k))))));
      assertThat(new ArrayList<>(history.all().keySet()).subList(0, 7))
          .containsExactly(
              "loss",
              "f1_score[0]",
              "f1_score[1]",
              "recall",
              "recall_1[0]",
              "recall_1[1]",
              "false_negatives");
    }
    assertThat(larger)
        .isEqualTo(
            Map.of(
                "val_f1_score[1]", true,
                "recall_1[0]", true,
                "recall", true,
                "false_negatives", false,
                "loss", false));
  }

  @Test
  void a_target_that_does_not_fit_names_metric_and_output() {
    try (Sequential model = Sequential.of(Input.of(2), Dense.of(3).named("digit"))) {
      model.compile(SGD.of(0.1), SparseCategoricalCrossentropy.of(), Precision.of());
      Data data = Data.of(new float[][] {{1, 0}, {0, 1}}, new int[] {0, 2});
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.fit(data, Fit.epochs(1)))
          .withMessage(
              "Metric \"precision\" of output \"digit\": precision: expected a target of the output's"
                  + " shape (?, 3), got (2); if it holds class numbers, turn them into one-hot rows");
    }
  }
}
