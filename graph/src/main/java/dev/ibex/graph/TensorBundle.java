package dev.ibex.graph;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffer;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * Named arrays in TensorFlow's files {@code PREFIX.index} and {@code PREFIX.data-00000-of-00001},
 * as its ops SaveV2 and RestoreV2 write and read them.
 */
public final class TensorBundle {
  private TensorBundle() {}

  /**
   * What is known of an array without reading it.
   *
   * @param name its key
   */
  public record Entry(String name, DType dtype, Shape shape) {
    /** Returns name, type and shape, as error texts show them. */
    @Override
    public String toString() {
      return name + " " + dtype.lowerName() + shape;
    }
  }

  /**
   * Writes arrays, replacing files of that prefix; directories must exist.
   *
   * @throws NativeException if they cannot be written
   */
  public static void write(Path prefix, Map<String, Array> arrays) {
    List<String> names = List.copyOf(arrays.keySet());
    Evaluation.of(
        (tf, in) -> save(tf, prefix, names, in), names.stream().map(arrays::get).toList());
  }

  private static List<Operand<?>> save(
      Ops tf, Path prefix, List<String> names, List<Operand<?>> values) {
    Operand<TString> file = tf.constant(prefix.toString());
    Operand<TString> slices = strings(tf, names.stream().map(n -> "").toList());
    tf.withName("save").train.save(file, strings(tf, names), slices, values);
    Op saved = () -> ((Graph) tf.scope().env()).operation("save");
    // the function fetches a value that waits for the save
    return List.of(tf.withControlDependencies(List.of(saved)).identity(file));
  }

  /**
   * Returns arrays, in the order of the entries; the shapes of these are not looked at.
   *
   * @throws NativeException if there is no such file or array, or it is damaged
   */
  public static List<Array> read(Path prefix, List<Entry> entries) {
    if (entries.isEmpty()) {
      return List.of();
    }
    return Evaluation.of((tf, in) -> restore(tf, prefix, entries));
  }

  /** Emits the reading of one array. */
  public static Operand<?> restore(Ops tf, Path prefix, Entry entry) {
    return restore(tf, prefix, List.of(entry)).get(0);
  }

  private static List<Operand<?>> restore(Ops tf, Path prefix, List<Entry> entries) {
    List<String> names = entries.stream().map(Entry::name).toList();
    List<Class<? extends TType>> types = new ArrayList<>();
    entries.forEach(e -> types.add(e.dtype().type()));
    Operand<TString> slices = strings(tf, names.stream().map(n -> "").toList());
    List<Operand<?>> read = new ArrayList<>();
    tf.train
        .restore(tf.constant(prefix.toString()), strings(tf, names), slices, types)
        .tensors()
        .forEach(read::add);
    return read;
  }

  private static Operand<TString> strings(Ops tf, List<String> texts) {
    DataBuffer<String> buffer = DataBuffers.ofObjects(texts.toArray(new String[0]));
    return tf.constant(Shape.of(texts.size()), buffer);
  }
}
