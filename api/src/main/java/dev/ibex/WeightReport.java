package dev.ibex;

import java.util.List;

/**
 * What became of the weights of a file and of a model.
 *
 * @param loaded the paths of the model's weights that were stored
 * @param skipped the others of both sides, each with why it was left out
 */
public record WeightReport(List<String> loaded, List<String> skipped) {
  /** Copies both lists. */
  public WeightReport {
    loaded = List.copyOf(loaded);
    skipped = List.copyOf(skipped);
  }
}
