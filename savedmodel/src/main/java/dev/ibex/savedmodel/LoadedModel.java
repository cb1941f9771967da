package dev.ibex.savedmodel;

import dev.ibex.Data;
import dev.ibex.Prediction;
import dev.ibex.core.Check;
import dev.ibex.graph.Array;
import dev.ibex.savedmodel.bundle.OpenedModel;
import dev.ibex.savedmodel.bundle.SavedModelFile;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * A SavedModel to call: its functions, by the signatures that its file has.
 *
 * <p>Functions run from any number of threads; {@link #close()} waits for them and frees the
 * session, as the garbage collector does for a model nobody holds any more.
 */
public final class LoadedModel implements AutoCloseable {
  /** The signature that {@link #predict} calls. */
  public static final String SERVING_DEFAULT = "serving_default";

  private static final Cleaner CLEANER = Cleaner.create();

  private final Path directory;
  private final Set<String> tags;
  private final Map<String, Signature> signatures;
  private final Map<String, SavedFunction> functions = new LinkedHashMap<>();
  private final Map<String, String> refused;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Cleaner.Cleanable cleanable;
  private boolean closed;

  @SuppressWarnings("this-escape") // final, and nothing is called on it
  LoadedModel(SavedModelFile file) {
    OpenedModel opened = OpenedModel.open(file);
    this.directory = file.directory();
    this.tags =
        Collections.unmodifiableSet(
            new LinkedHashSet<>(file.graph().getMetaInfoDef().getTagsList()));
    Map<String, Signature> all = new LinkedHashMap<>();
    opened
        .signatures()
        .forEach(
            (name, s) -> {
              SavedFunction f = new SavedFunction(this, s);
              functions.put(name, f);
              all.put(name, f.signature());
            });
    this.signatures = Collections.unmodifiableMap(all);
    this.refused = opened.refused();
    this.cleanable = CLEANER.register(this, opened::close);
  }

  /** Returns the tags of the graph that was loaded. */
  public Set<String> tags() {
    return tags;
  }

  /** Returns what the functions that can be called take and return, by name, sorted. */
  public Map<String, Signature> signatures() {
    return signatures;
  }

  /**
   * Returns the signatures that cannot be called from Java, each with the reason: an input or
   * output that is sparse, made of several tensors, or of an element type without arrays.
   */
  public Map<String, String> refusedSignatures() {
    return refused;
  }

  /**
   * Returns a function.
   *
   * @param signature its name, such as {@code serving_default} or {@code train}
   * @throws IllegalArgumentException if there is none, the text lists those there are; or if it
   *     cannot be called, the text says why
   */
  public SavedFunction function(String signature) {
    SavedFunction f = functions.get(signature);
    if (f != null) {
      return f;
    }
    String reason = refused.get(signature);
    throw new IllegalArgumentException(
        reason != null
            ? reason
            : "signature: there is no \"" + signature + "\"; there are " + functions.keySet());
  }

  /** Returns the outputs for vectors. */
  public Prediction predict(float[][] x) {
    return predict(Array.of(x));
  }

  /** Returns the outputs for sequences. */
  public Prediction predict(float[][][] x) {
    return predict(Array.of(x));
  }

  /** Returns the outputs for images {@code [sample][height][width][channel]}. */
  public Prediction predict(float[][][][] x) {
    return predict(Array.of(x));
  }

  /** Returns the outputs for vectors; rounded where the model takes shorter numbers. */
  public Prediction predict(double[][] x) {
    return predict(Array.of(x));
  }

  /** Returns the outputs for sequences of ids. */
  public Prediction predict(int[][] x) {
    return predict(Array.of(x));
  }

  /** Returns the outputs for texts. */
  public Prediction predict(String[] x) {
    return predict(Array.of(x));
  }

  /** Returns the outputs for the only input. */
  public Prediction predict(Array x) {
    return predict(Data.of(x));
  }

  /**
   * Returns the outputs of the signature {@code serving_default}, computed at once.
   *
   * @throws IllegalArgumentException if there is no such signature, or as {@link
   *     SavedFunction#call(Map)}
   * @throws IllegalStateException if the model is closed
   */
  public Prediction predict(Data data) {
    Check.that(
        functions.containsKey(SERVING_DEFAULT) || refused.containsKey(SERVING_DEFAULT),
        "predict: the model has no signature \"%s\"; take one of %s by function(name)",
        SERVING_DEFAULT,
        functions.keySet());
    return function(SERVING_DEFAULT).call(data);
  }

  /** Runs a call with the session kept open. */
  <T> T whileOpen(Supplier<T> call) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException(
            "the SavedModel of " + directory + " is closed; load it again");
      }
      return call.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Waits for running calls and frees the session; a second time does nothing. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      closed = true;
      cleanable.clean();
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public String toString() {
    return "SavedModel " + directory + " " + signatures.values();
  }
}
