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
    try (ModelFile a = ModelFile.open(first);
        ModelFile b = ModelFile.open(second);
        Loading loadedA = Loading.of(a);
        Loading loadedB = Loading.of(b)) {
      Comparison comparison = Comparison.of(a, loadedA, b, loadedB, tolerance);
      comparison.lines().forEach(out::println);
      return comparison.equal() ? ExitCode.OK : ExitCode.DIFFERENT;
    }
  }
}
