package dev.ibex.savedmodel.tool;

/** What a call of the tool returns to the shell. */
final class ExitCode {
  /** Done; of diff: no differences. */
  static final int OK = 0;

  /** Diff found differences. */
  static final int DIFFERENT = 1;

  /** A wrong command line. */
  static final int USAGE = 2;

  /** A file that cannot be read, used or written. */
  static final int FILE = 3;

  /** An error in Ibex itself. */
  static final int INTERNAL = 4;

  private ExitCode() {}
}
