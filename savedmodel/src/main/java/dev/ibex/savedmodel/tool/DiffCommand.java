package dev.ibex.savedmodel.tool;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two files. */
@Command(
    name = "diff",
    description = {
      "Compares two files, of one format or of two: description, weights, compilation.",
      "What files of one of their kinds never hold is not compared, and that is said."
    })
final class DiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = "A model, or weights alone.")
  private Path first;

  @Parameters(index = "1", paramLabel = "B", description = "What to compare it with.")
  private Path second;

  @Option(
      names = "--tolerance",
      paramLabel = "T",
      defaultValue = "0",
      description = "By how much elements of weights may differ; default ${DEFAULT-VALUE}.")
  private double tolerance;

  @Override
  public Integer call() {
    if (!(tolerance >= 0)) {
      throw new ParameterException(
          spec.commandLine(), "--tolerance: expected 0 or more, got " + tolerance);
    }
    PrintWriter out = spec.commandLine().getOut();
    try (ModelFile a = comparable(first);
        ModelFile b = comparable(second);
        Loading loadedA = Loading.of(a);
        Loading loadedB = Loading.of(b)) {
      Comparison comparison = Comparison.of(a, loadedA, b, loadedB, tolerance);
      comparison.lines().forEach(out::println);
      return comparison.equal() ? ExitCode.OK : ExitCode.DIFFERENT;
    }
  }

  private static ModelFile comparable(Path path) {
    ModelFile file = ModelFile.open(path);
    if (file.hasGraphsAlone()) {
      file.close();
      throw new ToolException(
          path
              + ": a SavedModel without a description of layers, which those have that Ibex"
              + " exports; graphs are not compared. What ibex inspect --json prints of both can be");
    }
    return file;
  }
}
