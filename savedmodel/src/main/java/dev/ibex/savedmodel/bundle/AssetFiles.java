package dev.ibex.savedmodel.bundle;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.ibex.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.CollectionDef;

/** The files that a graph reads while it is made ready, such as vocabularies. */
public final class AssetFiles {
  private static final String FOLDER = "assets";
  private static final String COLLECTION = "saved_model_assets";

  private AssetFiles() {}

  /**
   * Returns the paths by the names of the tensors that take them.
   *
   * @throws ModelFormatException if a file is missing or lies outside the directory
   */
  static Map<String, Path> of(SavedModelFile file) {
    Map<String, Path> paths = new LinkedHashMap<>();
    for (AssetFileDef asset : declared(file)) {
      paths.put(asset.getTensorInfo().getName(), path(file, asset.getFilename()));
    }
    return paths;
  }

  /** Files of TensorFlow 1 list them in a collection alone. */
  /**
   * Returns what the graph says of its files.
   *
   * @throws ModelFormatException if that is damaged
   */
  public static List<AssetFileDef> declared(SavedModelFile file) {
    if (file.graph().getAssetFileDefCount() > 0) {
      return file.graph().getAssetFileDefList();
    }
    List<AssetFileDef> listed = new ArrayList<>();
    try {
      for (Any a :
          file.graph()
              .getCollectionDefOrDefault(COLLECTION, CollectionDef.getDefaultInstance())
              .getAnyList()
              .getValueList()) {
        listed.add(a.unpack(AssetFileDef.class));
      }
    } catch (InvalidProtocolBufferException e) {
      throw file.wrong(
          SavedModelFile.NAME,
          "collection " + COLLECTION + ": expected descriptions of files, got: " + e.getMessage(),
          e);
    }
    return listed;
  }

  private static Path path(SavedModelFile file, String name) {
    String place = FOLDER + "/" + name;
    Path folder = file.directory().resolve(FOLDER);
    Path path;
    try {
      path = folder.resolve(name);
    } catch (InvalidPathException e) {
      throw file.wrong(place, "this is no name of a file: " + e.getMessage(), e);
    }
    if (name.isEmpty() || !path.normalize().startsWith(folder.normalize())) {
      throw outside(file, place);
    } else if (!Files.isRegularFile(path)) {
      throw file.wrong(
          place, "this part is missing, but the graph reads it; copy the whole directory", null);
    }
    try {
      if (!path.toRealPath().startsWith(file.directory().toRealPath())) {
        throw outside(file, place);
      }
      return path.toAbsolutePath();
    } catch (IOException e) {
      throw file.wrong(place, "this part cannot be read: " + e.getMessage(), e);
    }
  }

  private static ModelFormatException outside(SavedModelFile file, String place) {
    return file.wrong(
        place,
        "the graph asks for a file outside of the model's directory, which is refused; if you"
            + " trust it, copy that file into the directory",
        null);
  }
}
