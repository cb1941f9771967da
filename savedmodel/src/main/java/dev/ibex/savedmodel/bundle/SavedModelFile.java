package dev.ibex.savedmodel.bundle;

import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.ibex.ModelFormatException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/**
 * A SavedModel directory: the description of one of its graphs, and where its other parts lie.
 * Reading it needs nothing native.
 *
 * @param directory the directory
 * @param graph the graph of the tags that were asked for
 */
public record SavedModelFile(Path directory, MetaGraphDef graph) {
  /** The file with the descriptions. */
  public static final String NAME = "saved_model.pb";

  private static final String TEXT = "saved_model.pbtxt";

  /** The tag of graphs that serve. */
  public static final String SERVE = "serve";

  /** Returns whether a directory is a SavedModel. */
  public static boolean isOne(Path directory) {
    return Files.isRegularFile(directory.resolve(NAME));
  }

  /**
   * Reads the only graph, or of several that of the tag {@link #SERVE}.
   *
   * @throws ModelFormatException if the file is missing or damaged, or there are several graphs and
   *     none has just that tag; the text lists the tags there are
   */
  public static SavedModelFile read(Path directory) {
    List<MetaGraphDef> all = all(directory);
    return all.size() == 1
        ? new SavedModelFile(directory, all.get(0))
        : choose(directory, all, Set.of(SERVE));
  }

  /**
   * Reads the graph of some tags.
   *
   * @throws ModelFormatException if the file is missing or damaged, or no graph has just these
   *     tags; the text lists the tags there are
   */
  public static SavedModelFile read(Path directory, Set<String> tags) {
    return choose(directory, all(directory), tags);
  }

  private static SavedModelFile choose(Path directory, List<MetaGraphDef> all, Set<String> tags) {
    return all.stream()
        .filter(g -> Set.copyOf(g.getMetaInfoDef().getTagsList()).equals(tags))
        .findFirst()
        .map(g -> new SavedModelFile(directory, g))
        .orElseThrow(
            () ->
                new ModelFormatException(
                    directory,
                    NAME,
                    "there is no graph with the tags "
                        + tags
                        + "; those there are have "
                        + all.stream().map(g -> g.getMetaInfoDef().getTagsList()).toList(),
                    null));
  }

  /**
   * Returns the descriptions of all graphs.
   *
   * @throws ModelFormatException if the file is missing or damaged
   */
  public static List<MetaGraphDef> all(Path directory) {
    Path file = directory.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw missing(directory);
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      SavedModel model = SavedModel.parseFrom(in, ExtensionRegistryLite.getEmptyRegistry());
      if (model.getMetaGraphsCount() == 0) {
        throw damaged(directory, "it describes no graph", null);
      }
      return model.getMetaGraphsList();
    } catch (IOException e) {
      throw damaged(directory, String.valueOf(e.getMessage()), e);
    }
  }

  private static ModelFormatException missing(Path directory) {
    Path latest = directory.resolve(Long.toString(Versions.latest(directory)));
    String text = "this part is missing; a SavedModel is a directory that has it";
    if (Files.isRegularFile(directory)) {
      text = "the path is a file; a SavedModel is a directory that has this part";
    } else if (!Files.exists(directory)) {
      text = "there is no such directory";
    } else if (Files.exists(directory.resolve(TEXT))) {
      text =
          "there is only "
              + TEXT
              + ", the same as text, which is not read; load it in Python and save it again";
    } else if (isOne(latest)) {
      text = "the directory holds versions of a SavedModel; take the newest, " + latest;
    }
    return new ModelFormatException(directory, NAME, text, null);
  }

  private static ModelFormatException damaged(
      Path directory, String text, @Nullable Exception cause) {
    return new ModelFormatException(
        directory,
        NAME,
        "it is damaged or was not completely written; export the model again: " + text,
        cause);
  }

  /** Returns the error that a part of the file is wrong. */
  public ModelFormatException wrong(String place, String text, @Nullable Exception cause) {
    return new ModelFormatException(directory, place, text, cause);
  }

  /** Returns the newest of the versions that a directory holds; empty if it holds none. */
  public static Optional<Path> newestVersion(Path directory) {
    return Optional.of(directory.resolve(Long.toString(Versions.latest(directory))))
        .filter(SavedModelFile::isOne);
  }

  /** Returns how errors name a file of the directory. */
  String part(Path path) {
    return part(directory, path);
  }

  static String part(Path directory, Path path) {
    return directory.relativize(path).toString().replace('\\', '/');
  }

  /**
   * Returns the graph that serves of a file's content.
   *
   * @param directory where the file lay, for the texts of errors
   * @throws ModelFormatException if the content is damaged
   */
  public static SavedModelFile of(Path directory, byte[] content) {
    try {
      SavedModel all = SavedModel.parseFrom(content, ExtensionRegistryLite.getEmptyRegistry());
      return new SavedModelFile(directory, all.getMetaGraphs(0));
    } catch (InvalidProtocolBufferException | IndexOutOfBoundsException e) {
      throw damaged(directory, String.valueOf(e.getMessage()), e);
    }
  }

  /** Returns the content of a file with this graph alone. */
  public byte[] content() {
    return SavedModel.newBuilder()
        .setSavedModelSchemaVersion(1)
        .addMetaGraphs(graph)
        .build()
        .toByteArray();
  }

  /** Returns the prefix of the files with the variables' values. */
  public Path variables() {
    return variables(directory);
  }

  static Path variables(Path directory) {
    return directory.resolve("variables").resolve("variables");
  }
}
