package dev.ibex.savedmodel.weights;

import static java.util.stream.Collectors.toSet;

import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.Values;
import dev.ibex.WeightReport;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Arrays of a file beside variables of a model, by keys that are the same on both sides where they
 * belong together.
 */
public final class WeightMatch {
  private static final String MISSING = "not in the file";
  private static final String EXTRA = "not in the model";
  private static final Set<String> ONE_SIDED = Set.of(MISSING, EXTRA);

  private static final int NARROWEST = 16;

  private final Map<String, StoredArray> found;
  private final Map<String, Variable> wanted;
  private final Model model;
  private boolean wholeLayers;

  /**
   * Creates a match.
   *
   * @param found the arrays of the file
   * @param wanted the variables of the model
   * @param model whose paths name variables in reports and errors
   */
  public WeightMatch(Map<String, StoredArray> found, Map<String, Variable> wanted, Model model) {
    this.found = found;
    this.wanted = wanted;
    this.model = model;
  }

  /**
   * Stores the arrays that fit. Floats of another length are rounded, as Keras does; integers fit
   * if the variable's type can hold each.
   *
   * @param oneSided whether keys of one side alone are left out and not an error
   * @param skipMismatch whether that holds of all that does not fit
   * @param fail makes the exception of a text
   * @throws ModelFormatException if something does not fit that must; the text has the lists of
   *     both sides; then nothing is stored
   */
  public WeightReport load(
      boolean oneSided, boolean skipMismatch, Function<String, ModelFormatException> fail) {
    Map<String, String> misfits = misfits();
    boolean allowed =
        skipMismatch || (oneSided && misfits.values().stream().allMatch(ONE_SIDED::contains));
    if (!misfits.isEmpty() && !allowed) {
      throw fail.apply("the weights do not fit the model; nothing was loaded." + table(misfits));
    }
    if (skipMismatch && wholeLayers) {
      leaveLayersWhole(misfits);
    }
    Map<Variable, String> paths = paths();
    Map<Variable, Array> values = new LinkedHashMap<>();
    List<String> loaded = new ArrayList<>();
    for (Map.Entry<String, Variable> e : wanted.entrySet()) {
      String key = e.getKey();
      Variable variable = e.getValue();
      if (!misfits.containsKey(key)) {
        try {
          values.put(variable, get(key).reader().get().cast(variable.dtype()));
          loaded.add(paths.get(variable));
        } catch (ArithmeticException tooLarge) {
          if (!skipMismatch) {
            throw fail.apply(
                "the weights do not fit the model; nothing was loaded: "
                    + key
                    + ": "
                    + tooLarge.getMessage());
          }
          misfits.put(key, String.valueOf(tooLarge.getMessage()));
        }
      }
    }
    Values.assign(values);
    return new WeightReport(
        loaded, misfits.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList());
  }

  /** Lets a layer be loaded with all its weights or not at all, as Keras 3 does; .h5 by weight. */
  public WeightMatch wholeLayers() {
    wholeLayers = true;
    return this;
  }

  private void leaveLayersWhole(Map<String, String> misfits) {
    Set<String> owners = misfits.keySet().stream().map(WeightMatch::owner).collect(toSet());
    for (String key : keys()) {
      if (owners.contains(owner(key))) {
        misfits.putIfAbsent(key, "another weight of its layer does not fit");
      }
    }
  }

  /** Returns a key without the number of the weight in its layer. */
  private static String owner(String key) {
    return key.replaceFirst("\\s*\\d+$", "");
  }

  /** Returns whether every key is on both sides, and each array fits its variable. */
  public boolean fits() {
    return misfits().isEmpty();
  }

  /** Returns the variables' paths in the model, or their own: those of optimizers. */
  private Map<Variable, String> paths() {
    Map<Variable, String> paths = new HashMap<>();
    wanted.values().forEach(v -> paths.put(v, v.path()));
    model.network().weights().forEach((path, variable) -> paths.put(variable, path));
    return paths;
  }

  private StoredArray get(String key) {
    return Objects.requireNonNull(found.get(key), key);
  }

  /** Returns for each key that does not fit why. */
  private Map<String, String> misfits() {
    Map<String, String> misfits = new LinkedHashMap<>();
    for (String key : keys()) {
      Optional<String> why = misfit(key);
      why.ifPresent(text -> misfits.put(key, text));
    }
    return misfits;
  }

  private Optional<String> misfit(String key) {
    StoredArray array = found.get(key);
    Variable variable = wanted.get(key);
    if (array == null) {
      return Optional.of(MISSING);
    } else if (variable == null) {
      return Optional.of(EXTRA);
    } else if (!array.shape().equals(variable.shape())) {
      return Optional.of(
          TensorSpec.text(array.shape())
              + " in the file, "
              + TensorSpec.text(variable.shape())
              + " in the model");
    } else if (!sameKind(array.dtype(), variable.dtype())) {
      return Optional.of(
          array.dtype().lowerName()
              + " in the file, "
              + variable.dtype().lowerName()
              + " in the model");
    }
    return Optional.empty();
  }

  private static boolean sameKind(DType a, DType b) {
    return a == b || (a.isFloating() && b.isFloating()) || (a.isInteger() && b.isInteger());
  }

  private Set<String> keys() {
    Set<String> all = new TreeSet<>(WeightOrder.INSTANCE);
    all.addAll(found.keySet());
    all.addAll(wanted.keySet());
    return all;
  }

  /** Returns both sides, a line each weight; what does not fit is marked. */
  private String table(Map<String, String> misfits) {
    Map<Variable, String> paths = paths();
    int width = keys().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    int widthFound =
        found.values().stream().mapToInt(a -> spec(a).length()).max().orElse(NARROWEST);
    String row = "%n%s %-" + width + "s  %-" + Math.max(NARROWEST, widthFound) + "s  %s";
    text.append(String.format(row, " ", "weight", "in the file", "in the model"));
    for (String key : keys()) {
      StoredArray array = found.get(key);
      Variable variable = wanted.get(key);
      text.append(
          String.format(
              row,
              misfits.containsKey(key) ? "!" : " ",
              key,
              array == null ? "-" : spec(array),
              variable == null ? "-" : paths.get(variable) + " " + spec(variable)));
    }
    return text.toString();
  }

  private static String spec(StoredArray array) {
    String spec = new TensorSpec(array.shape(), array.dtype()).toString();
    return array.name().isEmpty() ? spec : array.name() + " " + spec;
  }

  private static String spec(Variable variable) {
    return new TensorSpec(variable.shape(), variable.dtype()).toString();
  }
}
