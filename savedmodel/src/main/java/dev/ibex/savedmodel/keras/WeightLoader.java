package dev.ibex.savedmodel.keras;

import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.WeightOptions;
import dev.ibex.WeightReport;
import dev.ibex.core.Layer;
import dev.ibex.core.Stochastic;
import dev.ibex.core.Variable;
import dev.ibex.savedmodel.weights.StoredArray;
import dev.ibex.savedmodel.weights.WeightMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stores the arrays of Keras 3's weight files into one model. */
final class WeightLoader {
  /** The state of metrics, which every epoch begins anew. */
  private static final String METRICS = "metrics/";

  /** The state of random numbers, which Keras below 3.4 kept for each layer that draws some. */
  private static final Pattern SEED =
      Pattern.compile("(.*/)?seed_generator(_\\d+)?/" + WeightPaths.VARS + "0");

  private final Model model;
  private final Function<String, ModelFormatException> fail;

  /**
   * @param fail makes an exception that names the file
   */
  WeightLoader(Model model, Function<String, ModelFormatException> fail) {
    this.model = model;
    this.fail = fail;
  }

  /**
   * Stores all arrays of a whole model's file, the optimizer's state included if the model is
   * compiled.
   *
   * @throws ModelFormatException if one is missing, left over or of another shape; then none is
   *     stored
   */
  void loadAll(StoredWeights stored) {
    WeightPaths paths = WeightPaths.of(model);
    Map<String, StoredArray> found = weights(stored, paths);
    Map<String, Variable> wanted = new LinkedHashMap<>(paths.variables());
    if (model.isCompiled()) {
      OptimizerPaths optimizer = OptimizerPaths.of(model);
      Map<String, StoredArray> state = optimizer.state(stored);
      found.putAll(state);
      wanted.putAll(optimizer.variables(state).orElseGet(optimizer::variables));
    }
    new WeightMatch(found, wanted, model).load(false, false, fail);
  }

  /**
   * Stores the arrays of a file that is for weights alone. The optimizer's state is taken along
   * where weights are matched by order and the file has that of the same optimizer; else the report
   * says why it is not.
   */
  WeightReport load(StoredWeights stored, WeightOptions options) {
    WeightPaths paths = WeightPaths.of(model);
    Map<String, StoredArray> found = weights(stored, paths);
    Map<String, Variable> wanted = new LinkedHashMap<>(paths.variables());
    if (options.byName()) {
      found = named(found, stored.names());
      wanted = named(wanted, paths.names());
    }
    Optional<String> unused =
        OptimizerPaths.stored(stored) ? addState(stored, options, found, wanted) : Optional.empty();
    WeightReport report =
        new WeightMatch(found, wanted, model)
            .wholeLayers()
            .load(options.byName(), options.skipMismatch(), fail);
    List<String> skipped = new ArrayList<>(report.skipped());
    unused.ifPresent(why -> skipped.add("optimizer: " + why));
    return new WeightReport(report.loaded(), skipped);
  }

  /** Adds the optimizer's state to both sides, or returns why it is not used. */
  private Optional<String> addState(
      StoredWeights stored,
      WeightOptions options,
      Map<String, StoredArray> found,
      Map<String, Variable> wanted) {
    if (!model.isCompiled()) {
      return Optional.of("the file has a state, but the model is not compiled");
    } else if (options.byName()) {
      return Optional.of("its state in the file has no names of layers");
    }
    OptimizerPaths optimizer = OptimizerPaths.of(model);
    Map<String, StoredArray> state = optimizer.state(stored);
    Optional<Map<String, Variable>> variables = optimizer.variables(state);
    if (variables.isEmpty()) {
      return Optional.of("its state in the file is that of another optimizer");
    }
    found.putAll(state);
    wanted.putAll(variables.get());
    return Optional.empty();
  }

  /** Returns the arrays that are weights. */
  private Map<String, StoredArray> weights(StoredWeights stored, WeightPaths paths) {
    Map<String, StoredArray> found = new TreeMap<>(stored.arrays());
    found.keySet().removeIf(p -> p.startsWith(METRICS) || p.startsWith(OptimizerPaths.OPTIMIZER));
    found.entrySet().removeIf(e -> isSeed(e.getKey(), e.getValue(), paths));
    return found;
  }

  /** Ibex's random numbers follow from the model's seed and the step, so a stored state is idle. */
  private static boolean isSeed(String path, StoredArray array, WeightPaths paths) {
    Matcher m = SEED.matcher(path);
    if (!m.matches()) {
      return false;
    }
    Layer owner = paths.layers().get(m.group(1) == null ? "" : m.group(1));
    return owner instanceof Stochastic
        && array.dtype().isInteger()
        && array.shape().numDimensions() == 1
        && array.shape().get(0) == 2;
  }

  /** Returns values by the names of the layers on the way instead of by their places. */
  private <V> Map<String, V> named(Map<String, V> byPath, Map<String, String> names) {
    Map<String, V> named = new LinkedHashMap<>();
    byPath.forEach(
        (path, value) -> {
          String key = named(path, names);
          if (named.put(key, value) != null) {
            throw fail.apply("two layers are named alike: " + key);
          }
        });
    return named;
  }

  private String named(String path, Map<String, String> names) {
    int vars = path.lastIndexOf(WeightPaths.VARS);
    StringBuilder key = new StringBuilder();
    for (int slash = path.indexOf('/'); slash >= 0 && slash < vars; ) {
      String prefix = path.substring(0, slash + 1);
      String name = names.get(prefix);
      if (name != null) {
        key.append(name).append('/');
      } else if (slash + 1 == vars) {
        throw fail.apply(
            "weights cannot be matched by name: the file, written by Keras below 3.6, does not say"
                + " the name of the layer at "
                + prefix
                + "; match by order");
      }
      slash = path.indexOf('/', slash + 1);
    }
    return key + path.substring(Math.max(0, vars));
  }
}
