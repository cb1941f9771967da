package dev.ibex.tests.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the models that Python wrote and writes its own for Python to read: {@code FROM INTO}. The
 * counterpart of the Python package two_way.
 */
public final class KerasFilesMain {
  private KerasFilesMain() {}

  /** Reads and writes; the exit code is 1 if something differs. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws IOException {
    Own.register();
    Report report = new Report();
    KindReader.readAll(Path.of(args[0]), report);
    Path into = Path.of(args[1]);
    for (Kind kind : kinds()) {
      report.check(kind.name(), "of Ibex", () -> write(kind, into, report));
    }
    System.err.println("Keras to Ibex: " + report);
    System.exit(report.failed() == 0 ? 0 : 1);
  }

  static List<Kind> kinds() {
    return Stream.of(
            OptimizerKinds.all(),
            ImageKinds.all(),
            VolumeKinds.all(),
            SequenceKinds.all(),
            GraphKinds.all(),
            OperationKinds.all(),
            LayerKinds.all(),
            FigureKinds.all(),
            PolicyKinds.all())
        .flatMap(List::stream)
        .toList();
  }

  private static void write(Kind kind, Path into, Report report) {
    try {
      KindWriter.write(kind, into, report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
