package dev.ibex.savedmodel.tool;

import dev.ibex.Compile;
import dev.ibex.Model;
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

  @Parameters(index = "1", paramLabel = "OUT", description = "The file to write.")
  private Path out;

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description = {
        "keras, h5, weights.h5, weights.json or json;",
        "needed where OUT does not end in one of these."
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

  @Mixin private final Overwriting overwriting = new Overwriting();

  @Override
  public Integer call() {
    OutFormat format = format();
    overwriting.check(out);
    try (Model model = config.isPresent() ? assembled(config.get(), format) : whole(format)) {
      format.write(model, out);
    }
    spec.commandLine().getOut().println(out + ": " + format);
    return ExitCode.OK;
  }

  private OutFormat format() {
    Optional<OutFormat> byName = OutFormat.ofName(out);
    OutFormat format = to.map(this::named).or(() -> byName).orElseThrow(this::unknown);
    if (byName.isPresent() && byName.get() != format) {
      throw usage("--to: " + format + " does not fit the name " + out);
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
