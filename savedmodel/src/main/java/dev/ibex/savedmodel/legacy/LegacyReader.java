package dev.ibex.savedmodel.legacy;

import dev.ibex.Compile;
import dev.ibex.LoadOptions;
import dev.ibex.Model;
import dev.ibex.ModelCodec;
import dev.ibex.ModelFormatException;
import dev.ibex.core.ConfigException;
import dev.ibex.core.Variable;
import dev.ibex.savedmodel.files.Conventions;
import dev.ibex.savedmodel.weights.StoredArray;
import dev.ibex.savedmodel.weights.WeightMatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rebuilds the model of an {@code .h5} file. */
final class LegacyReader {
  private final LegacyFile file;

  LegacyReader(LegacyFile file) {
    this.file = file;
  }

  /** Returns the model with its weights. */
  Model model(LoadOptions options) {
    Model model = describe();
    try {
      List<StoredArray> state = List.of();
      if (options.compile() && file.training().isPresent()) {
        state = file.optimizer();
        compile(model, file.training().get(), state);
      }
      load(model, state);
      return model;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private Model describe() {
    try {
      return ModelCodec.get().fromJson(file.model());
    } catch (ConfigException e) {
      throw fail(LegacyFile.MODEL, String.valueOf(e.getMessage()), e);
    }
  }

  private void compile(Model model, String json, List<StoredArray> state) {
    try {
      Compile compile = ModelCodec.get().training(json, model);
      model.compile(compile);
      if (model.scalesLoss()
          && compile.optimizer().lossScaling().isEmpty()
          && !state.isEmpty()
          && state.stream().noneMatch(a -> isScale(a.name()))) {
        // Keras scales the loss by the policy of its whole program, which the state shows
        model.compile(compile.autoScaleLoss(false));
      }
    } catch (IllegalArgumentException e) {
      throw fail(LegacyFile.TRAINING, e.getMessage() + Conventions.UNCOMPILED, e);
    }
  }

  private static boolean isScale(String name) {
    return name.contains("dynamic_scale") || name.contains("current_loss_scale");
  }

  /** Stores weights and state at once, or nothing. */
  private void load(Model model, List<StoredArray> state) {
    List<LayerWeights> layers =
        LayerWeights.of(model).stream().filter(l -> !l.variables().isEmpty()).toList();
    LayerMatch match = LayerMatch.whole(file.layers(), layers);
    Map<String, StoredArray> found = new LinkedHashMap<>(match.found());
    Map<String, Variable> wanted = new LinkedHashMap<>(match.wanted());
    WeightMatch weights = new WeightMatch(found, wanted, model);
    if (weights.fits() && !state.isEmpty()) {
      StateMatch s = new StateMatch(state, model, match.byFileName());
      WeightMatch fit = new WeightMatch(s.found(), s.wanted(), model);
      if (!fit.fits()) {
        fit.load(
            false,
            false,
            t ->
                fail(
                    LegacyFile.OPTIMIZER,
                    "the state of the optimizer cannot be told for certain"
                        + Conventions.UNCOMPILED
                        + "; "
                        + t,
                    null));
      }
      found.putAll(s.found());
      wanted.putAll(s.wanted());
    }
    new WeightMatch(found, wanted, model)
        .load(false, false, t -> fail(LayerGroups.WHOLE_MODEL, match.remark() + t, null));
  }

  private ModelFormatException fail(String place, String text, @Nullable Throwable cause) {
    return file.fail(place, text, cause);
  }
}
