package dev.ibex.savedmodel.tool;

import dev.ibex.Data;
import dev.ibex.LoadOptions;
import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.Prediction;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Array;
import dev.ibex.graph.NativeException;
import dev.ibex.savedmodel.LoadedModel;
import dev.ibex.savedmodel.SavedFunction;
import dev.ibex.savedmodel.SavedModels;
import dev.ibex.savedmodel.bundle.KerasFiles;
import dev.ibex.savedmodel.keras.KerasDescription;
import dev.ibex.savedmodel.npy.Npy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
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
  private static final int BATCH = 32;

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
      names = "--signature",
      paramLabel = "NAME",
      description = {
        "The function of a SavedModel to call; serving_default",
        "where the SavedModel holds no layers."
      })
  private Optional<String> signature;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = {
        "How many samples are computed at once; default 32,",
        "for a function of a SavedModel all."
      })
  private Optional<Integer> batchSize;

  @Mixin private final Overwriting overwriting = new Overwriting();

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    batchSize
        .filter(size -> size < 1)
        .ifPresent(
            size -> {
              throw new ParameterException(
                  command, "--batch-size: expected 1 or more, got " + size);
            });
    NamedFile.requireDistinct(command, "output", outputs);
    outputs.forEach(o -> overwriting.check(o.path()));
    if (signature.isPresent() || isGraphAlone()) {
      predictBySignature(command);
    } else {
      predictByLayers(command);
    }
    return ExitCode.OK;
  }

  private boolean isGraphAlone() {
    return SavedModels.isSavedModel(path) && !KerasFiles.areIn(path) && !isArchive();
  }

  private boolean isArchive() {
    return Files.isRegularFile(path.resolve(KerasDescription.CONFIG));
  }

  private void predictByLayers(CommandLine command) {
    try (Model model = Models.load(path, LoadOptions.DEFAULT.compile(false))) {
      run(
          command,
          model.inputNames(),
          model.outputNames(),
          data -> model.predict(data, batchSize.orElse(BATCH)));
    }
  }

  private void predictBySignature(CommandLine command) {
    if (!SavedModels.isSavedModel(path)) {
      throw new ParameterException(
          command, "--signature: SavedModels have signatures, and " + path + " is none");
    }
    String name = signature.orElse(LoadedModel.SERVING_DEFAULT);
    try (LoadedModel model = SavedModels.load(path)) {
      if (!model.signatures().containsKey(name) && !model.refusedSignatures().containsKey(name)) {
        throw new ParameterException(
            command,
            "--signature: there is no \"" + name + "\"; there are " + model.signatures().keySet());
      }
      SavedFunction function = model.function(name);
      run(
          command,
          List.copyOf(function.signature().inputs().keySet()),
          List.copyOf(function.signature().outputs().keySet()),
          data -> call(function, data));
    }
  }

  private Prediction call(SavedFunction function, Data data) {
    try {
      return function.call(batchSize.map(size -> batches(data, size)).orElse(data));
    } catch (NativeException e) { // the graph is the file's
      throw new ToolException(path + ": " + function.signature().name() + ": " + e.getMessage(), e);
    }
  }

  private static Data batches(Data data, int size) {
    int samples = data.samples();
    return Data.batches(
        () ->
            IntStream.iterate(0, from -> from < samples, from -> from + size)
                .mapToObj(from -> IntStream.range(from, Math.min(samples, from + size)).toArray())
                .map(data::rows));
  }

  private void run(
      CommandLine command,
      List<String> inputNames,
      List<String> outputNames,
      Function<Data, Prediction> predict) {
    Map<String, Path> from = NamedFile.byName(command, "input", inputs, inputNames);
    Map<String, Path> to = NamedFile.byName(command, "output", outputs, outputNames);
    requireAll(from.keySet(), inputNames);
    Prediction prediction = predict.apply(data(from));
    to.forEach((name, file) -> write(name, prediction.get(name), file));
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
