package dev.ibex.savedmodel.legacy;

import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.WeightOptions;
import dev.ibex.WeightReport;
import dev.ibex.core.Variable;
import dev.ibex.savedmodel.weights.StoredArray;
import dev.ibex.savedmodel.weights.WeightMatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The layers of a file beside those of a model, in one order or by name. Inside a layer the order
 * decides: its names in the file are those of another program.
 */
final class LayerMatch {
  private final Map<String, StoredArray> found = new LinkedHashMap<>();
  private final Map<String, Variable> wanted = new LinkedHashMap<>();
  private final List<String> skipped = new ArrayList<>();
  private String remark = "";

  private LayerMatch() {}

  /** Returns the match for a whole model: by name, unless that was changed, then by order. */
  static LayerMatch whole(List<LayerGroup> file, List<LayerWeights> model) {
    Set<String> names = new HashSet<>(model.stream().map(LayerWeights::name).toList());
    boolean same =
        file.size() == names.size() && file.stream().allMatch(g -> names.contains(g.name()));
    return same ? named(file, model) : ordered(file, model);
  }

  /** Returns the match of layers of one name; layers of one side alone are skipped. */
  static LayerMatch byName(
      List<LayerGroup> file,
      List<LayerWeights> model,
      Function<String, ModelFormatException> fail) {
    Set<String> inFile = new HashSet<>();
    for (LayerGroup group : file) {
      if (!inFile.add(group.name())) {
        throw fail.apply("two layers are named \"" + group.name() + "\"; match by order");
      }
    }
    Set<String> inModel = new HashSet<>(model.stream().map(LayerWeights::name).toList());
    LayerMatch match =
        named(
            file.stream().filter(g -> inModel.contains(g.name())).toList(),
            model.stream().filter(l -> inFile.contains(l.name())).toList());
    file.stream()
        .filter(g -> !inModel.contains(g.name()))
        .forEach(g -> match.skipped.add(g.name() + ": not in the model"));
    model.stream()
        .filter(l -> !inFile.contains(l.name()))
        .forEach(l -> match.skipped.add(l.name() + ": not in the file"));
    return match;
  }

  private static LayerMatch named(List<LayerGroup> file, List<LayerWeights> model) {
    LayerMatch match = new LayerMatch();
    Map<String, LayerGroup> byName = new LinkedHashMap<>();
    for (LayerGroup group : file) {
      match.add(group.name(), group);
      byName.put(group.name(), group);
    }
    for (LayerWeights layer : model) {
      LayerGroup group = byName.get(layer.name());
      match.add(layer.name(), group == null ? layer : layer.inOrderOf(group));
    }
    return match;
  }

  /** Returns the match of the first layer of a file with the model's first, and so on. */
  static LayerMatch ordered(List<LayerGroup> file, List<LayerWeights> model) {
    LayerMatch match = new LayerMatch();
    for (int i = 0; i < file.size(); i++) {
      match.add(place(i), file.get(i));
    }
    for (int i = 0; i < model.size(); i++) {
      LayerWeights layer = model.get(i);
      match.add(place(i), i < file.size() ? layer.inOrderOf(file.get(i)) : layer);
    }
    if (file.size() != model.size()) {
      match.remark =
          "the file has "
              + file.size()
              + " layers with weights and the model has "
              + model.size()
              + "; weights of layers that both have are loaded by"
              + " WeightOptions.DEFAULT.byName(true). ";
    }
    return match;
  }

  private static String place(int layer) {
    return String.format("layer %3d", layer + 1);
  }

  private void add(String key, LayerGroup group) {
    for (int i = 0; i < group.arrays().size(); i++) {
      found.put(key(key, i), group.arrays().get(i));
    }
  }

  private void add(String key, LayerWeights layer) {
    for (int i = 0; i < layer.variables().size(); i++) {
      wanted.put(key(key, i), layer.variables().get(i));
    }
  }

  private static String key(String layer, int weight) {
    return String.format("%s weight %2d", layer, weight + 1);
  }

  Map<String, StoredArray> found() {
    return found;
  }

  Map<String, Variable> wanted() {
    return wanted;
  }

  /** Returns what stands before the error of a match; empty if there is nothing to say. */
  String remark() {
    return remark;
  }

  /** Returns the variables by the names that their weights have in the file, where these differ. */
  Map<String, Variable> byFileName() {
    Map<String, Variable> byName = new LinkedHashMap<>();
    Set<String> twice = new HashSet<>();
    found.forEach(
        (key, array) -> {
          Variable v = wanted.get(key);
          if (v != null && byName.put(array.name(), v) != null) {
            twice.add(array.name());
          }
        });
    byName.keySet().removeAll(twice);
    return byName;
  }

  /** Stores what fits; layers with too few or too many weights are skipped as a whole. */
  WeightReport load(
      Model model, WeightOptions options, Function<String, ModelFormatException> fail) {
    boolean skip = options.skipMismatch() && remark.isEmpty();
    if (skip) {
      dropUneven();
    }
    WeightReport report =
        new WeightMatch(found, wanted, model).load(false, skip, t -> fail.apply(remark + t));
    List<String> all = new ArrayList<>(skipped);
    all.addAll(report.skipped());
    return new WeightReport(report.loaded(), all);
  }

  private void dropUneven() {
    Set<String> uneven = new HashSet<>();
    found.keySet().stream().filter(k -> !wanted.containsKey(k)).forEach(k -> uneven.add(layer(k)));
    wanted.keySet().stream().filter(k -> !found.containsKey(k)).forEach(k -> uneven.add(layer(k)));
    for (String layer : uneven) {
      skipped.add(layer + ": another number of weights in the file than in the model");
    }
    found.keySet().removeIf(k -> uneven.contains(layer(k)));
    wanted.keySet().removeIf(k -> uneven.contains(layer(k)));
  }

  private static String layer(String key) {
    return key.substring(0, key.lastIndexOf(" weight "));
  }
}
