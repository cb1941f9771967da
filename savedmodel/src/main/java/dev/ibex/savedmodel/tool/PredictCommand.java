package dev.ibex.savedmodel.tool;

import dev.ibex.Data;
import dev.ibex.LoadOptions;
import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.Prediction;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Array;
import dev.ibex.savedmodel.npy.Npy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a model on arrays of files. */
@Command(
    name = "predict",
    description = {
      "Runs a model on NumPy arrays, whose first axis is the sample.",
      "Names are needed only where there are several inputs or outputs."
    })
final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "A whole model.")
  private Path path;

  @Option(
      names = {"-i", "--input"},
      paramLabel = "[NAME=]X.npy",
      required = true,
      converter = NamedFile.Converter.class,
      description = "An input's samples; once for each input.")
  private List<NamedFile> inputs;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "[NAME=]Y.npy",
      required = true,
      converter = NamedFile.Converter.class,
      description = "Where an output goes; once for each that is wanted.")
  private List<NamedFile> outputs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "32",
      description = "How many samples are computed at once; default ${DEFAULT-VALUE}.")
  private int batchSize;

  @Mixin private final Overwriting overwriting = new Overwriting();

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    if (batchSize < 1) {
      throw new ParameterException(command, "--batch-size: expected 1 or more, got " + batchSize);
    }
    NamedFile.requireDistinct(command, "output", outputs);
    outputs.forEach(o -> overwriting.check(o.path()));
    try (Model model = Models.load(path, LoadOptions.DEFAULT.compile(false))) {
      Map<String, Path> from = NamedFile.byName(command, "input", inputs, model.inputNames());
      Map<String, Path> to = NamedFile.byName(command, "output", outputs, model.outputNames());
      requireAll(from.keySet(), model.inputNames());
      Prediction prediction = model.predict(data(from), batchSize);
      to.forEach((name, file) -> write(name, prediction.get(name), file));
    }
    return ExitCode.OK;
  }

  private void requireAll(Set<String> given, List<String> names) {
    Set<String> missing = new TreeSet<>(names);
    missing.removeAll(given);
    if (!missing.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--input: no samples for " + missing + "; the model has the inputs " + names);
    }
  }

  private static Data data(Map<String, Path> files) {
    Optional<Data> data = Optional.empty();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      Array x = Npy.read(file.getValue());
      String name = file.getKey();
      data = Optional.of(data.map(d -> d.input(name, x)).orElseGet(() -> Data.inputs(name, x)));
    }
    return data.orElseThrow();
  }

  private void write(String name, Array value, Path file) {
    Npy.write(file, value);
    String spec = new TensorSpec(value.shape(), value.dtype()).toString();
    this.spec.commandLine().getOut().println(file + ": " + name + " " + spec);
  }
}
