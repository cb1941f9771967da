package dev.ibex.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.Compile;
import dev.ibex.Model;
import dev.ibex.core.Metric;
import dev.ibex.core.Optimizer;
import dev.ibex.optimizers.LossScaleOptimizer;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Writes {@code compile_config} for a model with outputs of known names. */
final class CompileWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final List<String> outputs;
  private final List<Compile.Target> targets;

  private CompileWriter(Compile compile, List<String> outputs) {
    this.outputs = outputs;
    this.targets = compile.targets(outputs);
  }

  /** Returns a model's compilation; {@code pointer} says where it will stand. */
  static ObjectNode write(Model model, Compile compile, String pointer) {
    CompileWriter writer = new CompileWriter(compile, model.outputNames());
    ObjectNode written = JSON.objectNode();
    written.set(
        "optimizer", ObjectWriter.object(optimizer(model, compile), pointer + "/optimizer"));
    written.set("loss", writer.byOutput(CompileWriter::loss, pointer + "/loss"));
    boolean weighted = writer.targets.stream().anyMatch(t -> t.weight() != 1);
    written.set(
        "loss_weights",
        weighted
            ? writer.byOutput((t, at) -> JSON.numberNode(t.weight()), pointer + "/loss_weights")
            : JSON.nullNode());
    written.set("metrics", writer.metrics(Compile.Target::metrics, pointer + "/metrics"));
    written.set(
        "weighted_metrics",
        writer.metrics(Compile.Target::weightedMetrics, pointer + "/weighted_metrics"));
    written.put("run_eagerly", false);
    written.put("steps_per_execution", compile.stepsPerExecution());
    written.put("jit_compile", compile.jitCompile());
    if (!compile.autoScaleLoss()) {
      written.put("auto_scale_loss", false);
    }
    return written;
  }

  /** Keras scales a loss by the policy of its whole program, so files say it by the optimizer. */
  private static Optimizer optimizer(Model model, Compile compile) {
    Optimizer optimizer = compile.optimizer();
    return model.scalesLoss() && optimizer.lossScaling().isEmpty()
        ? LossScaleOptimizer.of(optimizer)
        : optimizer;
  }

  private static JsonNode loss(Compile.Target target, String pointer) {
    return target.loss().map(loss -> ObjectWriter.object(loss, pointer)).orElseGet(JSON::nullNode);
  }

  private JsonNode metrics(Function<Compile.Target, List<Metric>> of, String pointer) {
    boolean none = targets.stream().allMatch(t -> of.apply(t).isEmpty());
    return none ? JSON.nullNode() : byOutput((t, at) -> list(of.apply(t), at), pointer);
  }

  private static ArrayNode list(List<Metric> metrics, String pointer) {
    ArrayNode all = JSON.arrayNode();
    metrics.forEach(m -> all.add(ObjectWriter.object(m, pointer + "/" + all.size())));
    return all;
  }

  /** Returns the value of the only output, or those of several by name; it is told its place. */
  private JsonNode byOutput(BiFunction<Compile.Target, String, JsonNode> value, String pointer) {
    if (outputs.size() == 1) {
      return value.apply(targets.get(0), pointer);
    }
    ObjectNode all = JSON.objectNode();
    for (int i = 0; i < outputs.size(); i++) {
      String name = outputs.get(i);
      all.set(name, value.apply(targets.get(i), Place.below(pointer, name)));
    }
    return all;
  }
}
