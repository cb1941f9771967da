package dev.ibex.tests.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.graph.Array;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the networks that Python's {@code networks.py} wrote: {@code FOLDER}. */
public final class NetworksMain {
  private NetworksMain() {}

  /** Reads all; the exit code is 1 if something differs. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws IOException {
    Report report = new Report();
    List<Path> folders;
    try (Stream<Path> found = Files.list(Path.of(args[0]))) {
      folders = found.sorted().toList();
    }
    for (Path path : folders) {
      KindFolder folder = new KindFolder(path);
      JsonNode facts = folder.facts();
      report.check(folder.name(), "description", () -> describe(folder, facts));
      if (Files.exists(folder.file(KindFolder.KERAS))) {
        report.check(folder.name(), KindFolder.KERAS, () -> run(folder, facts));
      }
    }
    System.err.println("networks of Keras to Ibex: " + report);
    System.exit(report.failed() == 0 && !folders.isEmpty() ? 0 : 1);
  }

  private static void describe(KindFolder folder, JsonNode facts) {
    try (Model model = Models.fromJson(facts.get("json").toString())) {
      Report.same("parameters", model.parameterCount(), facts.get("parameters").asLong());
      Files.writeString(folder.file("read.json"), model.toJson());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(KindFolder folder, JsonNode facts) {
    Array x = KindFolder.arrays(facts.get("inputs")).values().iterator().next();
    Map<String, Array> expected = KindFolder.arrays(facts.get("outputs"));
    try (Model model = Models.load(folder.file(KindFolder.KERAS))) {
      Report.close(
          "output",
          KindReader.numbers(model.predict(x).array()),
          KindReader.numbers(expected.values().iterator().next()),
          facts.get("tolerance").asDouble());
    }
  }
}
