package dev.ibex.losses;

import dev.ibex.core.Loss;
import dev.ibex.core.Names;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The losses under Keras's names.
 *
 * <p>Source: {@code keras.losses.get}.
 */
public final class Losses {
  private static final Map<String, Loss> BY_NAME = new LinkedHashMap<>();

  static {
    add(MeanSquaredError.of(), "mse", "MSE", "mean_squared_error");
    add(MeanAbsoluteError.of(), "mae", "MAE", "mean_absolute_error");
    add(BinaryCrossentropy.of(), "bce", "BCE", "binary_crossentropy");
    add(CategoricalCrossentropy.of(), "categorical_crossentropy");
    add(SparseCategoricalCrossentropy.of(), "sparse_categorical_crossentropy");
    add(MeanAbsolutePercentageError.of(), "mape", "MAPE", "mean_absolute_percentage_error");
    add(MeanSquaredLogarithmicError.of(), "msle", "MSLE", "mean_squared_logarithmic_error");
    add(Huber.of(), "huber");
    add(LogCosh.of(), "log_cosh");
    add(Hinge.of(), "hinge");
    add(SquaredHinge.of(), "squared_hinge");
    add(CategoricalHinge.of(), "categorical_hinge");
    add(KLDivergence.of(), "kld", "KLD", "kl_divergence");
    add(Poisson.of(), "poisson");
    add(CosineSimilarity.of(), "cosine_similarity");
    add(BinaryFocalCrossentropy.of(), "binary_focal_crossentropy");
    add(CategoricalFocalCrossentropy.of(), "categorical_focal_crossentropy");
    add(CategoricalGeneralizedCrossEntropy.of(), "categorical_generalized_cross_entropy");
    add(Dice.of(), "dice");
    add(Tversky.of(), "tversky");
    add(Circle.of(), "circle");
    add(CTC.of(), "ctc");
    BY_NAME.put("crossentropy", new CrossentropyByShape("crossentropy"));
    BY_NAME.put("ce", new CrossentropyByShape("ce"));
  }

  private Losses() {}

  /** Adds a loss under its class's name, as it is, and under others, renamed to them. */
  private static void add(ConfiguredLoss<?> loss, String... names) {
    BY_NAME.put(loss.getClass().getSimpleName(), loss);
    for (String name : names) {
      BY_NAME.put(name, loss.named(name));
    }
  }

  /**
   * Returns the loss of a name, with its default options; its own name is then the given one.
   *
   * @param name a class's name, its snake-case form, or an alias such as {@code mse}; {@code
   *     crossentropy} and {@code ce} choose by the shapes
   * @throws IllegalArgumentException if there is none; the text offers the nearest name
   */
  public static Loss get(String name) {
    Loss loss = BY_NAME.get(name);
    if (loss == null) {
      throw Names.unknown("loss", name, BY_NAME.keySet());
    }
    return loss;
  }

  /** Returns the mean squared error. */
  public static MeanSquaredError mse() {
    return MeanSquaredError.of();
  }

  /** Returns the mean absolute error. */
  public static MeanAbsoluteError mae() {
    return MeanAbsoluteError.of();
  }

  /** Returns the cross-entropy of yes-or-no questions. */
  public static BinaryCrossentropy binaryCrossentropy() {
    return BinaryCrossentropy.of();
  }

  /** Returns the cross-entropy of one-hot targets. */
  public static CategoricalCrossentropy categoricalCrossentropy() {
    return CategoricalCrossentropy.of();
  }

  /** Returns the cross-entropy of class numbers. */
  public static SparseCategoricalCrossentropy sparseCategoricalCrossentropy() {
    return SparseCategoricalCrossentropy.of();
  }
}
