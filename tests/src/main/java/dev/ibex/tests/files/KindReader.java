package dev.ibex.tests.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.History;
import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.Prediction;
import dev.ibex.graph.Array;
import dev.ibex.savedmodel.LoadedModel;
import dev.ibex.savedmodel.SavedModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compares models that Python wrote with what they did there. */
final class KindReader {
  /** The model as read, in JSON; for Python to compare. */
  private static final String READ = "read.json";

  private final KindFolder folder;
  private final JsonNode facts;
  private final Report report;

  KindReader(KindFolder folder, Report report) throws IOException {
    this.folder = folder;
    this.facts = folder.facts();
    this.report = report;
  }

  /** Reads all folders in one. */
  static void readAll(Path from, Report report) throws IOException {
    List<Path> folders;
    try (Stream<Path> found = Files.list(from)) {
      folders = found.sorted().toList();
    }
    for (Path path : folders) {
      new KindReader(new KindFolder(path), report).read();
    }
  }

  private void read() {
    for (String file :
        List.of(KindFolder.KERAS, KindFolder.LEGACY, KindFolder.WEIGHTS, KindFolder.PIECES)) {
      // Python leaves out a format that Keras cannot write the kind in, and says why.
      if (Files.exists(folder.file(file))) {
        report.check(folder.name(), file, () -> read(file));
      }
    }
    if (Files.exists(folder.file(KindFolder.SAVED_MODEL))) {
      report.check(folder.name(), KindFolder.SAVED_MODEL, this::call);
      report.check(folder.name(), KindFolder.AGAIN, this::tune);
    }
  }

  /** Calls the program that Keras exported. */
  private void call() {
    try (LoadedModel model = SavedModels.load(folder.file(KindFolder.SAVED_MODEL))) {
      List<Array> outputs = List.copyOf(KindFolder.arrays(facts.get("outputs")).values());
      Prediction found = model.predict(Kind.data(inputs(model)));
      List<Array> inOrder = new ArrayList<>();
      for (int i = 0; i < outputs.size(); i++) {
        inOrder.add(found.get("output_" + i));
      }
      same("outputs", inOrder, outputs, tolerance());
    }
  }

  private void tune() {
    try {
      KindTuner.tune(
          folder,
          List.copyOf(KindFolder.arrays(facts.get("inputs")).values()),
          List.copyOf(KindFolder.arrays(facts.get("outputs")).values()),
          tolerance());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the inputs as the program calls them: Keras names those of unnamed inputs itself. */
  private Map<String, Array> inputs(LoadedModel model) {
    Map<String, Array> inputs = KindFolder.arrays(facts.get("inputs"));
    Set<String> names = model.function(LoadedModel.SERVING_DEFAULT).signature().inputs().keySet();
    if (names.equals(inputs.keySet())) {
      return inputs;
    }
    Report.same("number of inputs", names.size(), 1);
    return Map.of(names.iterator().next(), inputs.values().iterator().next());
  }

  private void read(String file) {
    boolean whole = KindFolder.isWhole(file);
    try (Model model =
        whole ? Models.load(folder.file(file)) : Models.fromJson(facts.get("json").toString())) {
      if (whole) {
        Files.writeString(folder.file(file + "." + READ), model.toJson());
      } else {
        model.loadWeights(folder.file(file));
      }
      compare(model, whole);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void compare(Model model, boolean whole) {
    compareValues(model);
    if (!whole) {
      return;
    }
    Report.same("compiled", model.isCompiled(), facts.has("optimizer"));
    if (model.isCompiled()) {
      same("optimizer", KindWriter.state(model), KindFolder.list(facts.get("optimizer")), 0);
      train(model, KindFolder.arrays(facts.get("inputs")));
    }
  }

  /** Compares weights and outputs. */
  private void compareValues(Model model) {
    same(
        "weights",
        List.copyOf(model.getWeights().values()),
        KindFolder.list(facts.get("weights")),
        0);
    same(
        "outputs",
        List.copyOf(
            model.predict(Kind.data(KindFolder.arrays(facts.get("inputs")))).all().values()),
        List.copyOf(KindFolder.arrays(facts.get("outputs")).values()),
        tolerance());
  }

  private void train(Model model, Map<String, Array> inputs) {
    boolean random = facts.get("random").asBoolean();
    History history =
        model.fit(
            Kind.data(
                inputs,
                KindFolder.arrays(facts.get("targets")),
                KindFolder.arrays(facts.get("sample_weights"))),
            KindWriter.training(random ? KindWriter.RANDOM_EPOCHS : KindWriter.MORE_EPOCHS));
    Map<String, JsonNode> expected = new TreeMap<>();
    facts.get("history").properties().forEach(e -> expected.put(e.getKey(), e.getValue()));
    Report.same("keys of the history", Set.copyOf(history.all().keySet()), expected.keySet());
    expected.forEach(
        (key, values) -> {
          List<Double> wanted = new ArrayList<>();
          values.forEach(v -> wanted.add(v.asDouble()));
          if (random) {
            Report.alike(key, history.get(key), wanted);
          } else {
            Report.close(key, history.get(key), wanted, Math.max(1e-4, tolerance()));
          }
        });
  }

  private double tolerance() {
    return facts.get("tolerance").asDouble();
  }

  static void same(String what, List<Array> actual, List<Array> expected, double tolerance) {
    Report.same("number of " + what, actual.size(), expected.size());
    for (int i = 0; i < actual.size(); i++) {
      Array a = actual.get(i);
      Array e = expected.get(i);
      String which = what + " " + i;
      Report.same("shape of " + which, a.shape(), e.shape());
      Report.close(which, numbers(a), numbers(e), tolerance);
    }
  }

  static List<Double> numbers(Array array) {
    List<Double> numbers = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      numbers.add(array.number(i));
    }
    return numbers;
  }
}
