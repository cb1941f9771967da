package dev.ibex.savedmodel.bundle;

import dev.ibex.ModelFormatException;
import dev.ibex.graph.Array;
import dev.ibex.graph.GraphSession;
import dev.ibex.graph.NativeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Scope;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * Gives values to the variables that functions capture and the file's own restore forgets.
 *
 * <p>Where Python saves a model of Keras 3 by {@code tf.saved_model.save}, the restore fills copies
 * that nobody reads. What a call in the graph takes after its arguments is what its function
 * captures, in the same order, and each captured object has its key in the checkpoint.
 */
final class CapturedVariables {
  private final SavedModelFile file;
  private final GraphSession session;

  CapturedVariables(SavedModelFile file, GraphSession session) {
    this.file = file;
    this.session = session;
  }

  /**
   * Reads the values that are still missing.
   *
   * @throws ModelFormatException if the checkpoint does not have one
   */
  void restore() {
    Set<String> empty = withoutValue();
    if (empty.isEmpty()) {
      return;
    }
    Map<String, ObjectGraph.Variable> open = new LinkedHashMap<>();
    captured(ObjectGraph.of(file))
        .forEach(
            (handle, variable) -> {
              if (empty.contains(handle)) {
                open.put(handle, variable);
              }
            });
    if (!open.isEmpty()) {
      read(open);
    }
  }

  private Set<String> withoutValue() {
    List<String> handles =
        file.graph().getGraphDef().getNodeList().stream()
            .filter(n -> n.getOp().equals("VarHandleOp"))
            .map(NodeDef::getName)
            .toList();
    if (handles.isEmpty()) {
      return Set.of();
    }
    List<Operand<?>> asked = new ArrayList<>();
    handles.forEach(
        h -> asked.add(node("VarIsInitializedOp").addInput(handle(h)).build().output(0)));
    Set<String> empty = new HashSet<>();
    try (Result answers =
        session.function("a look at variables", List.of(), asked, List.of()).run(List.of())) {
      for (int i = 0; i < handles.size(); i++) {
        if (Array.of(answers.get(i)).number(0) == 0) {
          empty.add(handles.get(i));
        }
      }
    } catch (NativeException e) {
      throw file.wrong(
          SavedModelFile.NAME,
          "the variables cannot be looked at: " + e.getMessage() + "; export the model again",
          e);
    }
    return empty;
  }

  /** Returns the variables by the nodes that calls in the graph are given. */
  private Map<String, ObjectGraph.Variable> captured(ObjectGraph objects) {
    Map<String, ObjectGraph.Variable> byHandle = new LinkedHashMap<>();
    for (NodeDef n : file.graph().getGraphDef().getNodeList()) {
      String function =
          n.getAttrMap().containsKey("f") ? n.getAttrOrThrow("f").getFunc().getName() : "";
      List<Integer> captures = objects.captures(function).orElse(List.of());
      List<String> inputs = n.getInputList().stream().filter(i -> !i.startsWith("^")).toList();
      int arguments = inputs.size() - captures.size();
      if (arguments < 0) {
        throw file.wrong(
            SavedModelFile.NAME,
            "node "
                + n.getName()
                + ": "
                + function
                + " captures "
                + captures.size()
                + " objects, but the call is given "
                + inputs.size()
                + " inputs; the file is damaged; export the model again",
            null);
      }
      for (int i = 0; i < captures.size(); i++) {
        String handle = inputs.get(arguments + i).replaceFirst(":0$", "");
        objects.variable(captures.get(i)).ifPresent(v -> byHandle.put(handle, v));
      }
    }
    return byHandle;
  }

  private void read(Map<String, ObjectGraph.Variable> open) {
    List<String> keys = new ArrayList<>();
    open.forEach((handle, v) -> keys.add(key(handle, v)));
    DataType[] types =
        open.values().stream().map(ObjectGraph.Variable::proto).toArray(DataType[]::new);
    Operation restored =
        node("RestoreV2")
            .addInput(
                session.tf().constant(file.variables().toAbsolutePath().toString()).asOutput())
            .addInput(strings(keys))
            .addInput(strings(Collections.nCopies(keys.size(), "")))
            .setAttr("dtypes", types)
            .build();
    List<Op> assigned = new ArrayList<>();
    int i = 0;
    for (String handle : open.keySet()) {
      Operation assignment =
          node("AssignVariableOp")
              .addInput(handle(handle))
              .addInput(restored.output(i))
              .setAttr("dtype", types[i])
              .build();
      assigned.add(() -> assignment);
      i++;
    }
    try {
      session.function("a restore", List.of(), List.of(), assigned).run(List.of()).close();
    } catch (NativeException e) {
      throw file.wrong(
          "variables",
          "values of " + keys + " cannot be read: " + e.getMessage() + "; export the model again",
          e);
    }
  }

  private Output<?> strings(List<String> texts) {
    return session
        .tf()
        .constant(Shape.of(texts.size()), DataBuffers.ofObjects(texts.toArray(String[]::new)))
        .asOutput();
  }

  private String key(String handle, ObjectGraph.Variable v) {
    return v.checkpointKey()
        .orElseThrow(
            () ->
                file.wrong(
                    "variables",
                    "the checkpoint has no value of variable \""
                        + v.name()
                        + "\" (object "
                        + v.node()
                        + "), which node "
                        + handle
                        + " stands for; export the model again",
                    null));
  }

  private Output<?> handle(String name) {
    return session.operation(name).output(0);
  }

  private OperationBuilder node(String type) {
    Scope scope = session.tf().scope();
    return scope.env().opBuilder(type, session.unique("ibex_restore/" + type), scope);
  }
}
