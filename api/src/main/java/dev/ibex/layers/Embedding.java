package dev.ibex.layers;

import static dev.ibex.initializers.Initializers.randomUniform;

import dev.ibex.core.Check;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Regularizer;

/**
 * A row of a table for each number: {@code y = embeddings[x]}.
 *
 * <p>{@code x: any shape, whole numbers -> y: the same with an axis of outputDim at the end}.
 * Negative numbers count from the table's end. A number outside the table stops a run on a CPU,
 * with an error that names this layer; on a GPU its row is zeros. Source: {@code
 * keras.layers.Embedding}.
 */
public final class Embedding extends EmbeddingLayer<Embedding> {
  private final Config config;

  /**
   * The description of an {@link Embedding}.
   *
   * @param inputDim the rows of the table, at least 1
   * @param outputDim the size of a row, at least 1
   * @param maskZero whether 0 stands for no number, which later layers leave out
   */
  public record Config(
      LayerOptions options,
      int inputDim,
      int outputDim,
      Initializer embeddingsInitializer,
      Regularizer embeddingsRegularizer,
      Regularizer activityRegularizer,
      Constraint embeddingsConstraint,
      boolean maskZero)
      implements EmbeddingLayer.Table {
    /** Checks the sizes. */
    public Config {
      Check.positive("inputDim", inputDim);
      Check.positive("outputDim", outputDim);
    }
  }

  private Embedding(Config config) {
    super(config, Embedding::new);
    this.config = config;
  }

  /**
   * Returns a layer with a table of uniform numbers within ±0.05.
   *
   * @param inputDim the rows of the table: the largest number plus 1
   * @param outputDim the size of a row
   */
  public static Embedding of(int inputDim, int outputDim) {
    return new Embedding(
        new Config(
            LayerOptions.DEFAULT,
            inputDim,
            outputDim,
            randomUniform(),
            Regularizer.NONE,
            Regularizer.NONE,
            Constraint.NONE,
            false));
  }

  @Override
  public Config config() {
    return config;
  }
}
