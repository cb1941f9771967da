package dev.ibex.savedmodel.tool;

import dev.ibex.Compile;
import dev.ibex.Model;
import dev.ibex.savedmodel.ExportOptions;
import dev.ibex.savedmodel.SavedModels;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a model in another format. */
@Command(name = "convert", description = "Writes a model, or a part of it, in another format.")
final class ConvertCommand implements Callable<Integer> {
  private static final String PLAIN = "\n--no-compile converts the model without its compilation";

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "IN", description = "A model; weights with --config.")
  private Path in;

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      converter = OutPath.Converter.class,
      description = "The file to write; a directory, with a slash at its end, for a SavedModel.")
  private OutPath out;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description = {
        "keras, h5, weights.h5, weights.json, json or savedmodel;",
        "needed where OUT does not end in one of these, nor in a slash."
      })
  private Optional<String> to;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "The model that IN's weights belong to: JSON, or a model of any format.",
        "Its compilation is taken too; the optimizer's state is IN's, or a new one."
      })
  private Optional<Path> config;

  @Option(names = "--no-compile", description = "Leave out how the model is compiled.")
  private boolean plain;

  @Option(
      names = "--versioned",
      description = {
        "Write a SavedModel as the next version into OUT: OUT/1, OUT/2 and so on,",
        "of which TensorFlow Serving loads the latest."
      })
  private boolean versioned;

  @Mixin private final Overwriting overwriting = new Overwriting();

  @Override
  public Integer call() {
    OutFormat format = format();
    if (!versioned) {
      overwriting.check(out.path());
    }
    Path written;
    try (Model model = config.isPresent() ? assembled(config.get(), format) : whole(format)) {
      written = write(model, format);
    }
    spec.commandLine().getOut().println(written + ": " + format);
    return ExitCode.OK;
  }

  private Path write(Model model, OutFormat format) {
    if (versioned) {
      return SavedModels.export(model, out.path(), ExportOptions.DEFAULT.versioned());
    }
    format.write(model, out.path());
    return out.path();
  }

  private OutFormat format() {
    Optional<OutFormat> byName = OutFormat.of(out);
    Optional<OutFormat> versions =
        versioned ? Optional.of(OutFormat.SAVED_MODEL) : Optional.empty();
    OutFormat format =
        to.map(this::named).or(() -> byName).or(() -> versions).orElseThrow(this::unknown);
    if (byName.isPresent() && byName.get() != format) {
      throw usage("--to: " + format + " does not fit the name " + out);
    } else if (versioned && format != OutFormat.SAVED_MODEL) {
      throw usage("--versioned: SavedModels have versions, and " + out + " would be " + format);
    }
    return format;
  }

  private OutFormat named(String name) {
    return OutFormat.named(name)
        .orElseThrow(
            () ->
                usage("--to: there is no format \"" + name + "\"; there are " + OutFormat.names()));
  }

  private ParameterException unknown() {
    return usage(out + " does not end in a format's name; give one by --to: " + OutFormat.names());
  }

  private ParameterException usage(String text) {
    return new ParameterException(spec.commandLine(), text);
  }

  /** Returns the model that IN is. */
  private Model whole(OutFormat format) {
    try (ModelFile file = ModelFile.open(in)) {
      if (file.hasWeightsAlone()) {
        throw usage(in + " holds weights alone; give the model they belong to by --config");
      } else if (file.hasDescriptionAlone()) {
        throw usage(in + " holds no weights; give them as IN, and this file by --config");
      }
      return load(file, format);
    }
  }

  /** Returns the model of a description with IN's weights. */
  private Model assembled(Path description, OutFormat format) {
    try (ModelFile file = ModelFile.open(description)) {
      if (file.hasWeightsAlone()) {
        throw usage("--config: " + description + " holds weights alone");
      }
      Model model = unstarted(file, format);
      try {
        takeWeights(model);
        return model;
      } catch (RuntimeException e) {
        model.close();
        throw e;
      }
    }
  }

  /**
   * Returns the model with its compilation, but with a new state of the optimizer: what the file
   * has goes with other weights.
   */
  private Model unstarted(ModelFile file, OutFormat format) {
    Model loaded = load(file, format);
    Optional<Compile> compilation = loaded.compilation();
    if (compilation.isEmpty()) {
      return loaded;
    }
    loaded.close(); // compiled again, it would keep the state
    Model model = Loading.plain(file);
    model.compile(compilation.get());
    return model;
  }

  /** Takes all weights; an optimizer's state is left behind only if that was asked for. */
  private void takeWeights(Model model) {
    List<String> skipped = model.loadWeights(in).skipped();
    if (!skipped.isEmpty() && !plain) {
      throw new ToolException(in + ": " + String.join("; ", skipped) + PLAIN);
    }
  }

  /** Returns the model with its compilation, or says how to go without. */
  private Model load(ModelFile file, OutFormat format) {
    if (plain || !format.keepsCompilation()) {
      return Loading.plain(file);
    }
    Loading loading = Loading.of(file);
    if (loading.problems().isEmpty()) {
      return loading.model().orElseThrow();
    }
    boolean plainLoads = loading.model().isPresent();
    loading.close();
    throw new ToolException(String.join("\n", loading.problems()) + (plainLoads ? PLAIN : ""));
  }
}
