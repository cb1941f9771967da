package dev.ibex.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Functions that are emitted node by node: when they read variables, and where they end. */
class FunctionInlinerTest {
  private static final AttrValue FLOAT = type(DataType.DT_FLOAT);
  private static final AttrValue INT = type(DataType.DT_INT32);

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  private static NodeDef node(String name, String op, List<String> inputs) {
    NodeDef.Builder node = NodeDef.newBuilder().setName(name).setOp(op).addAllInput(inputs);
    return switch (op) {
      case "GatherV2" ->
          node.putAttr("Tparams", FLOAT).putAttr("Tindices", INT).putAttr("Taxis", INT).build();
      case "Const" ->
          node.putAttr("dtype", INT)
              .putAttr(
                  "value",
                  AttrValue.newBuilder()
                      .setTensor(TensorProto.newBuilder().setDtype(DataType.DT_INT32).addIntVal(0))
                      .build())
              .build();
      default -> node.putAttr("T", FLOAT).putAttr("dtype", FLOAT).build();
    };
  }

  private static NodeDef call(String name, String function, String input) {
    AttrValue types =
        AttrValue.newBuilder()
            .setList(AttrValue.ListValue.newBuilder().addType(DataType.DT_FLOAT))
            .build();
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("PartitionedCall")
        .addInput(input)
        .putAttr(
            "f",
            AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(function)).build())
        .putAttr("Tin", types)
        .putAttr("Tout", types)
        .build();
  }

  /** Returns a function of one tensor, which returns what a node's output is. */
  private static FunctionDef function(String name, String result, List<NodeDef> nodes) {
    FunctionDef.Builder function = FunctionDef.newBuilder().addAllNodeDef(nodes);
    function.getSignatureBuilder().setName(name);
    function.getSignatureBuilder().addInputArgBuilder().setName("x").setType(DataType.DT_FLOAT);
    function.getSignatureBuilder().addOutputArgBuilder().setName("y").setType(DataType.DT_FLOAT);
    return function.putRet("y", result).build();
  }

  private static FunctionLibrary library(List<FunctionDef> functions) {
    return new FunctionLibrary(
        FunctionDefLibrary.newBuilder().addAllFunction(functions).build(), List.of());
  }

  /** Returns functions that each call the next some times, the last of which returns its input. */
  private static FunctionLibrary chain(int length, int times) {
    List<FunctionDef> functions = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      List<NodeDef> nodes = new ArrayList<>();
      for (int k = 0; k < times; k++) {
        String input = k == 0 ? "x" : "c" + (k - 1) + ":output:0";
        nodes.add(call("c" + k, "f" + (i + 1), input));
      }
      functions.add(function("f" + i, "c" + (times - 1) + ":output:0", nodes));
    }
    functions.add(function("f" + length, "x", List.of()));
    return library(functions);
  }

  /** Notes what is asked of the only variable. */
  private record Notes(Ops tf, List<String> notes) implements Inlined.Variables {
    @Override
    public Operand<?> read(int variable) {
      notes.add("read");
      return tf.constant(new float[] {1, 2});
    }

    @Override
    public Operand<?> lookup(int variable, Operand<?> ids) {
      notes.add("lookup");
      return tf.constant(new float[] {1});
    }

    @Override
    public void assign(int variable, Operand<?> value) {
      notes.add("assign");
    }

    @Override
    public Operand<?> handle(int variable) {
      throw new IllegalStateException();
    }
  }

  private static List<String> emit(FunctionLibrary library, String function) {
    try (GraphSession session = new GraphSession()) {
      Ops tf = session.tf();
      Notes notes = new Notes(tf, new ArrayList<>());
      List<Inlined> given = List.of(new Inlined.Tensor(tf.placeholder(TFloat32.class)));
      assertThat(FunctionInliner.emit(tf, library, function, given, notes)).hasSize(1);
      return notes.notes();
    }
  }

  private static DerivativeStops stops(FunctionLibrary library, String function) {
    return DerivativeStops.of(library, function, List.of(DerivativeStops.Origin.WEIGHT));
  }

  static Stream<Arguments> uses() {
    Consumer<FunctionLibrary> emitted = l -> emit(l, "f0");
    Consumer<FunctionLibrary> stops = l -> stops(l, "f0");
    Consumer<FunctionLibrary> closure = l -> l.closure("f0");
    return Stream.of(
        Arguments.of("emitted", emitted),
        Arguments.of("looked through", stops),
        Arguments.of("collected", closure));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("uses")
  void functions_that_call_themselves_are_refused_by_name(
      String what, Consumer<FunctionLibrary> use) {
    FunctionDef itself = function("f0", "c:output:0", List.of(call("c", "f0", "x")));
    assertThatIllegalArgumentException()
        .as(what)
        .isThrownBy(() -> use.accept(library(List.of(itself))))
        .withMessageContaining("f0 calls itself");
    FunctionDef a = function("f0", "c:output:0", List.of(call("c", "f1", "x")));
    FunctionDef b = function("f1", "c:output:0", List.of(call("c", "f0", "x")));
    assertThatIllegalArgumentException()
        .as(what)
        .isThrownBy(() -> use.accept(library(List.of(a, b))))
        .withMessageContaining("f0 calls itself, through [f0, f1]");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("uses")
  void long_chains_of_calls_are_refused(String what, Consumer<FunctionLibrary> use) {
    use.accept(chain(100, 1));
    assertThatIllegalArgumentException()
        .as(what)
        .isThrownBy(() -> use.accept(chain(10_000, 1)))
        .withMessageContaining("more than 500 functions");
  }

  @Test
  void a_chain_is_as_long_in_whatever_order_it_is_found() {
    List<NodeDef> calls = new ArrayList<>();
    IntStream.rangeClosed(1, 2000).forEach(i -> calls.add(0, call("c" + i, "g" + i, "x")));
    List<FunctionDef> all = new ArrayList<>();
    all.add(function("f0", "c1:output:0", calls));
    for (int i = 1; i < 2000; i++) {
      all.add(function("g" + i, "c:output:0", List.of(call("c", "g" + (i + 1), "x"))));
    }
    all.add(function("g2000", "x", List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> library(all).closure("f0"))
        .withMessageContaining("more than 500 functions");
  }

  @Test
  void calls_that_double_each_time_are_refused_before_memory_ends() {
    assertThat(emit(chain(10, 2), "f0")).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> emit(chain(60, 2), "f0"))
        .withMessageContaining("more than 262144 nodes");
  }

  @Test
  void stops_are_found_once_in_functions_that_are_called_often() {
    assertThat(stops(chain(60, 2), "f0").ofWeights()).isEmpty();
  }

  private static List<NodeDef> reads(boolean assignBefore, boolean assignBetween) {
    List<NodeDef> nodes = new ArrayList<>();
    nodes.add(node("axis", "Const", List.of()));
    NodeDef assign = node("assign", "AssignVariableOp", List.of("v", "x"));
    NodeDef.Builder read = node("read", "ReadVariableOp", List.of("v")).toBuilder();
    NodeDef.Builder rows =
        node("rows", "GatherV2", List.of("read:value:0", "axis:output:0", "axis:output:0"))
            .toBuilder();
    if (assignBefore) {
      nodes.add(assign);
      read.addInput("^assign");
    }
    nodes.add(read.build());
    if (assignBetween) {
      nodes.add(assign.toBuilder().addInput("^read").build());
      rows.addInput("^assign");
    }
    nodes.add(rows.build());
    return nodes;
  }

  static Stream<Arguments> gathers() {
    return Stream.of(
        Arguments.of("rows alone", false, false, List.of("lookup")),
        Arguments.of("rows of the new value", true, false, List.of("assign", "lookup")),
        Arguments.of("rows of the old value", false, true, List.of("read", "assign")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("gathers")
  void rows_are_taken_of_the_value_that_was_read(
      String what, boolean before, boolean between, List<String> expected) {
    FunctionDef.Builder f = function("f", "rows:output:0", reads(before, between)).toBuilder();
    f.getSignatureBuilder().addInputArgBuilder().setName("v").setType(DataType.DT_RESOURCE);
    try (GraphSession session = new GraphSession()) {
      Ops tf = session.tf();
      Notes notes = new Notes(tf, new ArrayList<>());
      List<Inlined> given =
          List.of(new Inlined.Tensor(tf.placeholder(TFloat32.class)), new Inlined.Variable(7));
      FunctionInliner.emit(tf, library(List.of(f.build())), "f", given, notes);
      assertThat(notes.notes()).as(what).isEqualTo(expected);
    }
  }

  @Test
  void derivatives_of_a_graph_are_freed_with_it() {
    Graph graph;
    try (GraphSession session = new GraphSession()) {
      Operand<TInt32> x = session.tf().constant(1);
      graph = (Graph) x.op().env();
      CustomGradients.set(graph, "n", (tf, byOutput) -> byOutput);
      assertThat(CustomGradients.has(graph)).isTrue();
    }
    assertThat(CustomGradients.has(graph)).isFalse();
  }

  @Test
  void ops_are_known_by_name() {
    assertThat(OpDefs.missing(Set.of("MatMul", "Const"))).isEmpty();
    assertThat(OpDefs.missing(List.of("MatMul", "MakeCoffee", "Brew")))
        .containsExactly("Brew", "MakeCoffee");
  }
}
