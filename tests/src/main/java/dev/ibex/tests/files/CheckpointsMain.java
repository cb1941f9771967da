package dev.ibex.tests.files;

import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.savedmodel.TrackableCheckpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;

/**
 * Reads the checkpoints that Python wrote and writes its own for Python to restore: {@code FROM
 * INTO}. The counterpart of Python's {@code savedmodels/checkpoints.py}.
 */
public final class CheckpointsMain {
  private static final String PREFIX = "ckpt";
  private static final String OBJECTS = "objects";

  private final Report report = new Report();

  private CheckpointsMain() {}

  /** Reads and writes; the exit code is 1 if something differs. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws IOException {
    Own.register();
    CheckpointsMain main = new CheckpointsMain();
    main.readAll(Path.of(args[0]));
    Path into = Path.of(args[1]);
    for (Kind kind : KerasFilesMain.kinds()) {
      main.report.check(kind.name(), "of Ibex", () -> write(kind, into));
    }
    main.report.check(OBJECTS, "of Ibex", () -> writeObjects(into.resolve(OBJECTS)));
    System.err.println("checkpoints of TensorFlow to Ibex: " + main.report);
    System.exit(main.report.failed() == 0 ? 0 : 1);
  }

  private void readAll(Path from) throws IOException {
    List<Path> folders;
    try (Stream<Path> found = Files.list(from)) {
      folders = found.sorted().toList();
    }
    for (Path path : folders) {
      String name = String.valueOf(path.getFileName());
      report.check(
          name,
          PREFIX,
          () -> {
            if (name.equals(OBJECTS)) {
              readObjects(path);
            } else {
              read(path);
            }
          });
    }
  }

  private void read(Path path) {
    KindFolder folder = new KindFolder(path);
    try (Model model = Models.load(folder.file(KindFolder.KERAS))) {
      List<String> skipped = TrackableCheckpoint.load(path, model).skipped();
      Report.same("left out", skipped, List.of());
      new KindReader(folder, report).compare(model, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Kind kind, Path into) {
    try (Model model = kind.model()) {
      KindFolder folder = new KindFolder(Files.createDirectories(into.resolve(kind.name())));
      model.seed(7);
      kind.compile().ifPresent(model::compile);
      model.save(folder.file(KindFolder.KERAS));
      KindWriter.shift(model);
      if (model.isCompiled() && kind.epochs() > 0) {
        KindWriter.fit(kind, model, 1);
      }
      TrackableCheckpoint.save(folder.file(PREFIX), model);
      Path second = TrackableCheckpoint.save(folder.file(PREFIX), model);
      Report.same("second", second, folder.file(PREFIX + "-2"));
      folder.write(KindWriter.facts(kind, model));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- objects that are no models ---------------------------------------------------------

  private static Map<String, Array> objects(int times) {
    Map<String, Array> values = new LinkedHashMap<>();
    values.put("holder/w", Array.generate(DType.FLOAT32, Shape.of(2, 2), i -> times * (i + 1)));
    values.put("holder/parts/0", Array.of(Shape.scalar(), 5 * times));
    values.put("holder/parts/1", Array.of(Shape.of(2), times == 1, times != 1));
    values.put("holder/named/a..b.Sc", Array.of(Shape.scalar(), 6.0 * times));
    values.put(
        "holder/named/text", Array.of(new String[] {"x".repeat(times), "größer".repeat(times)}));
    return values;
  }

  private static void readObjects(Path folder) {
    TrackableCheckpoint checkpoint = TrackableCheckpoint.read(folder);
    objects(1)
        .forEach(
            (path, expected) -> {
              Report.same(path, checkpoint.get(path), expected);
              String round = path.replace("holder/", "holder/me/me/");
              Report.same(round, checkpoint.get(round), expected);
            });
    Report.same("save_counter", checkpoint.get("save_counter"), Array.of(Shape.scalar(), 1L));
  }

  private static void writeObjects(Path folder) {
    for (int i = 0; i < 3; i++) {
      TrackableCheckpoint.save(folder.resolve(PREFIX), objects(2));
    }
  }
}
