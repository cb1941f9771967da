package dev.ibex.tests.files;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.History;
import dev.ibex.Model;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.savedmodel.ExportOptions;
import dev.ibex.savedmodel.ExportSignature;
import dev.ibex.savedmodel.SavedModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Trains models and writes them in each format, with what they then do. */
final class KindWriter {
  static final int MORE_EPOCHS = 3;

  /** Enough for a mean whose error is far below the share of what is dropped. */
  static final int RANDOM_EPOCHS = 60;

  private KindWriter() {}

  static void write(Kind kind, Path into, Report report) throws IOException {
    KindFolder folder = new KindFolder(Files.createDirectories(into.resolve(kind.name())));
    try (Model model = kind.model()) {
      model.seed(7);
      shift(model);
      kind.compile().ifPresent(model::compile);
      if (kind.epochs() > 0) {
        fit(kind, model, kind.epochs());
      }
      writeAll(kind, model, folder, report);
      folder.write(facts(kind, model));
    }
  }

  private static void writeAll(Kind kind, Model model, KindFolder folder, Report report) {
    String name = kind.name();
    Path exported = folder.file(KindFolder.SAVED_MODEL);
    report.check(
        name,
        KindFolder.SAVED_MODEL,
        () -> SavedModels.export(model, exported, signatures(kind, model)));
    Path archive = folder.file(KindFolder.KERAS);
    report.check(name, KindFolder.KERAS, () -> model.save(archive));
    if (!KindFolder.ARCHIVE_ALONE.contains(name)) {
      Path legacy = folder.file(KindFolder.LEGACY);
      Path weights = folder.file(KindFolder.WEIGHTS);
      report.check(name, KindFolder.LEGACY, () -> model.save(legacy));
      report.check(name, KindFolder.WEIGHTS, () -> model.saveWeights(weights));
    }
    if (KindFolder.IN_PIECES.contains(name)) {
      Path pieces = folder.file(KindFolder.PIECES);
      report.check(name, KindFolder.PIECES, () -> model.saveWeights(pieces, KindFolder.PIECE));
    }
  }

  /** Returns the signatures: of compiled models also a step of training and one of evaluation. */
  private static ExportOptions signatures(Kind kind, Model model) {
    if (!model.isCompiled()) {
      return ExportOptions.DEFAULT;
    }
    Data batch = Kind.data(kind.inputs(), kind.targets(), kind.weights());
    return ExportOptions.DEFAULT
        .signature("train", ExportSignature.training(batch))
        .signature("evaluate", ExportSignature.evaluation(batch));
  }

  /** Moves all weights away from what they are by default. */
  static void shift(Model model) {
    Random random = new Random(5);
    Map<String, Array> shifted = new LinkedHashMap<>();
    model
        .getWeights()
        .forEach(
            (path, a) -> {
              if (a.dtype().isFloating()) {
                shifted.put(
                    path,
                    Array.generate(
                        a.dtype(), a.shape(), i -> a.number(i) + 0.2 * random.nextDouble()));
              }
            });
    model.setWeights(shifted);
  }

  static History fit(Kind kind, Model model, int epochs) {
    return model.fit(Kind.data(kind.inputs(), kind.targets(), kind.weights()), training(epochs));
  }

  static Fit training(int epochs) {
    return Fit.epochs(epochs).batchSize(8).shuffle(false);
  }

  static ObjectNode facts(Kind kind, Model model) throws IOException {
    ObjectNode facts =
        KindFolder.object().put("tolerance", kind.tolerance()).put("random", kind.random());
    facts.set("inputs", KindFolder.write(kind.inputs()));
    facts.set("targets", KindFolder.write(kind.targets()));
    facts.set("sample_weights", KindFolder.write(kind.weights()));
    facts.set("outputs", KindFolder.write(model.predict(Kind.data(kind.inputs())).all()));
    facts.set("weights", KindFolder.write(model.getWeights().values()));
    facts.set("json", KindFolder.parse(model.toJson()));
    if (kind.compile().isPresent()) {
      facts.set("optimizer", KindFolder.write(state(model)));
      int epochs = kind.random() ? RANDOM_EPOCHS : MORE_EPOCHS;
      ObjectNode history = facts.putObject("history");
      fit(kind, model, epochs)
          .all()
          .forEach(
              (key, values) -> {
                ArrayNode list = history.putArray(key);
                values.forEach(list::add);
              });
    }
    return facts;
  }

  /** Returns the optimizer's variables. */
  static List<Array> state(Model model) {
    return model.optimizerVariables().stream().map(Variable::value).toList();
  }
}
