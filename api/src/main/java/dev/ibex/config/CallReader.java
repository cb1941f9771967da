package dev.ibex.config;

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

/** Reads the arguments of one call, {@code {args, kwargs}}, in a functional model. */
final class CallReader {
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
    if (call.node().isArray()) {
      return legacy(call);
    }
    List<Argument> positional = new ArrayList<>();
    for (Place p : call.need("args").items()) {
      positional.add(argument(p));
    }
    Map<String, Argument> named = new LinkedHashMap<>();
    for (Map.Entry<String, Place> e : call.need("kwargs").fields().entrySet()) {
      named.put(e.getKey(), argument(e.getValue()));
    }
    return new Arguments(positional, named);
  }

  /** Returns the arguments that matter to a layer: its tensors, and what it takes by name. */
  Arguments read(Place call, Layer layer) throws Pending {
    Arguments all = read(call);
    List<Argument> positional = new ArrayList<>();
    for (Argument a : all.positional()) {
      if (a.tensors().findAny().isPresent()) {
        positional.add(a);
      } else if (!(a instanceof Argument.Literal l && l.value() == null)) {
        throw call.fail("expected tensors as positional arguments, got " + a);
      }
    }
    Map<String, Argument> named = new LinkedHashMap<>();
    all.named()
        .forEach(
            (name, a) -> {
              boolean asks =
                  !(a instanceof Argument.Literal l
                      && (l.value() == null || Boolean.FALSE.equals(l.value())));
              // a call says anew whether it trains, whatever the call that was saved said
              if (asks && !name.equals("training")) {
                if (!layer.takes(name)) {
                  throw new UnsupportedConfigException(
                      call.pointer() + "/kwargs/" + name,
                      Kind.OPTION,
                      name,
                      layer.label() + " takes no argument of that name");
                }
                named.put(name, a);
              }
            });
    return new Arguments(positional, named);
  }

  /** Keras 2: a list of {@code [layer, call, output, kwargs]}. */
  private Arguments legacy(Place call) throws Pending {
    List<Argument> positional = new ArrayList<>();
    Map<String, Argument> named = new LinkedHashMap<>();
    for (Place p : call.items()) {
      List<Place> parts = p.items();
      if (parts.size() < 3) {
        throw p.expected("[layer, call, output]");
      }
      positional.add(Argument.of(tensor(parts, p)));
      if (parts.size() > 3) {
        for (Map.Entry<String, Place> e : parts.get(3).fields().entrySet()) {
          named.put(e.getKey(), argument(e.getValue()));
        }
      }
    }
    return new Arguments(positional, named);
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
    if (place.node().isArray()) {
      return items(place.items());
    } else if (place.node().isObject()) {
      return object(place);
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

  private Argument items(List<Place> places) throws Pending {
    List<Argument> items = new ArrayList<>();
    for (Place p : places) {
      items.add(argument(p));
    }
    return new Argument.Items(List.copyOf(items));
  }

  private Argument object(Place place) throws Pending {
    String className = place.need("class_name").string();
    if (className.equals("__keras_tensor__")) {
      Place history = place.need("config").need("keras_history");
      return Argument.of(tensor(history.items(), history));
    }
    throw new UnsupportedConfigException(
        place.pointer(), Kind.CLASS, className, "such a value cannot be an argument of a call");
  }
}
