package dev.ibex.savedmodel.keras;

import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.WeightOptions;
import dev.ibex.WeightReport;
import dev.ibex.WeightsFormat;
import dev.ibex.savedmodel.files.AtomicFile;
import dev.ibex.savedmodel.files.Magic;
import dev.ibex.savedmodel.hdf5.Hdf5File;
import java.nio.file.Path;

/**
 * Keras 3's {@code *.weights.h5}, and several of them beside a {@code *.weights.json}; the weights
 * of a {@code .keras} archive are read too.
 */
public final class KerasWeightsFormat implements WeightsFormat {
  private static final String ENDING = ".weights.h5";

  /** Keras's default. */
  private static final long MAX_SHARD_BYTES = 5L << 30;

  /** Creates the format; for the service loader. */
  public KerasWeightsFormat() {}

  @Override
  public String description() {
    return "*.weights.h5, *.weights.json and *.keras of Keras 3";
  }

  @Override
  public boolean reads(Path path) {
    if (!Magic.isHdf5(path)) {
      return OpenWeights.isSharded(path) || KerasArchive.isOne(path);
    }
    try (Hdf5File hdf = Hdf5File.open(path)) {
      return HdfWeights.isOne(hdf.root());
    } catch (ModelFormatException damaged) {
      return true; // reading it says how
    }
  }

  @Override
  public boolean writes(Path path) {
    return isNamed(path) || ShardIndex.isNamed(path);
  }

  private static boolean isNamed(Path path) {
    return String.valueOf(path.getFileName()).endsWith(ENDING);
  }

  @Override
  public WeightReport read(Model model, Path path, WeightOptions options) {
    if (Magic.isHdf5(path)) {
      try (OpenWeights weights = OpenWeights.hdf5(Hdf5File.open(path), path, "")) {
        return load(model, weights, options);
      }
    } else if (OpenWeights.isSharded(path)) {
      try (OpenWeights weights = OpenWeights.sharded(path)) {
        return load(model, weights, options);
      }
    }
    try (KerasArchive archive = KerasArchive.open(path);
        OpenWeights weights = archive.weights()) {
      return load(model, weights, options);
    }
  }

  private static WeightReport load(Model model, OpenWeights weights, WeightOptions options) {
    return new WeightLoader(model, weights::fail).load(weights.stored(), options);
  }

  @Override
  public void write(Model model, Path path) {
    WeightContent weights = WeightContent.of(model, true);
    if (ShardIndex.isNamed(path)) {
      ShardWriter.write(weights, path, MAX_SHARD_BYTES);
    } else {
      AtomicFile.write(path, HdfWeights.write(weights)::write);
    }
  }

  @Override
  public void write(Model model, Path path, long maxShardBytes) {
    if (ShardIndex.isNamed(path)) {
      ShardWriter.write(WeightContent.of(model, true), path, maxShardBytes);
    } else {
      WeightsFormat.super.write(model, path, maxShardBytes);
    }
  }
}
