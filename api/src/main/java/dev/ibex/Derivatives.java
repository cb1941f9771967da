package dev.ibex;

import dev.ibex.core.Layer;
import dev.ibex.core.Network;
import dev.ibex.core.NetworkLayer;
import dev.ibex.core.Node;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.core.Variable;
import java.util.HashSet;
import java.util.Set;

/** Asks the layers of a model whether the derivatives that its training needs can be taken. */
final class Derivatives {
  private final Set<SymbolicTensor> trained = new HashSet<>();

  private Derivatives() {}

  /**
   * Checks all layers.
   *
   * @throws IllegalArgumentException what a layer says
   */
  static void check(Model model) {
    new Derivatives().visit(model.network(), false);
  }

  /**
   * Checks the layers of a network.
   *
   * @param inputs whether something trains that its inputs depend on
   */
  private void visit(Network network, boolean inputs) {
    if (inputs) {
      trained.addAll(network.inputs());
    }
    for (Node node : network.nodes()) {
      if (!node.arguments().tensors().isEmpty()) {
        boolean before = node.arguments().tensors().stream().anyMatch(trained::contains);
        visit(node.layer(), before);
        if (before || trains(node.layer())) {
          trained.addAll(node.outputs());
        }
      }
    }
  }

  private void visit(Layer layer, boolean before) {
    if (layer instanceof NetworkLayer model) {
      visit(model.network(), before);
    } else {
      layer.checkDerivatives(layer.ownWeights().stream().anyMatch(Variable::trainable), before);
      layer.children().forEach(c -> visit(c, before || trains(layer)));
    }
  }

  private static boolean trains(Layer layer) {
    return layer.weights().stream().anyMatch(Variable::trainable);
  }
}
