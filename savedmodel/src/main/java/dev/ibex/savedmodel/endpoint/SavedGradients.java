package dev.ibex.savedmodel.endpoint;

import dev.ibex.graph.CustomGradient;
import dev.ibex.savedmodel.bundle.ObjectGraph;
import dev.ibex.savedmodel.bundle.SavedModelFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.proto.RegisteredGradient;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;

/** The derivatives that Python code set, as a SavedModel keeps them. */
final class SavedGradients {
  private SavedGradients() {}

  /** Returns those that capture nothing but tensors of the functions that are derived. */
  static List<CustomGradient> of(SavedModelFile file, ObjectGraph objects) {
    List<CustomGradient> all = new ArrayList<>();
    for (RegisteredGradient g :
        file.graph().getGraphDef().getLibrary().getRegisteredGradientsList()) {
      SavedConcreteFunction function =
          file.graph().getObjectGraphDef().getConcreteFunctionsMap().get(g.getGradientFunc());
      if (function != null) {
        of(g, function, objects).ifPresent(all::add);
      }
    }
    return all;
  }

  private static Optional<CustomGradient> of(
      RegisteredGradient gradient, SavedConcreteFunction function, ObjectGraph objects) {
    List<CustomGradient.Capture> captures = new ArrayList<>();
    for (int node : function.getBoundInputsList()) {
      objects
          .object(node)
          .filter(SavedObject::hasCapturedTensor)
          .map(SavedObject::getCapturedTensor)
          .ifPresent(
              c -> captures.add(new CustomGradient.Capture(c.getConcreteFunction(), c.getName())));
    }
    List<Boolean> computed =
        Structure.fields(function.getOutputSignature()).values().stream()
            .map(v -> !Structure.leaves(v).isEmpty())
            .toList();
    return captures.size() == function.getBoundInputsCount()
        ? Optional.of(
            new CustomGradient(
                gradient.getRegisteredOpType(), gradient.getGradientFunc(), computed, captures))
        : Optional.empty();
  }
}
