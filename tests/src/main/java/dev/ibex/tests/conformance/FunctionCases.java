package dev.ibex.tests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.OptimizerRun;
import dev.ibex.core.Activation;
import dev.ibex.core.ConfigCodec;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.Loss;
import dev.ibex.core.Metric;
import dev.ibex.core.MetricState;
import dev.ibex.core.Optimizer;
import dev.ibex.core.Regularizer;
import dev.ibex.core.Schedule;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Evaluation;
import dev.ibex.graph.Numbers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;

/** Cases about one loss, metric, activation… alone. */
final class FunctionCases {
  private FunctionCases() {}

  static void run(Case c) {
    JsonNode info = c.info();
    String fn = info.path("fn").asText();
    switch (fn) {
      case "loss" -> loss(c);
      case "metric" -> metric(c);
      case "activation" -> activation(c);
      case "initializer" -> initializer(c);
      case "regularizer" -> {
        Regularizer r = object(Regularizer.class, info);
        value(c, Evaluation.of((tf, in) -> List.of(r.apply(tf, Numbers.of(in.get(0)))), input(c)));
      }
      case "constraint" -> {
        Constraint k = object(Constraint.class, info);
        value(c, Evaluation.of((tf, in) -> List.of(k.apply(tf, Numbers.of(in.get(0)))), input(c)));
      }
      case "optimizer" -> optimizer(c);
      case "schedule" -> schedule(c);
      default -> throw new Missing("function", info.path("function").asText(fn));
    }
  }

  private static <T> T object(Class<T> type, JsonNode info) {
    return ConfigCodec.get().fromJson(type, info.get("object").toString());
  }

  private static Array input(Case c) {
    return c.load(c.info().at("/inputs/0").asText());
  }

  private static void value(Case c, List<Array> actual) {
    c.compare("value", actual.get(0), c.load(c.info().at("/outputs/0").asText()));
  }

  private static void loss(Case c) {
    Loss loss = object(Loss.class, c.info());
    Map<String, Array> a = new HashMap<>();
    for (int i = 0; i < c.info().get("roles").size(); i++) {
      a.put(c.info().get("roles").get(i).asText(), c.load(c.info().get("inputs").get(i).asText()));
    }
    Array yTrue = get(a, "y_true");
    Array yPred = get(a, "y_pred");
    Array value =
        a.containsKey("sample_weight")
            ? loss.value(yTrue, yPred, get(a, "sample_weight"))
            : loss.value(yTrue, yPred);
    c.compare("loss", value, c.load(c.info().at("/outputs/0").asText()));
  }

  private static Array get(Map<String, Array> map, String key) {
    Array a = map.get(key);
    if (a == null) {
      throw new Mismatch(key + " is not among " + map.keySet());
    }
    return a;
  }

  private static void metric(Case c) {
    MetricState state = new MetricState(object(Metric.class, c.info()));
    for (int step : new int[] {0, 1, 2, 0}) { // the last one after a reset
      if (step == 0) {
        state.reset();
      }
      Map<String, Array> a = new HashMap<>();
      c.info()
          .at("/updates/" + step)
          .properties()
          .forEach(e -> a.put(e.getKey(), c.load(e.getValue().asText())));
      update(state, a);
      c.compare(
          "result after batch " + step,
          state.result(),
          c.load(c.info().at("/outputs/" + step).asText()));
    }
  }

  private static void update(MetricState state, Map<String, Array> a) {
    boolean values = a.containsKey("values");
    if (a.containsKey("sample_weight")) {
      Array w = get(a, "sample_weight");
      if (values) {
        state.updateValues(get(a, "values"), w);
      } else {
        state.update(get(a, "y_true"), get(a, "y_pred"), w);
      }
    } else if (values) {
      state.updateValues(get(a, "values"));
    } else {
      state.update(get(a, "y_true"), get(a, "y_pred"));
    }
  }

  private static void activation(Case c) {
    Activation f = NamedActivations.of(c.info().path("function").asText(), c.info().get("kwargs"));
    value(c, Evaluation.of((tf, in) -> List.of(f.apply(tf, Numbers.of(in.get(0)))), input(c)));
  }

  private static void initializer(Case c) {
    Initializer initializer = object(Initializer.class, c.info());
    Shape shape = Shape.of(longs(c.info().get("shape")));
    Array a = initializer.value(shape, DType.FLOAT32, 7);
    JsonNode checks = c.info().path("checks");
    if (checks.isMissingNode() || checks.isNull()) {
      value(c, List.of(a));
    } else if (checks.has("orthogonal_gain")) {
      orthogonal(c, a, checks.get("orthogonal_gain").asDouble());
    } else {
      distribution(a, checks);
    }
  }

  private static long[] longs(JsonNode list) {
    return Case.elements(list).stream().mapToLong(JsonNode::asLong).toArray();
  }

  private static void orthogonal(Case c, Array a, double gain) {
    float[][] m = a.floats2d();
    boolean tall = a.shape().get(0) >= a.shape().get(1);
    int n = (int) Math.min(a.shape().get(0), a.shape().get(1));
    double[] product = new double[n * n];
    double[] expected = new double[n * n];
    for (int i = 0; i < n; i++) {
      expected[i * n + i] = gain * gain;
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < Math.max(m.length, m[0].length); k++) {
          product[i * n + j] += tall ? (double) m[k][i] * m[k][j] : (double) m[i][k] * m[j][k];
        }
      }
    }
    c.compare("product", product, expected);
  }

  private static void distribution(Array a, JsonNode checks) {
    double[] x = new double[a.size()];
    Arrays.setAll(x, a::number);
    double mean = Arrays.stream(x).average().orElseThrow();
    double std =
        Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
    within("mean", mean, checks.get("mean"));
    within("std", std, checks.get("std"));
    double middle = (checks.at("/mean/0").asDouble() + checks.at("/mean/1").asDouble()) / 2;
    double most = Arrays.stream(x).map(v -> Math.abs(v - middle)).max().orElseThrow();
    if (most > checks.get("max_deviation").asDouble()) {
      throw new Mismatch("range: a value is " + most + " from the mean");
    }
  }

  private static void within(String what, double value, JsonNode bounds) {
    if (!(value >= bounds.get(0).asDouble() && value <= bounds.get(1).asDouble())) {
      throw new Mismatch(what + " " + value + " is not in " + bounds);
    }
  }

  private static void schedule(Case c) {
    Schedule schedule = object(Schedule.class, c.info());
    double[] rates =
        Arrays.stream(longs(c.info().get("steps"))).mapToDouble(schedule::value).toArray();
    c.compare("rates", rates, Case.numbers(c.info().get("values")));
  }

  private static void optimizer(Case c) {
    JsonNode info = c.info();
    Optimizer optimizer = object(Optimizer.class, info);
    try (OptimizerRun run = new OptimizerRun(optimizer, c.loads(info.get("variables")))) {
      for (int step = 0; step < info.get("gradients").size(); step++) {
        run.apply(c.loads(info.get("gradients").get(step)));
        c.compareAll("step " + step + ", variable", run.values(), info.get("outputs").get(step));
      }
      if (info.has("finalized")) {
        run.finish();
        c.compareAll("finalized variable", run.values(), info.get("finalized"));
      }
    }
  }
}
