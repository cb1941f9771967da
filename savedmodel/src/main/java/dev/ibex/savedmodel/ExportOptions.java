package dev.ibex.savedmodel;

import dev.ibex.core.Check;
import dev.ibex.core.Records;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How to export a model.
 *
 * @param signatures the functions that programs call by name; default {@code serving_default} alone
 * @param existing what becomes of a SavedModel that is there already; default {@link
 *     Existing#REPLACED}
 */
public record ExportOptions(Map<String, ExportSignature> signatures, Existing existing) {
  /** What becomes of what is there already. */
  public enum Existing {
    /** A SavedModel is replaced; anything else is refused. */
    REPLACED,
    /** The export is refused. */
    KEPT,
    /**
     * The directory holds versions {@code 1}, {@code 2} … of which TensorFlow Serving loads the
     * latest; the export is the next one.
     */
    FORMER_VERSION
  }

  /** The outputs of the model under {@value LoadedModel#SERVING_DEFAULT}. */
  public static final ExportOptions DEFAULT =
      new ExportOptions(
          Map.of(LoadedModel.SERVING_DEFAULT, ExportSignature.outputs()), Existing.REPLACED);

  /**
   * Copies the map.
   *
   * @throws IllegalArgumentException if there is no signature, or TensorFlow keeps a name for
   *     itself, or it is empty
   */
  public ExportOptions {
    Check.that(
        !signatures.isEmpty(),
        "signatures: programs need one to call, such as %s",
        LoadedModel.SERVING_DEFAULT);
    for (String name : signatures.keySet()) {
      Check.that(!name.isBlank(), "name: a signature needs one");
      Check.that(
          !name.startsWith("__saved_model_"), "name: TensorFlow keeps \"%s\" for itself", name);
    }
    signatures = Collections.unmodifiableMap(new LinkedHashMap<>(signatures));
  }

  /**
   * Returns these options with one more signature, or another one under its name.
   *
   * @throws IllegalArgumentException if TensorFlow keeps the name for itself, or it is empty
   */
  public ExportOptions signature(String name, ExportSignature signature) {
    Map<String, ExportSignature> all = new LinkedHashMap<>(signatures);
    all.put(name, signature);
    return Records.with(this, "signatures", all);
  }

  /** Returns these options with another fate for what is there. */
  public ExportOptions existing(Existing fate) {
    return Records.with(this, "existing", fate);
  }

  /** Returns these options for a directory of versions: {@link Existing#FORMER_VERSION}. */
  public ExportOptions versioned() {
    return existing(Existing.FORMER_VERSION);
  }
}
