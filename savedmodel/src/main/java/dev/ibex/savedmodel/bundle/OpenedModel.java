package dev.ibex.savedmodel.bundle;

import dev.ibex.ModelFormatException;
import dev.ibex.graph.GraphSession;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.proto.SignatureDef;

/** A SavedModel whose graph is in a session, with its variables' values and its tables filled. */
public final class OpenedModel implements AutoCloseable {
  private final GraphSession session;
  private final Map<String, CallableSignature> signatures = new LinkedHashMap<>();
  private final Map<String, String> refused = new LinkedHashMap<>();

  private OpenedModel(GraphSession session) {
    this.session = session;
  }

  /**
   * Opens a file.
   *
   * @throws ModelFormatException if a part of it is missing, damaged or not known to TensorFlow
   */
  public static OpenedModel open(SavedModelFile file) {
    GraphCheck.check(file);
    OpenedModel model = new OpenedModel(session(file));
    try {
      Preparation.run(file, model.session);
      model.readSignatures(file);
      return model;
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  private static GraphSession session(SavedModelFile file) {
    try {
      return GraphSession.of(file.graph().getGraphDef());
    } catch (RuntimeException e) {
      throw file.wrong(
          SavedModelFile.NAME,
          "TensorFlow refuses the graph: "
              + e.getMessage()
              + "; it is damaged, or of a later TensorFlow; export the model again",
          e);
    }
  }

  private void readSignatures(SavedModelFile file) {
    SignatureReader reader = new SignatureReader(file, session);
    Map<String, SignatureDef> sorted = new TreeMap<>(file.graph().getSignatureDefMap());
    sorted.remove(Preparation.INIT);
    sorted.forEach(
        (name, d) -> {
          try {
            signatures.put(name, reader.read(name, d));
          } catch (SignatureReader.Refusal e) {
            refused.put(name, String.valueOf(e.getMessage()));
          }
        });
  }

  /** Returns the signatures by name, sorted. */
  public Map<String, CallableSignature> signatures() {
    return Collections.unmodifiableMap(signatures);
  }

  /** Returns why other signatures cannot be called, by name. */
  public Map<String, String> refused() {
    return Collections.unmodifiableMap(refused);
  }

  /** Frees the session. Calls must have ended. */
  @Override
  public void close() {
    session.close();
  }
}
