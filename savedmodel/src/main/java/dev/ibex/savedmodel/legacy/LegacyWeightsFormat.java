package dev.ibex.savedmodel.legacy;

import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.WeightOptions;
import dev.ibex.WeightReport;
import dev.ibex.WeightsFormat;
import dev.ibex.savedmodel.files.Magic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The weights in {@code .h5} files of Keras 2, with or without a model around them. They are read
 * only: Keras 3 writes weights alone as {@code *.weights.h5}.
 */
public final class LegacyWeightsFormat implements WeightsFormat {
  /** Creates the format; for the service loader. */
  public LegacyWeightsFormat() {}

  @Override
  public String description() {
    return "*.h5 of Keras 2";
  }

  @Override
  public boolean reads(Path path) {
    if (!Magic.isHdf5(path)) {
      return false;
    }
    try (LegacyFile file = LegacyFile.open(path)) {
      return LayerGroups.in(file.root()).isPresent();
    } catch (ModelFormatException damaged) {
      return false;
    }
  }

  @Override
  public boolean writes(Path path) {
    return false;
  }

  @Override
  public WeightReport read(Model model, Path path, WeightOptions options) {
    try (LegacyFile file = LegacyFile.open(path)) {
      List<LayerWeights> layers =
          LayerWeights.of(model).stream().filter(l -> !l.variables().isEmpty()).toList();
      LayerMatch match =
          options.byName()
              ? LayerMatch.byName(file.layers(), layers, t -> file.fail("", t, null))
              : LayerMatch.ordered(file.layers(), layers);
      boolean state = !file.optimizer().isEmpty(); // damage there shows before anything is stored
      WeightReport report = match.load(model, options, t -> file.fail("", t, null));
      if (!state) {
        return report;
      }
      List<String> skipped = new ArrayList<>(report.skipped());
      skipped.add("optimizer: its state is read with the whole model alone, by Models.load");
      return new WeightReport(report.loaded(), skipped);
    }
  }

  @Override
  public void write(Model model, Path path) {
    throw new IllegalArgumentException(
        "path: weights alone are written as *.weights.h5, got " + path);
  }
}
