package dev.ibex.metrics;

import dev.ibex.core.Check;
import dev.ibex.core.Layer;
import dev.ibex.core.Loss;
import dev.ibex.core.Metric;
import dev.ibex.core.Names;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The metrics under Keras's names.
 *
 * <p>Source: {@code keras.metrics.get} and {@code compile}.
 */
public final class Metrics {
  private static final Map<String, Metric> BY_NAME = new LinkedHashMap<>();

  /** What must be written instead of a name that alone does not say enough. */
  private static final Map<String, String> MORE = new LinkedHashMap<>();

  static {
    BY_NAME.put("accuracy", new AccuracyByShape("accuracy"));
    BY_NAME.put("acc", new AccuracyByShape("acc"));
    add(Mean.of());
    add(Sum.of());
    add(BinaryAccuracy.of());
    add(CategoricalAccuracy.of());
    add(SparseCategoricalAccuracy.of());
    add(TopKCategoricalAccuracy.of());
    add(SparseTopKCategoricalAccuracy.of());
    add(MeanSquaredError.of(), "mse", "MSE");
    add(MeanAbsoluteError.of(), "mae", "MAE");
    add(RootMeanSquaredError.of());
    add(MeanAbsolutePercentageError.of(), "mape", "MAPE");
    add(MeanSquaredLogarithmicError.of(), "msle", "MSLE");
    add(LogCoshError.of());
    add(CosineSimilarity.of());
    add(KLDivergence.of());
    add(Poisson.of());
    add(Hinge.of());
    add(SquaredHinge.of());
    add(CategoricalHinge.of());
    add(BinaryCrossentropy.of(), "bce", "BCE");
    add(CategoricalCrossentropy.of());
    add(SparseCategoricalCrossentropy.of());
    add(TruePositives.of());
    add(TrueNegatives.of());
    add(FalsePositives.of());
    add(FalseNegatives.of());
    add(Precision.of());
    add(Recall.of());
    add(AUC.of());
    add(F1Score.of());
    add(FBetaScore.of());
    add(R2Score.of());
    add(PearsonCorrelation.of());
    add(ConcordanceCorrelation.of());
    add(BinaryIoU.of());
    needs(IoU.class, "numClasses, targetClassIds…");
    needs(MeanIoU.class, "numClasses");
    needs(OneHotIoU.class, "numClasses, targetClassIds…");
    needs(OneHotMeanIoU.class, "numClasses");
    needs(PrecisionAtRecall.class, "recall");
    needs(RecallAtPrecision.class, "precision");
    needs(SensitivityAtSpecificity.class, "specificity");
    needs(SpecificityAtSensitivity.class, "sensitivity");
  }

  private Metrics() {}

  /** Adds a metric under its class's name, that name in snake case, and aliases. */
  private static void add(Metric metric, String... aliases) {
    String type = metric.getClass().getSimpleName();
    BY_NAME.put(type, metric);
    BY_NAME.put(Layer.snakeCase(type), metric);
    for (String alias : aliases) {
      BY_NAME.put(alias, metric);
    }
  }

  /** Notes that a metric cannot be made from its name alone. */
  private static void needs(Class<? extends Metric> type, String arguments) {
    String call = type.getSimpleName() + ".of(" + arguments + ")";
    MORE.put(type.getSimpleName(), call);
    MORE.put(Layer.snakeCase(type.getSimpleName()), call);
  }

  /**
   * Returns the mean of a function of target and output, such as a lambda.
   *
   * @param name the key in histories
   * @param values one value for each element
   */
  public static Metric of(String name, Loss values) {
    return new FunctionMetric(MetricOptions.of(name), values);
  }

  /**
   * Returns the metric of a name, with its default options; its key in histories is that name.
   *
   * @param name a class's name, its snake-case form, or an alias such as {@code mse}; {@code
   *     accuracy} and {@code acc} choose by the shapes
   * @throws IllegalArgumentException if there is none, and the text offers the nearest name; or if
   *     the metric needs more than its name, such as a number of classes
   */
  public static Metric get(String name) {
    Check.that(
        !MORE.containsKey(name),
        "metric: \"%s\" needs more than its name; write %s",
        name,
        MORE.getOrDefault(name, ""));
    String lower = name.toLowerCase(Locale.ROOT);
    Metric metric = BY_NAME.get(lower.equals("accuracy") || lower.equals("acc") ? lower : name);
    if (metric == null) {
      Set<String> known = new HashSet<>(BY_NAME.keySet());
      known.addAll(MORE.keySet());
      throw Names.unknown("metric", name, known);
    }
    return metric.named(name);
  }

  /** Returns the accuracy that fits the shapes of target and output; its key is "accuracy". */
  public static Metric accuracy() {
    return get("accuracy");
  }

  /** Returns how many of the output's yeses are right; its key is "precision". */
  public static Precision precision() {
    return Precision.of();
  }

  /** Returns how many of the target's yeses are found; its key is "recall". */
  public static Recall recall() {
    return Recall.of();
  }

  /** Returns the area under the ROC curve; its key is "auc". */
  public static AUC auc() {
    return AUC.of();
  }

  /** Returns the mean squared error; its key is "mse". */
  public static Metric mse() {
    return get("mse");
  }

  /** Returns the mean absolute error; its key is "mae". */
  public static Metric mae() {
    return get("mae");
  }
}
