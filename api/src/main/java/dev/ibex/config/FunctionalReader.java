package dev.ibex.config;

import dev.ibex.Input;
import dev.ibex.Model;
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
      if (config.at("trainable").node().isBoolean() && !config.at("trainable").bool()) {
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
        isOperation(place)
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

  private static boolean isOperation(Place place) {
    String module = place.string("module").orElse("");
    if (!module.startsWith(OPERATIONS)) {
      return false;
    }
    String className = place.need("class_name").string();
    if (!Operation.known(module, className)) {
      throw new UnsupportedConfigException(
          place.pointer(),
          Kind.CLASS,
          className,
          "there is no operation " + module + "." + className);
    }
    return true;
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
        case "dtype", "trainable" -> {}
        default -> settings.put(setting.getKey(), calls.argument(setting.getValue()));
      }
    }
    LayerOptions options = new LayerOptions(name, true, LayerOptions.DEFAULT.dtype());
    return List.of(
        Operation.call(
            new Operation.Config(
                options,
                e.place.need("module").string(),
                e.place.need("class_name").string(),
                settings),
            arguments));
  }

  private static void requireAll(Entry e) {
    if (e.made.size() < e.calls.size()) {
      throw e.calls
          .get(e.made.size())
          .fail("this call waits for a tensor that is never made: the calls form a circle");
    }
  }

  private Optional<SymbolicTensor> find(String layer, int call, int output, Place place) {
    Entry e = entries.get(layer);
    if (e == null) {
      throw place.fail("there is no layer \"" + layer + "\" in this model");
    }
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
      found.add(
          find(items.get(0).string(), items.get(1).integer(), items.get(2).integer(), place)
              .orElseThrow(() -> place.fail("this call was not made")));
    } else {
      items.forEach(p -> found.addAll(references(p)));
    }
    return found;
  }
}
