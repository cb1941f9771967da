package dev.ibex.savedmodel.tool;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The command line tool {@code ibex}. docs/TOOL.md describes the commands, {@link ExitCode} what a
 * call returns.
 */
@Command(
    name = "ibex",
    description = "Inspects, converts, runs and compares model files.",
    subcommands = {
      InspectCommand.class,
      ConvertCommand.class,
      PredictCommand.class,
      DiffCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0: done; of diff: the files are equal",
      "1: diff found differences",
      "2: a wrong command line",
      "3: a file cannot be read, used or written",
      "4: an error in Ibex itself"
    },
    scope = ScopeType.INHERIT)
public final class IbexTool {
  @Option(
      names = "--verbose",
      description = "Print the stack trace of an error.",
      scope = ScopeType.INHERIT)
  private boolean verbose;

  private IbexTool() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(commandLine(), args));
  }

  private static int run(CommandLine ibex, String[] args) {
    try {
      return ibex.execute(args);
    } catch (OutOfMemoryError e) {
      ibex.getErr()
          .println("ibex: not enough memory; give Java more, for example by JAVA_OPTS=-Xmx8g");
      return ExitCode.FILE;
    }
  }

  /** Returns the command line, ready to be executed. */
  static CommandLine commandLine() {
    IbexTool tool = new IbexTool();
    Failures failures = new Failures(() -> tool.verbose);
    return new CommandLine(tool)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }
}
