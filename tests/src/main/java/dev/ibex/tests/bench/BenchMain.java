package dev.ibex.tests.bench;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.History;
import dev.ibex.Model;
import dev.ibex.core.Optimizer;
import dev.ibex.graph.Array;
import dev.ibex.losses.SparseCategoricalCrossentropy;
import dev.ibex.metrics.Metrics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;

/**
 * Times one workload: {@code WORKLOAD BATCH STEPS [--reps R] [--warmup W]}, and prints one line of
 * JSON.
 *
 * <p>Exit status 3: the workload is not offered. A repetition is one fit of one epoch of STEPS
 * steps, or STEPS calls of predict.
 */
public final class BenchMain {
  private static final int PREDICTED_SAMPLES = 20_000;

  private final Workload workload;
  private final int batch;
  private final int reps;
  private final int warmup;
  private int steps;
  private double startup;
  private double[] ms;
  private double[] cpu;

  private BenchMain(List<String> args, Workload workload) {
    this.workload = workload;
    this.batch = Integer.parseInt(args.get(1));
    this.steps = Integer.parseInt(args.get(2));
    this.reps = option(args, "--reps", 3);
    this.warmup = option(args, "--warmup", 10);
    this.ms = new double[reps];
    this.cpu = new double[reps];
  }

  /** Runs a workload. */
  public static void main(String[] args) throws IOException {
    var workload = args.length < 3 ? java.util.Optional.<Workload>empty() : Workload.of(args[0]);
    if (workload.isEmpty()) {
      System.err.println(
          "usage: bench WORKLOAD BATCH STEPS [--reps R] [--warmup W]; workloads: "
              + Arrays.stream(Workload.values())
                  .map(Workload::key)
                  .collect(Collectors.joining(", ")));
      System.exit(3);
      return;
    }
    System.out.println(new BenchMain(List.of(args), workload.get()).run());
  }

  private static int option(List<String> args, String name, int otherwise) {
    int i = args.indexOf(name);
    return i < 0 ? otherwise : Integer.parseInt(args.get(i + 1));
  }

  private String run() throws IOException {
    try (Model model = workload.model.get()) {
      model.seed(1);
      if (workload.training.isPresent()) {
        return train(model, workload.training.get());
      }
      return batch == 1 ? predictOne(model) : predictAll(model);
    }
  }

  private String train(Model model, Optimizer optimizer) throws IOException {
    model.compile(
        optimizer, SparseCategoricalCrossentropy.of().fromLogits(true), Metrics.accuracy());
    Fit fit = Fit.epochs(1).batchSize(batch);
    model.fit(samples(batch), fit);
    startup = sinceStart();
    model.fit(samples(batch * warmup), fit);
    Data data = samples(batch * steps);
    History[] last = new History[1];
    repeat(() -> last[0] = model.fit(data, fit));
    return line(
        String.format(
            Locale.ROOT,
            ", \"loss\": %.4f, \"acc\": %.4f",
            last[0].last("loss"),
            last[0].last("accuracy")));
  }

  private String predictOne(Model model) throws IOException {
    float[][][] rows = new float[64][][];
    Random random = new Random(1);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new float[][] {floats(random, (int) workload.sample.size())};
    }
    model.predict(rows[0]);
    startup = sinceStart();
    Runnable calls =
        () -> {
          for (int i = 0; i < steps; i++) {
            model.predict(rows[i & 63]).floats();
          }
        };
    calls.run();
    repeat(calls);
    return line(", \"path\": \"model.predict(row)\"");
  }

  private String predictAll(Model model) throws IOException {
    steps = (PREDICTED_SAMPLES + batch - 1) / batch;
    Data data = Data.of(inputs(new Random(1), PREDICTED_SAMPLES));
    model.predict(Data.of(inputs(new Random(1), batch)), batch);
    startup = sinceStart();
    model.predict(data, batch);
    repeat(() -> model.predict(data, batch));
    return line("");
  }

  private Data samples(int n) {
    Random random = new Random(1);
    int[] labels = new int[n];
    Array x = inputs(random, n);
    Arrays.setAll(labels, i -> random.nextInt(10));
    return Data.of(x, Array.of(Shape.of(n), labels));
  }

  private Array inputs(Random random, int n) {
    Shape shape = Shape.of(n).append(workload.sample);
    return Array.of(shape, floats(random, Math.toIntExact(shape.size())));
  }

  private static float[] floats(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  private void repeat(Runnable body) {
    for (int i = 0; i < reps; i++) {
      long c = cpuTime();
      long t = System.nanoTime();
      body.run();
      ms[i] = (System.nanoTime() - t) / 1e6 / steps;
      cpu[i] = (cpuTime() - c) / 1e6 / steps;
    }
  }

  private static long cpuTime() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Returns seconds since the process began, or since BENCH_T0 if the caller says so. */
  private static double sinceStart() {
    String begun = System.getenv("BENCH_T0");
    double from =
        begun != null
            ? Double.parseDouble(begun)
            : ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3;
    return System.currentTimeMillis() / 1e3 - from;
  }

  private String line(String more) {
    double[] sorted = ms.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "{\"peer\": \"ibex\", \"workload\": \"%s\", \"batch\": %d, \"ms_per_step\": %.4f,"
            + " \"startup_s\": %.3f, \"steps\": %d, \"reps\": %s, \"cpu_reps\": %s,"
            + " \"version\": \"ibex, tf %s, Java %d\"%s}",
        workload.key(),
        batch,
        sorted[sorted.length / 2],
        startup,
        steps,
        list(ms),
        list(cpu),
        TensorFlow.version(),
        Runtime.version().feature(),
        more);
  }

  private static String list(double[] values) {
    return Arrays.stream(values)
        .mapToObj(v -> String.format(Locale.ROOT, "%.4f", v))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
