package dev.ibex.savedmodel.outline;

import com.google.protobuf.ExtensionRegistryLite;
import dev.ibex.ModelFormatException;
import dev.ibex.savedmodel.bundle.SavedModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.FingerprintDef;

/**
 * What is in a SavedModel directory.
 *
 * @param fingerprint hashes of parts by name, unsigned; empty if there is no fingerprint
 */
public record SavedModelOutline(List<GraphOutline> graphs, Map<String, String> fingerprint) {
  private static final String FINGERPRINT = "fingerprint.pb";

  /**
   * Reads a directory.
   *
   * @throws ModelFormatException if a part is missing or damaged
   */
  public static SavedModelOutline read(Path directory) {
    return new SavedModelOutline(
        SavedModelFile.all(directory).stream()
            .map(g -> GraphOutline.of(new SavedModelFile(directory, g)))
            .toList(),
        fingerprint(directory));
  }

  private static Map<String, String> fingerprint(Path directory) {
    Path file = directory.resolve(FINGERPRINT);
    Map<String, String> hashes = new LinkedHashMap<>();
    if (!Files.isRegularFile(file)) {
      return hashes;
    }
    try {
      FingerprintDef f =
          FingerprintDef.parseFrom(
              Files.readAllBytes(file), ExtensionRegistryLite.getEmptyRegistry());
      hashes.put("saved_model_checksum", Long.toUnsignedString(f.getSavedModelChecksum()));
      hashes.put("graph_def_program_hash", Long.toUnsignedString(f.getGraphDefProgramHash()));
      hashes.put("signature_def_hash", Long.toUnsignedString(f.getSignatureDefHash()));
      hashes.put("saved_object_graph_hash", Long.toUnsignedString(f.getSavedObjectGraphHash()));
      hashes.put("checkpoint_hash", Long.toUnsignedString(f.getCheckpointHash()));
      return hashes;
    } catch (IOException e) {
      throw new ModelFormatException(
          directory,
          FINGERPRINT,
          "it is damaged; remove it, nothing needs it: " + e.getMessage(),
          e);
    }
  }
}
