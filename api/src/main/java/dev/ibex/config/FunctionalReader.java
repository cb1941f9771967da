package dev.ibex.config;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.core.Argument;
import dev.ibex.core.Arguments;
import dev.ibex.core.ConfigException;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Operation;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.core.UnsupportedConfigException;
import dev.ibex.core.UnsupportedConfigException.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rebuilds a functional model from its config.
 *
 * <p>Layers are made first, then their calls as soon as the tensors they need exist; a layer's
 * calls keep their order, because files refer to them by number.
 */
final class FunctionalReader {
  private static final String OPERATIONS = "keras.src.ops.";

  private final Place config;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final CallReader calls = new CallReader(this::find);

  /** A layer or an operation, with the outputs of the calls made so far. */
  private static final class Entry {
    private final Place place;
    private final Optional<Layer> layer;
    private final List<Place> calls;
    private final List<List<SymbolicTensor>> made = new ArrayList<>();

    Entry(Place place, Optional<Layer> layer, List<Place> calls) {
      this.place = place;
      this.layer = layer;
      this.calls = calls;
    }
  }

  private FunctionalReader(Place config) {
    this.config = config;
  }

  /** Returns the model of a config. */
  static Model read(Place config) {
    return new FunctionalReader(config).model();
  }

  private Model model() {
    config.need("layers").items().forEach(this::entry);
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Entry e : entries.values()) {
        progress |= advance(e);
      }
    }
    entries.values().forEach(FunctionalReader::requireAll);
    List<SymbolicTensor> inputs = references(config.need("input_layers"));
    List<SymbolicTensor> outputs = references(config.need("output_layers"));
    try {
      Model model = Model.of(config.string("name").orElse(""), inputs, outputs);
      if (ModelReader.isFrozen(config)) {
        model.freeze();
      }
      return model;
    } catch (ConfigException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw config.fail(String.valueOf(e.getMessage()));
    }
  }

  private void entry(Place place) {
    String name =
        place
            .string("name")
            .or(() -> place.need("config").string("name"))
            .orElseThrow(() -> place.fail("the key \"name\" is missing"));
    Optional<Layer> layer =
        operation(place).isPresent()
            ? Optional.empty()
            : Optional.of((Layer) ObjectReader.read(Family.LAYER, place));
    List<Place> nodes = place.need("inbound_nodes").items();
    Entry entry = new Entry(place, layer, nodes);
    if (entries.put(name, entry) != null) {
      throw place.fail("two layers are named \"" + name + "\"");
    }
    if (layer.isPresent() && layer.get() instanceof Input input) {
      if (!nodes.isEmpty()) {
        throw place.at("inbound_nodes").expected("no calls of an input");
      }
      entry.made.add(List.of(input.symbolic()));
    } else if (nodes.isEmpty()) {
      throw place.fail("the layer \"" + name + "\" is not called");
    }
  }

  /**
   * Returns the module of an operation; empty for a layer. Files {@code .h5} name no modules: there
   * an operation's config lacks what every layer's has.
   */
  private static Optional<String> operation(Place place) {
    String className = place.need("class_name").string();
    if (!place.has("module") && !place.need("config").has("trainable")) {
      return Operation.module(className);
    }
    Optional<String> module = place.string("module").filter(m -> m.startsWith(OPERATIONS));
    if (module.isPresent() && !Operation.known(module.get(), className)) {
      throw new UnsupportedConfigException(
          place.pointer(),
          Kind.CLASS,
          className,
          "there is no operation " + module.get() + "." + className);
    }
    return module;
  }

  /** Makes the calls of a layer that can be made now; returns whether there was one. */
  private boolean advance(Entry e) {
    boolean progress = false;
    while (e.made.size() < e.calls.size()) {
      Place call = e.calls.get(e.made.size());
      try {
        e.made.add(call(e, call));
        progress = true;
      } catch (CallReader.Pending pending) {
        return progress;
      } catch (ConfigException fault) {
        throw fault;
      } catch (IllegalArgumentException fault) {
        throw call.fail(String.valueOf(fault.getMessage()));
      }
    }
    return progress;
  }

  private List<SymbolicTensor> call(Entry e, Place call) throws CallReader.Pending {
    if (e.layer.isPresent()) {
      Layer layer = e.layer.get();
      return layer.applyAll(calls.read(call, layer));
    }
    Arguments arguments = calls.read(call);
    Map<String, Argument> settings = new TreeMap<>();
    String name = "";
    for (Map.Entry<String, Place> setting : e.place.need("config").fields().entrySet()) {
      switch (setting.getKey()) {
        case "name" -> name = setting.getValue().string();
        case "trainable" -> {}
        case "dtype" -> { // that of the result where it is one, and not the policy of a layer
          if (!setting.getValue().node().isObject()) {
            settings.put(setting.getKey(), calls.argument(setting.getValue()));
          }
        }
        default -> settings.put(setting.getKey(), calls.argument(setting.getValue()));
      }
    }
    LayerOptions options = new LayerOptions(name, true, LayerOptions.DEFAULT.dtype());
    return Operation.callAll(
        new Operation.Config(
            options,
            operation(e.place).orElseThrow(),
            e.place.need("class_name").string(),
            settings),
        arguments);
  }

  private static void requireAll(Entry e) {
    if (e.made.size() < e.calls.size()) {
      throw e.calls
          .get(e.made.size())
          .fail("this call waits for a tensor that is never made: the calls form a circle");
    }
  }

  /** Finds what a call takes, or says that it is still to be made. */
  private Optional<SymbolicTensor> find(String layer, int call, int output, Place place) {
    Entry e = entry(layer, place);
    return find(e, layer, isKeras2(e) ? call - firstCall(e) : call, output, place);
  }

  private Entry entry(String layer, Place place) {
    Entry e = entries.get(layer);
    if (e == null) {
      throw place.fail("there is no layer \"" + layer + "\" in this model");
    }
    return e;
  }

  /** Returns the number of a layer's first call: a model has one more, by which it was made. */
  private static int firstCall(Entry e) {
    boolean model = e.layer.isPresent() && e.layer.get() instanceof Model;
    if (model && e.layer.get() instanceof Sequential) {
      // in Keras 3 it makes that call in a model within, in Keras 2 only where it knows its shape
      return isKeras2(e) && ModelReader.startsWithInput(e.place.need("config")) ? 1 : 0;
    }
    return model ? 1 : 0;
  }

  private static boolean isKeras2(Entry e) {
    return !e.calls.isEmpty() && e.calls.get(0).node().isArray();
  }

  private static Optional<SymbolicTensor> find(
      Entry e, String layer, int call, int output, Place place) {
    int count = Math.max(e.calls.size(), e.made.size());
    if (call < 0 || call >= count) {
      throw place.fail("layer \"" + layer + "\" is called " + count + " times, not " + (call + 1L));
    }
    if (call >= e.made.size()) {
      return Optional.empty();
    }
    List<SymbolicTensor> outputs = e.made.get(call);
    if (output < 0 || output >= outputs.size()) {
      throw place.fail(
          "layer \"" + layer + "\" has " + outputs.size() + " outputs, not " + (output + 1L));
    }
    return Optional.of(outputs.get(output));
  }

  /** Returns the tensors of {@code [layer, call, output]}, of lists of such, or of objects. */
  private List<SymbolicTensor> references(Place place) {
    List<SymbolicTensor> found = new ArrayList<>();
    if (place.node().isObject()) {
      new TreeMap<>(place.fields()).values().forEach(p -> found.addAll(references(p)));
      return found;
    }
    List<Place> items = place.items();
    if (items.size() == 3 && items.get(0).node().isTextual()) {
      String layer = items.get(0).string();
      Entry e = entry(layer, place);
      int call = items.get(1).integer() - firstCall(e);
      found.add(
          find(e, layer, call, items.get(2).integer(), place)
              .orElseThrow(() -> place.fail("this call was not made")));
    } else {
      items.forEach(p -> found.addAll(references(p)));
    }
    return found;
  }
}
