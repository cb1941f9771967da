package dev.ibex.savedmodel.tool;

import dev.ibex.ModelFormatException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns exceptions into one text on stderr and an exit code. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final BooleanSupplier verbose;

  /**
   * @param verbose whether stack traces are printed; asked when there is one
   */
  Failures(BooleanSupplier verbose) {
    this.verbose = verbose;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    report(command, e, e.getMessage() + "\nSee: " + name + " --help");
    return ExitCode.USAGE;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    boolean expected = isExpected(e);
    report(
        command,
        e,
        expected
            ? String.valueOf(e.getMessage())
            : "an error in Ibex itself: " + e + "\n--verbose shows where");
    return expected ? ExitCode.FILE : ExitCode.INTERNAL;
  }

  /** Returns whether an exception's text is meant for users: its cause is a file or its content. */
  private static boolean isExpected(Exception e) {
    return e instanceof ToolException
        || e instanceof ModelFormatException
        || e instanceof UncheckedIOException
        || e instanceof IllegalArgumentException; // what models say of data that does not fit
  }

  private void report(CommandLine command, Exception e, String text) {
    PrintWriter err = command.getErr();
    err.println(command.getCommandSpec().qualifiedName() + ": " + text);
    if (verbose.getAsBoolean()) {
      e.printStackTrace(err);
    }
    err.flush();
  }
}
