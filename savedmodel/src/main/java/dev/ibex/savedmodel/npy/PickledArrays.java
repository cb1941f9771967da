package dev.ibex.savedmodel.npy;

import dev.ibex.graph.Array;
import dev.ibex.savedmodel.pickle.Global;
import dev.ibex.savedmodel.pickle.Instance;
import dev.ibex.savedmodel.pickle.PickleException;
import dev.ibex.savedmodel.pickle.Unpickler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;

/**
 * Reads one dictionary of arrays out of NumPy's pickle of it. Keras 3 has the variables themselves
 * in place of their arrays; what they wrap is found.
 */
final class PickledArrays {
  private static final Global NDARRAY = new Global("numpy", "ndarray");
  private static final Global DTYPE = new Global("numpy", "dtype");
  private static final Global BFLOAT16 = new Global("ml_dtypes", "bfloat16");

  /** Names that NumPy 2 and older ones know by other modules. */
  private static final Set<Global> RECONSTRUCT = numpy("multiarray", "_reconstruct");

  private static final Set<Global> SCALAR = numpy("multiarray", "scalar");
  private static final Set<Global> FROM_BUFFER = numpy("numeric", "_frombuffer");

  /** How bytes are written by protocol 2, which has none. */
  private static final Global ENCODE = new Global("_codecs", "encode");

  private static final Global EMPTY_BYTES = new Global("__builtin__", "bytes");

  private static final Set<Global> VARIABLE =
      Set.of(
          new Global("keras.src.backend", "Variable"),
          new Global("keras.src.backend.tensorflow.core", "Variable"));
  private static final Global PARTIAL = new Global("functools", "partial");
  private static final Global RESOURCE =
      new Global("tensorflow.python.ops.resource_variable_ops", "ResourceVariable");
  private static final Global AS_DTYPE =
      new Global("tensorflow.python.framework.dtypes", "as_dtype");

  private static final Set<Global> KNOWN =
      Stream.of(
              RECONSTRUCT,
              SCALAR,
              FROM_BUFFER,
              VARIABLE,
              Set.of(NDARRAY, DTYPE, BFLOAT16, ENCODE, EMPTY_BYTES, PARTIAL, RESOURCE, AS_DTYPE))
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  private final Place place;
  private final ByteBuffer pickle;

  /** How much the arrays may still take; several of one memory would take more than the file. */
  private long left;

  /**
   * @param place named in errors
   * @param pickle the pickle
   */
  PickledArrays(Place place, ByteBuffer pickle) {
    this.place = place;
    this.pickle = pickle;
    this.left = pickle.remaining();
  }

  private static Set<Global> numpy(String module, String name) {
    return Set.of(
        new Global("numpy.core." + module, name), new Global("numpy._core." + module, name));
  }

  /**
   * Returns the arrays.
   *
   * @throws PickleException if the pickle is damaged or holds anything else
   */
  Map<String, Array> dictionary() {
    Instance whole = as(Instance.class, Unpickler.read(pickle, KNOWN));
    List<?> state = arrayState(whole);
    require(
        whole.callee() instanceof Global g
            && RECONSTRUCT.contains(g)
            && state.size() == 5
            && descr(state.get(2)).equals("|O8")
            && as(List.class, state.get(1)).isEmpty());
    List<?> items = as(List.class, state.get(4));
    require(items.size() == 1);
    Map<String, Array> arrays = new LinkedHashMap<>();
    Map<?, ?> entries = as(Map.class, items.get(0));
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      arrays.put(as(String.class, entry.getKey()), array(entry.getValue()));
    }
    return arrays;
  }

  private Array array(Object value) {
    Instance made = as(Instance.class, value);
    Global callee = as(Global.class, made.callee());
    List<?> arguments = made.arguments();
    if (RECONSTRUCT.contains(callee)) {
      List<?> state = arrayState(made);
      require(state.size() == 5);
      return array(state.get(2), state.get(1), as(Boolean.class, state.get(3)), state.get(4));
    } else if (SCALAR.contains(callee)) {
      require(arguments.size() == 2);
      return array(arguments.get(0), List.of(), false, arguments.get(1));
    } else if (FROM_BUFFER.contains(callee)) {
      require(arguments.size() == 4);
      boolean columnsFirst = as(String.class, arguments.get(3)).equals("F");
      return array(arguments.get(1), arguments.get(2), columnsFirst, arguments.get(0));
    } else if (VARIABLE.contains(callee)) {
      return array(wrapped(made));
    }
    throw new PickleException("expected an array, got what " + callee + " makes");
  }

  /** Returns the first value of the TensorFlow variable in a variable of Keras. */
  private static Object wrapped(Instance variable) {
    Map<?, ?> fields = as(Map.class, variable.state().orElse(List.of()));
    Instance made = as(Instance.class, get(fields, "_value"));
    Instance partial = as(Instance.class, made.callee());
    List<?> state = as(List.class, partial.state().orElse(Map.of()));
    require(
        partial.callee().equals(PARTIAL)
            && partial.arguments().equals(List.of(RESOURCE))
            && state.size() == 4
            && made.arguments().isEmpty());
    return get(as(Map.class, state.get(2)), "initial_value");
  }

  private static Object get(Map<?, ?> map, String key) {
    Object value = map.get(key);
    if (value == null) {
      throw new PickleException("the key \"" + key + "\" is missing");
    }
    return value;
  }

  private static List<?> arrayState(Instance array) {
    return as(List.class, array.state().orElse(Map.of()));
  }

  private Array array(Object dtype, Object dims, boolean columnsFirst, Object raw) {
    Shape shape = shape(as(List.class, dims));
    ByteBuffer bytes = bytes(raw);
    left -= bytes.remaining();
    if (left < 0) {
      throw new PickleException("several arrays share one memory");
    } else if (columnsFirst && shape.numDimensions() > 1) {
      throw new PickleException(
          "an array's layout is columns first; write numpy.ascontiguousarray(x) in Python");
    }
    return new NpyHeader(descr(dtype), shape).array(place, bytes);
  }

  private static Shape shape(List<?> dims) {
    return Shape.of(dims.stream().mapToLong(d -> as(Long.class, d)).toArray());
  }

  private static ByteBuffer bytes(Object raw) {
    if (raw instanceof Instance made && made.callee().equals(EMPTY_BYTES)) {
      return ByteBuffer.allocate(0);
    } else if (raw instanceof Instance made && made.callee().equals(ENCODE)) {
      require(made.arguments().size() == 2 && made.arguments().get(1).equals("latin1"));
      String text = as(String.class, made.arguments().get(0));
      require(text.chars().allMatch(c -> c < 256));
      return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
    return as(ByteBuffer.class, raw).slice();
  }

  /** Returns a type as headers name it, such as {@code <f4}. */
  private static String descr(Object dtype) {
    Instance made = as(Instance.class, dtype);
    List<?> state = as(List.class, made.state().orElse(List.of()));
    require(made.callee().equals(DTYPE) && made.arguments().size() == 3 && state.size() >= 3);
    Object code = made.arguments().get(0);
    String name = code.equals(BFLOAT16) ? BFLOAT16.name() : as(String.class, code);
    return as(String.class, state.get(1)) + name;
  }

  private static void require(boolean fits) {
    if (!fits) {
      throw new PickleException("the pickle is not as NumPy and Keras write arrays");
    }
  }

  private static <T> T as(Class<T> type, Object value) {
    require(type.isInstance(value));
    return type.cast(value);
  }
}
