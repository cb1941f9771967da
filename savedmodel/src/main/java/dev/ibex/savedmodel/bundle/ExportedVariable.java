package dev.ibex.savedmodel.bundle;

import dev.ibex.core.Variable;
import dev.ibex.savedmodel.checkpoint.ObjectPath;

/**
 * A variable of a model that is exported.
 *
 * @param variable the variable
 * @param node the name of its node, which is also its shared name: TFLite's converter needs that
 * @param id its number in the object graph
 * @param list the list that holds it in the object graph
 * @param place its place in that list
 */
record ExportedVariable(Variable variable, String node, int id, String list, int place) {
  /** Returns the key of its value in the checkpoint. */
  String key() {
    return ObjectPath.key(list + "/" + place);
  }

  String handle() {
    return node;
  }

  String read() {
    return node + "/Read/ReadVariableOp";
  }
}
