package dev.ibex.config;

import dev.ibex.Model;
import dev.ibex.core.Argument;
import dev.ibex.core.Arguments;
import dev.ibex.core.ConfigException;
import dev.ibex.core.Layer;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.core.UnsupportedConfigException;
import dev.ibex.core.UnsupportedConfigException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of one call, {@code {args, kwargs}}, in a functional model. */
final class CallReader {
  /** The name that layers have for what they are called with. */
  private static final String INPUTS = "inputs";

  /** What Keras 2 has in the place of a layer where an argument is no tensor. */
  private static final String CONSTANT = "_CONSTANT_VALUE";

  private final Tensors tensors;

  /** Finds the tensors that calls made. */
  interface Tensors {
    /**
     * Returns output {@code output} of call {@code call} of a layer; empty if that call is still to
     * be made.
     *
     * @throws ConfigException if there is no such layer or output
     */
    Optional<SymbolicTensor> find(String layer, int call, int output, Place place);
  }

  /** Says that an argument is an output of a call that is still to be made. */
  static final class Pending extends Exception {
    private static final long serialVersionUID = 1;

    Pending() {
      super("pending", null, false, false);
    }
  }

  CallReader(Tensors tensors) {
    this.tensors = tensors;
  }

  /** Returns all arguments of an operation. */
  Arguments read(Place call) throws Pending {
    return read(call, List.of());
  }

  /**
   * Returns all arguments.
   *
   * @param names the order of tensors that are given by these names
   */
  private Arguments read(Place call, List<String> names) throws Pending {
    if (call.node().isArray()) {
      return legacy(call.items());
    } else if (call.node().isObject() && !call.has("args")) {
      return legacy(inOrder(call, names));
    }
    List<Argument> positional = new ArrayList<>();
    for (Place p : call.need("args").items()) {
      positional.add(argument(p, names));
    }
    Map<String, Argument> named = new LinkedHashMap<>();
    for (Map.Entry<String, Place> e : call.need("kwargs").fields().entrySet()) {
      named.put(e.getKey(), argument(e.getValue(), names));
    }
    return new Arguments(positional, named);
  }

  /** Returns the values of a dictionary by names, or where these are others as Keras sorts them. */
  private static List<Place> inOrder(Place dictionary, List<String> names) {
    Map<String, Place> fields = new TreeMap<>(dictionary.fields());
    return fields.keySet().equals(Set.copyOf(names))
        ? names.stream().map(dictionary::at).toList()
        : List.copyOf(fields.values());
  }

  /** Returns the arguments that matter to a layer: its tensors, and what it takes by name. */
  Arguments read(Place call, Layer layer) throws Pending {
    Arguments all = read(call, layer instanceof Model m ? m.inputNames() : List.of());
    List<Argument> positional = new ArrayList<>();
    for (Argument a : all.positional()) {
      if (a.tensors().findAny().isPresent()) {
        positional.add(a);
      } else if (asks(a)) {
        throw call.fail("expected tensors as positional arguments, got " + a);
      }
    }
    Map<String, Argument> named = new LinkedHashMap<>(all.named());
    Argument inputs = named.remove(INPUTS);
    if (inputs != null) {
      positional.add(0, inputs);
    }
    // a call says anew whether it trains, whatever the call that was saved said
    named.remove("training");
    named
        .entrySet()
        .removeIf(e -> layer.takes(e.getKey()) ? none(e.getValue()) : !asks(e.getValue()));
    named.forEach((name, argument) -> check(call, layer, name, argument));
    return new Arguments(positional, named);
  }

  private static void check(Place call, Layer layer, String name, Argument argument) {
    try {
      layer.checkArgument(name, argument);
    } catch (IllegalArgumentException e) {
      throw new UnsupportedConfigException(
          call.pointer() + (call.node().isArray() ? "" : "/kwargs/" + name),
          Kind.OPTION,
          name,
          String.valueOf(e.getMessage()));
    }
  }

  /** Returns whether an argument is Python's None, or a list of it: no tensor was given. */
  private static boolean none(Argument a) {
    return a instanceof Argument.Items list
        ? list.items().stream().allMatch(CallReader::none)
        : a instanceof Argument.Literal l && l.value() == null;
  }

