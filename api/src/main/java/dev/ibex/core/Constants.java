package dev.ibex.core;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Numbers among the arguments of operations. */
final class Constants {
  private Constants() {}

  /** Returns an array as an op of its type. */
  static Operand<?> of(Ops tf, Array a) {
    return switch (a.dtype()) {
      case FLOAT64 -> tf.constant(a.shape(), DataBuffers.of(a.doubles()));
      case FLOAT32 -> tf.constant(a.shape(), DataBuffers.of(a.floats()));
      case INT64 -> tf.constant(a.shape(), DataBuffers.of(a.longs()));
      case FLOAT16, BFLOAT16 ->
          Numbers.cast(tf, tf.constant(a.shape(), DataBuffers.of(a.floats())), a.dtype());
      default -> Numbers.cast(tf, tf.constant(a.shape(), DataBuffers.of(a.ints())), a.dtype());
    };
  }

  /** Returns a number as an op of a type. */
  static Operand<TNumber> of(Ops tf, Number value, DType dtype) {
    return dtype == DType.INT64 && value instanceof Long
        ? Numbers.of(tf.constant(value.longValue()))
        : Numbers.constant(tf, dtype, value.doubleValue());
  }

  /**
   * Returns a number, a truth value, or nested lists of them as an array; whole numbers are int32,
   * or int64 where one needs it, others float32. Empty for anything else.
   */
  static Optional<Array> array(Argument a) {
    List<Object> values = new ArrayList<>();
    return collect(a, values).map(shape -> array(values, shape));
  }

  private static Array array(List<Object> values, Shape shape) {
    DType dtype = dtype(values);
    return dtype == DType.INT64
        ? Array.of(shape, values.stream().mapToLong(v -> number(v).longValue()).toArray())
        : Array.generate(dtype, shape, i -> number(values.get(i)).doubleValue());
  }

  private static Number number(Object value) {
    return value instanceof Boolean b ? (b ? 1 : 0) : (Number) value;
  }

  private static Optional<Shape> collect(Argument a, List<Object> values) {
    if (a instanceof Argument.Literal l
        && (l.value() instanceof Number || l.value() instanceof Boolean)) {
      values.add(Objects.requireNonNull(l.value()));
      return Optional.of(Shape.scalar());
    } else if (!(a instanceof Argument.Items list) || list.items().isEmpty()) {
      return Optional.empty();
    } else {
      List<Optional<Shape>> shapes = new ArrayList<>();
      list.items().forEach(i -> shapes.add(collect(i, values)));
      return shapes.stream().distinct().count() == 1
          ? shapes.get(0).map(inner -> Shape.of(list.items().size()).append(inner))
          : Optional.empty();
    }
  }

  private static DType dtype(List<Object> values) {
    if (values.stream().allMatch(v -> v instanceof Boolean)) {
      return DType.BOOL;
    }
    if (values.stream().anyMatch(v -> v instanceof Double)) {
      return DType.FLOAT32;
    }
    boolean small = values.stream().allMatch(v -> DType.INT32.holds(number(v).doubleValue()));
    return small ? DType.INT32 : DType.INT64;
  }

  /** Returns an argument as error texts show it. */
  static String text(Argument a) {
    if (a instanceof Argument.Tensor t) {
      return "the tensor " + t.tensor();
    } else if (a instanceof Argument.Items list) {
      return list.items().stream().map(Constants::text).collect(Collectors.joining(", ", "[", "]"));
    } else if (a instanceof Argument.Literal l) {
      return l.value() instanceof String s
          ? "\"" + s + "\""
          : l.value() == null ? "None" : l.value().toString();
    } else if (a instanceof Argument.Constant c) {
      return c.array().toString();
    }
    return a.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
