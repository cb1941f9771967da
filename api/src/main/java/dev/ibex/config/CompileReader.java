package dev.ibex.config;

import dev.ibex.Compile;
import dev.ibex.core.Loss;
import dev.ibex.core.Metric;
import dev.ibex.core.Optimizer;
import dev.ibex.core.OptimizerOptions;
import dev.ibex.core.Records;
import dev.ibex.core.UnsupportedConfigException;
import dev.ibex.core.UnsupportedConfigException.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code compile_config} for a model with outputs of known names. */
final class CompileReader {
  /** Where .h5 files have the optimizer. */
  static final String OPTIMIZER_CONFIG = "optimizer_config";

  private static final Set<String> KNOWN =
      Set.of(
          "optimizer",
          OPTIMIZER_CONFIG,
          "loss",
          "loss_weights",
          "metrics",
          "weighted_metrics",
          "auto_scale_loss",
          "jit_compile",
          "steps_per_execution");

  private final List<String> outputs;

  private CompileReader(List<String> outputs) {
    this.outputs = outputs;
  }

  /** Returns the compilation. */
  static Compile read(Place config, List<String> outputs) {
    config.fields().forEach(CompileReader::check);
    return new CompileReader(outputs).read(config);
  }

  private static void check(String key, Place value) {
    if (!KNOWN.contains(key) && !Harmless.asksForNothing(value)) {
      throw new UnsupportedConfigException(
          value.pointer(),
          Kind.OPTION,
          key,
          "there is no such option, and the file sets it to " + value.shortText());
    }
  }

  private Compile read(Place config) {
    String key = config.has(OPTIMIZER_CONFIG) ? OPTIMIZER_CONFIG : "optimizer";
    Compile compile =
        Compile.with(active((Optimizer) ObjectReader.read(Family.OPTIMIZER, config.need(key))));
    if (!config.at("auto_scale_loss").none()) {
      compile = compile.autoScaleLoss(config.at("auto_scale_loss").bool());
    }
    List<Optional<Loss>> losses = losses(config.at("loss"));
    List<Double> weights = weights(config.at("loss_weights"));
    List<List<Metric>> metrics = metrics(config.at("metrics"));
    List<List<Metric>> weighted = metrics(config.at("weighted_metrics"));
    for (int i = 0; i < outputs.size(); i++) {
      String name = outputs.get(i);
      Metric[] own = metrics.get(i).toArray(Metric[]::new);
      if (losses.get(i).isPresent()) {
        compile = compile.output(name, losses.get(i).get(), weights.get(i), own);
      } else {
        compile = compile.metrics(name, own);
      }
      compile = compile.weightedMetrics(name, weighted.get(i).toArray(Metric[]::new));
    }
    Place jit = config.at("jit_compile");
    if (!jit.none()) {
      compile = compile.jitCompile(jit.bool());
    }
    Place steps = config.at("steps_per_execution");
    return steps.none() ? compile : compile.stepsPerExecution(steps.integer());
  }

  /** Keras writes how averages are kept also where none are: RMSprop of Keras 2 as 100 steps. */
  private static Optimizer active(Optimizer optimizer) {
    OptimizerOptions options = optimizer.options();
    if (options.useEma()) {
      return optimizer;
    }
    OptimizerOptions none = OptimizerOptions.of(options.name(), 0);
    OptimizerOptions without =
        Records.with(
            Records.with(options, "emaMomentum", none.emaMomentum()),
            "emaOverwriteFrequency",
            none.emaOverwriteFrequency());
    return without.equals(options) ? optimizer : optimizer.with(without);
  }

  /** Returns the value for each output: one for all, one each in a list, or by name. */
  private List<Optional<Place>> byOutput(Place place) {
    List<Optional<Place>> found = new ArrayList<>();
    if (place.node().isArray()) {
      List<Place> items = place.items();
      if (items.size() != outputs.size()) {
        throw place.fail("expected one for each output of " + outputs + ", got " + items.size());
      }
      items.forEach(p -> found.add(Optional.of(p)));
    } else if (place.node().isObject() && !place.has("class_name")) {
      Map<String, Place> fields = place.fields();
      for (Map.Entry<String, Place> e : fields.entrySet()) {
        if (!outputs.contains(e.getKey())) {
          throw e.getValue().fail("the model has no output of that name; it has " + outputs);
        }
      }
      outputs.forEach(o -> found.add(Optional.ofNullable(fields.get(o))));
    } else {
      outputs.forEach(o -> found.add(Optional.of(place)));
    }
    return found;
  }

  private List<Optional<Loss>> losses(Place place) {
    List<Optional<Loss>> losses = new ArrayList<>();
    for (Optional<Place> p : byOutput(place)) {
      losses.add(
          p.filter(x -> !x.none()).map(x -> (Loss) ObjectReader.read(Family.LOSS, single(x))));
    }
    return losses;
  }

  /** Returns the element of a list of one. */
  private static Place single(Place place) {
    return place.node().isArray() && place.node().size() == 1 ? place.items().get(0) : place;
  }

  private List<Double> weights(Place place) {
    if (place.none()) {
      Double[] ones = new Double[outputs.size()];
      Arrays.fill(ones, 1.0);
      return List.of(ones);
    }
    return byOutput(place).stream()
        .map(p -> p.filter(x -> !x.none()).map(x -> single(x).number()).orElse(1.0))
        .toList();
  }

  private List<List<Metric>> metrics(Place place) {
    List<List<Metric>> metrics = new ArrayList<>();
    if (place.none()) {
      outputs.forEach(o -> metrics.add(List.of()));
      return metrics;
    }
    if (outputs.size() == 1 && place.node().isArray()) {
      return List.of(some(place));
    }
    for (Optional<Place> p : byOutput(place)) {
      metrics.add(p.map(this::some).orElse(List.of()));
    }
    return metrics;
  }

  /** Returns one metric, or those of a list however nested. */
  private List<Metric> some(Place place) {
    if (place.none()) {
      return List.of();
    }
    if (!place.node().isArray()) {
      return List.of((Metric) ObjectReader.read(Family.METRIC, place));
    }
    List<Metric> all = new ArrayList<>();
    place.items().forEach(p -> all.addAll(some(p)));
    return all;
  }
}
