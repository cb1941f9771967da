package dev.ibex.tests.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.Compile;
import dev.ibex.Data;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.core.Arguments;
import dev.ibex.core.Symbolic;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.SGD;
import dev.ibex.savedmodel.SavedModelLayer;
import dev.ibex.savedmodel.SavedModels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tensorflow.ndarray.Shape;

/** Trains on as a layer what Keras exported, and exports it again. */
final class KindTuner {
  private static final double RATE = 0.01;

  /**
   * Kinds whose export has ops without a derivative: Keras asks by If how to keep the proportions
   * of images.
   */
  private static final Set<String> FROZEN = Set.of("volumes");

  private KindTuner() {}

  /**
   * Compares, trains and exports.
   *
   * @param inputs in the order that the exported function takes them
   */
  static void tune(KindFolder folder, List<Array> inputs, List<Array> expected, double tolerance)
      throws IOException {
    SavedModelLayer layer = SavedModelLayer.of(folder.file(KindFolder.SAVED_MODEL));
    if (FROZEN.contains(folder.name())) {
      layer.freeze();
    }
    List<Symbolic> symbols = new ArrayList<>();
    for (Array a : inputs) {
      symbols.add(
          Input.of(a.shape().tail().asArray()).dtype(a.dtype()).named("given_" + symbols.size()));
    }
    List<SymbolicTensor> outputs = layer.applyAll(Arguments.of(symbols.toArray(new Symbolic[0])));
    try (Model model = Model.of("tuned", symbols, outputs)) {
      Data data = data(model, inputs);
      KindReader.same(
          "outputs of a layer",
          List.copyOf(model.predict(data).all().values()),
          expected,
          tolerance);
      if (layer.weights().stream().anyMatch(v -> v.trainable())) {
        train(model, data, expected);
      }
      SavedModels.export(model, folder.file(KindFolder.AGAIN));
      ObjectNode facts = KindFolder.object().put("tolerance", tolerance);
      facts.set("outputs", KindFolder.write(model.predict(data).all()));
      facts.set("inputs", KindFolder.write(data.inputs()));
      folder.write(KindFolder.AGAIN, facts);
    }
  }

  private static Data data(Model model, List<Array> inputs) {
    Data data = Data.inputs(model.inputNames().get(0), inputs.get(0));
    for (int i = 1; i < inputs.size(); i++) {
      data = data.input(model.inputNames().get(i), inputs.get(i));
    }
    return data;
  }

  /** Some steps towards 0 move each weight that an output depends on. */
  private static void train(Model model, Data data, List<Array> expected) {
    Compile compile = Compile.with(SGD.of(RATE));
    Data labelled = data;
    for (int i = 0; i < expected.size(); i++) {
      if (model.outputs().get(i).spec().dtype().isFloating()) {
        String output = model.outputNames().get(i);
        Shape shape = expected.get(i).shape();
        compile = compile.output(output, MeanSquaredError.of());
        labelled = labelled.target(output, Array.filled(DType.FLOAT32, shape, 0));
      }
    }
    model.compile(compile);
    double first = model.evaluate(labelled).get("loss");
    model.fit(labelled, KindWriter.training(2));
    double last = model.evaluate(labelled).get("loss");
    if (!(last < first)) {
      throw new Report.Difference("loss after fine-tuning", "less than " + first, last);
    }
  }
}
