package dev.ibex.savedmodel.endpoint;

import dev.ibex.ModelFormatException;
import dev.ibex.core.LayerFiles;
import dev.ibex.graph.FunctionLibrary;
import dev.ibex.savedmodel.bundle.GraphCheck;
import dev.ibex.savedmodel.bundle.ObjectGraph;
import dev.ibex.savedmodel.bundle.SavedModelFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.NodeDef;

/**
 * The functions of a SavedModel and what they capture, read from its directory or from what a model
 * file keeps of it.
 */
public final class SavedFunctions {
  private static final int HASH = 8;

  private final SavedModelFile file;
  private final ObjectGraph objects;
  private final FunctionLibrary library;
  private final EndpointReader endpoints;
  private @Nullable SavedValues values;

  private SavedFunctions(SavedModelFile file) {
    this.file = file;
    GraphCheck.check(file);
    this.objects = ObjectGraph.described(file);
    this.library =
        new FunctionLibrary(
            file.graph().getGraphDef().getLibrary(), SavedGradients.of(file, objects));
    this.endpoints = new EndpointReader(file, objects);
    if (file.graph().getObjectGraphDef().getConcreteFunctionsCount() == 0) {
      throw fail(
          "it has no functions, as files of TensorFlow 1 have none, so a layer cannot be made of it;"
              + " call it through SavedModels.load");
    }
  }

  /**
   * Reads a directory.
   *
   * @throws ModelFormatException if it is no SavedModel of TensorFlow 2, is damaged, or uses ops
   *     that TensorFlow here lacks
   */
  public static SavedFunctions of(Path directory) {
    SavedFunctions read =
        new SavedFunctions(SavedModelFile.read(directory, Set.of(SavedModelFile.SERVE)));
    var unused = read.values(); // as of now
    return read;
  }

  /**
   * Reads what lies beside a model's description; empty if nothing of that directory does.
   *
   * @param filepath the directory as the description has it
   */
  public static Optional<SavedFunctions> of(String filepath, LayerFiles files) {
    return files
        .find(fileName(filepath))
        .map(b -> new SavedFunctions(SavedModelFile.of(Path.of(filepath), b)));
  }

  /** Returns the name of the file that a model file keeps of a directory. */
  public static String fileName(String filepath) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(filepath.getBytes(StandardCharsets.UTF_8));
      return "saved_model-" + HexFormat.of().formatHex(hash, 0, HASH) + ".pb";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** Returns what a model file keeps. */
  public byte[] content() {
    return file.content();
  }

  /**
   * Returns an endpoint that a layer can be made of.
   *
   * @throws ModelFormatException if there is none of that name, or a layer cannot hold it
   */
  public Endpoint endpoint(String name) {
    return endpoint(name, v -> Refusals.check(this, name, v));
  }

  /**
   * As {@link #endpoint}, of one that is called where nothing trains, too, so it changes nothing.
   */
  public Endpoint serving(String name) {
    return endpoint(
        name,
        v -> {
          Refusals.check(this, name, v);
          Refusals.checkConstant(this, name, v);
        });
  }

  private Endpoint endpoint(String name, Consumer<ConcreteFunction> check) {
    try {
      Endpoint found = endpoints.find(name).orElseThrow(() -> unknown(name));
      found.concreteFunctions().forEach(check);
      return found;
    } catch (IllegalArgumentException e) {
      throw fail(String.valueOf(e.getMessage()));
    } catch (IndexOutOfBoundsException | NoSuchElementException e) {
      throw fail("the endpoint " + name + " is damaged; export the model again: " + e.getMessage());
    }
  }

  /** Returns whether there is an endpoint of that name. */
  public boolean has(String endpoint) {
    try {
      return endpoints.find(endpoint).isPresent();
    } catch (IllegalArgumentException | IndexOutOfBoundsException refused) {
      return true;
    }
  }

  private IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "there is no endpoint " + name + "; the signatures are " + endpoints.signatures());
  }

  private ModelFormatException fail(String text) {
    return file.wrong(SavedModelFile.NAME, text, null);
  }

  /**
   * Returns what comes of a function's body, which nothing has looked through before.
   *
   * @throws ModelFormatException if the body is damaged
   */
  public <T> T whole(String function, Supplier<T> use) {
    try {
      return use.get();
    } catch (ModelFormatException e) {
      throw e;
    } catch (RuntimeException e) {
      if (e instanceof IllegalArgumentException && e.getMessage() != null) {
        throw e; // says what is wrong; those of missing parts of messages have no text
      }
      throw file.wrong(
          SavedModelFile.NAME,
          "the function " + function + " is damaged; export the model again: " + e,
          e);
    }
  }

  /** Returns the variable of a number; empty if another object has it. */
  public Optional<ObjectGraph.Variable> variable(int node) {
    return objects.variable(node);
  }

  /** Returns the constant of a number; empty if another object has it. */
  public Optional<NodeDef> constant(int node) {
    return objects
        .object(node)
        .filter(o -> o.hasConstant())
        .flatMap(
            o ->
                file.graph().getGraphDef().getNodeList().stream()
                    .filter(n -> n.getName().equals(o.getConstant().getOperation()))
                    .findFirst());
  }

  /** Returns the functions. */
  public FunctionLibrary library() {
    return library;
  }

  /**
   * Returns the variables' first values; of what a model file keeps, which has values of its own,
   * they are looked for when this is first called.
   *
   * @throws ModelFormatException if their files are missing or damaged
   */
  public synchronized SavedValues values() {
    SavedValues read = values;
    if (read == null) {
      read = SavedValues.of(file);
      values = read;
    }
    return read;
  }
}
