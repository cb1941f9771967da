package dev.ibex.savedmodel.outline;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.ibex.savedmodel.bundle.SavedModelFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.CollectionDef;

/**
 * A file that the graph reads while it is made ready.
 *
 * @param name its name below {@code assets}
 * @param tensor the tensor that takes its path
 * @param there whether it is there
 */
public record AssetOutline(String name, String tensor, boolean there) {
  private static final String COLLECTION = "saved_model_assets";

  static List<AssetOutline> all(SavedModelFile file) {
    return declared(file).stream()
        .map(
            a ->
                new AssetOutline(
                    a.getFilename(),
                    a.getTensorInfo().getName(),
                    isThere(file.directory().resolve("assets"), a.getFilename())))
        .toList();
  }

  private static boolean isThere(Path folder, String name) {
    try {
      return Files.isRegularFile(folder.resolve(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Files of TensorFlow 1 list them in a collection alone. */
  private static List<AssetFileDef> declared(SavedModelFile file) {
    if (file.graph().getAssetFileDefCount() > 0) {
      return file.graph().getAssetFileDefList();
    }
    List<AssetFileDef> listed = new ArrayList<>();
    CollectionDef none = CollectionDef.getDefaultInstance();
    for (Any a :
        file.graph().getCollectionDefOrDefault(COLLECTION, none).getAnyList().getValueList()) {
      try {
        listed.add(a.unpack(AssetFileDef.class));
      } catch (InvalidProtocolBufferException e) {
        throw file.wrong(
            SavedModelFile.NAME,
            "collection " + COLLECTION + ": expected descriptions of files, got: " + e.getMessage(),
            e);
      }
    }
    return listed;
  }
}
