package dev.ibex.savedmodel;

import dev.ibex.Model;
import dev.ibex.ModelFunctions;
import dev.ibex.core.Check;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;

/** A model's inputs out of serialized {@code tf.Example} records. */
final class ExampleEntrance implements ModelFunctions.Entrance {
  private final Model model;

  ExampleEntrance(Model model) {
    this.model = model;
    for (int i = 0; i < model.inputs().size(); i++) {
      Shape sample = model.inputs().get(i).spec().shape().tail();
      Check.that(
          !sample.hasUnknownDimension(),
          "examples: input \"%s\" has the shape %s, but a feature needs a known size",
          model.inputNames().get(i),
          TensorSpec.text(model.inputs().get(i).spec().shape()));
    }
  }

  @Override
  public Map<String, TensorSpec> inputs() {
    return Map.of("examples", new TensorSpec(Shape.of(-1), DType.STRING));
  }

  @Override
  public List<Operand<?>> emit(Ops tf, List<Operand<?>> in) {
    List<TensorSpec> specs = model.inputs().stream().map(t -> t.spec()).toList();
    Output<?>[] none =
        specs.stream().map(s -> empty(tf, stored(s.dtype()))).toArray(Output<?>[]::new);
    Operand<?> names = tf.array(model.inputNames().toArray(new String[0]));
    Output<?> no = empty(tf, DType.STRING);
    // TF Java's own method takes no list of values with different types
    Operation parsed =
        tf.scope()
            .apply(
                tf.scope()
                    .env()
                    .opBuilder("ParseExampleV2", tf.scope().makeOpName("ParseExample"), tf.scope()))
            .addInput(in.get(0).asOutput())
            .addInput(no)
            .addInput(no)
            .addInput(names.asOutput())
            .addInput(no)
            .addInputList(none)
            .setAttr("Tdense", specs.stream().map(s -> type(s)).toArray(DataType[]::new))
            .setAttr("num_sparse", 0L)
            .setAttr("sparse_types", new DataType[0])
            .setAttr("ragged_value_types", new DataType[0])
            .setAttr("ragged_split_types", new DataType[0])
            .setAttr(
                "dense_shapes", specs.stream().map(s -> s.shape().tail()).toArray(Shape[]::new))
            .build();
    List<Operand<?>> values = new ArrayList<>();
    for (TensorSpec spec : specs) {
      Output<?> value = parsed.output(values.size());
      values.add(spec.dtype() == DType.STRING ? value : Numbers.cast(tf, value, spec.dtype()));
    }
    return values;
  }

  private static DataType type(TensorSpec spec) {
    return stored(spec.dtype()).proto();
  }

  /** Returns the type in which records hold values of a type. */
  private static DType stored(DType dtype) {
    return dtype == DType.STRING ? dtype : dtype.isFloating() ? DType.FLOAT32 : DType.INT64;
  }

  /** Returns the default of a feature that has none. */
  private static Output<?> empty(Ops tf, DType dtype) {
    return switch (dtype) {
      case STRING -> tf.constant(Shape.of(0), DataBuffers.ofObjects(new String[0])).asOutput();
      case INT64 -> tf.constant(new long[0]).asOutput();
      default -> tf.constant(new float[0]).asOutput();
    };
  }
}