  /** Returns whether an argument is anything but Python's None or False, or a list of these. */
  private static boolean asks(Argument a) {
    return a instanceof Argument.Items list
        ? list.items().stream().anyMatch(CallReader::asks)
        : !(a instanceof Argument.Literal l
            && (l.value() == null || Boolean.FALSE.equals(l.value())));
  }

  /** Keras 2: a list of {@code [layer, call, output, kwargs]}. */
  private Arguments legacy(List<Place> call) throws Pending {
    List<Argument> positional = new ArrayList<>();
    Map<String, Argument> named = new LinkedHashMap<>();
    for (Place p : call) {
      List<Place> parts = p.items();
      if (parts.size() < 3) {
        throw p.expected("[layer, call, output]");
      }
      positional.add(legacyArgument(p));
      if (parts.size() > 3) {
        for (Map.Entry<String, Place> e : parts.get(3).fields().entrySet()) {
          named.put(e.getKey(), legacyArgument(e.getValue()));
        }
      }
    }
    return new Arguments(positional, named);
  }

  /** A tensor among Keras 2's arguments is {@code [layer, call, output]}, without more. */
  private Argument legacyArgument(Place place) throws Pending {
    if (!place.node().isArray()) {
      return argument(place, List.of());
    }
    List<Place> parts = place.items();
    boolean reference =
        parts.size() >= 3 && parts.get(0).node().isTextual() && parts.get(1).node().isInt();
    if (reference && parts.get(0).string().equals(CONSTANT)) {
      return legacyArgument(parts.get(2));
    } else if (reference) {
      return Argument.of(tensor(parts, place));
    }
    List<Argument> items = new ArrayList<>();
    for (Place p : parts) {
      items.add(legacyArgument(p));
    }
    return new Argument.Items(List.copyOf(items));
  }

  private SymbolicTensor tensor(List<Place> history, Place place) throws Pending {
    if (history.size() < 3) {
      throw place.expected("[layer, call, output]");
    }
    return tensors
        .find(history.get(0).string(), history.get(1).integer(), history.get(2).integer(), place)
        .orElseThrow(Pending::new);
  }

  /** Returns a value in an argument list; numbers stay whole where they are written so. */
  Argument argument(Place place) throws Pending {
    return argument(place, List.of());
  }

  private Argument argument(Place place, List<String> names) throws Pending {
    if (place.node().isArray()) {
      return items(place.items(), names);
    } else if (place.node().isObject()) {
      return object(place, names);
    } else if (place.node().isNull()) {
      return new Argument.Literal(null);
    } else if (place.node().isBoolean()) {
      return Argument.of(place.bool());
    } else if (place.node().isIntegralNumber()) {
      return Argument.of(place.integer(Long.MIN_VALUE, Long.MAX_VALUE));
    } else if (place.node().isNumber()) {
      return Argument.of(place.number());
    }
    return new Argument.Literal(place.string());
  }

  private Argument items(List<Place> places, List<String> names) throws Pending {
    List<Argument> items = new ArrayList<>();
    for (Place p : places) {
      items.add(argument(p, names));
    }
    return new Argument.Items(List.copyOf(items));
  }

  private Argument object(Place place, List<String> names) throws Pending {
    if (!place.has("class_name")) {
      return items(inOrder(place, names), names);
    }
    String className = place.need("class_name").string();
    if (className.equals("__tuple__")) {
      return items(place.need("items").items(), names);
    }
    if (className.equals("__keras_tensor__")) {
      Place history = place.need("config").need("keras_history");
      return Argument.of(tensor(history.items(), history));
    }
    if (className.equals("__slice__")) {
      Place slice = place.need("config");
      return new Argument.Slice(end(slice, "start"), end(slice, "stop"), end(slice, "step"));
    }
    if (className.equals("__ellipsis__")) {
      return new Argument.Ellipsis();
    }
    if (ArrayJson.WRAPPED.contains(className)) {
      return Argument.of(ArrayJson.readTyped(place));
    }
    throw new UnsupportedConfigException(
        place.pointer(), Kind.CLASS, className, "such a value cannot be an argument of a call");
  }

  private static @Nullable Long end(Place slice, String key) {
    Place end = slice.need(key);
    return end.none() ? null : (Long) end.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
