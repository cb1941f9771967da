package dev.ibex.savedmodel.tool;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what is in a file. */
@Command(
    name = "inspect",
    description = {
      "Shows what is in a model file: layers, weights, compilation.",
      "A file that asks for something Ibex does not have is shown as far as it goes."
    })
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "A model, or weights alone.")
  private Path path;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (ModelFile file = ModelFile.open(path);
        Loading loading = Loading.of(file)) {
      Inspection found = Inspection.of(file, loading);
      if (json) {
        out.println(Json.pretty(InspectionJson.of(found)));
      } else {
        InspectionText.of(found).forEach(out::println);
      }
    }
    return ExitCode.OK;
  }
}
