package dev.ibex.savedmodel.tool;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option of all commands that write. */
final class Overwriting {
  @Option(
      names = {"-f", "--force"},
      description = "Replace files that are there.")
  private boolean force;

  /**
   * Refuses a file that is there, unless it is to be replaced.
   *
   * @throws ToolException if it is there
   */
  void check(Path path) {
    if (!force && Files.exists(path)) {
      throw new ToolException(path + " is there already; --force replaces it");
    }
  }
}
