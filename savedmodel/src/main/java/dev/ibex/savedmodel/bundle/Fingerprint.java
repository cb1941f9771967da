package dev.ibex.savedmodel.bundle;

import com.google.protobuf.MessageLite;
import dev.ibex.graph.Array;
import dev.ibex.graph.BundleIndex;
import dev.ibex.graph.Evaluation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.FingerprintDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.VersionDef;

/**
 * What tells SavedModels apart: 64-bit FarmHashes of their parts.
 *
 * <p>The checksum of {@code saved_model.pb} is what TensorFlow computes. The other hashes are of
 * the parts as they are written: they differ where a part does, though TensorFlow, which first
 * brings the parts of its own files into an order, would compute others.
 */
final class Fingerprint {
  static final String NAME = "fingerprint.pb";
  private static final int VERSION = 1;

  private Fingerprint() {}

  static FingerprintDef of(SavedModelFile file, byte[] description) throws IOException {
    MetaGraphDef graph = file.graph();
    Path index = BundleIndex.file(file.variables());
    List<Long> hashes =
        hashes(
            List.of(
                description,
                bytes(graph.getGraphDef()),
                bytes(MetaGraphDef.newBuilder().putAllSignatureDef(graph.getSignatureDefMap())),
                bytes(graph.getObjectGraphDef()),
                Files.readAllBytes(index)));
    return FingerprintDef.newBuilder()
        .setSavedModelChecksum(hashes.get(0))
        .setGraphDefProgramHash(hashes.get(1))
        .setSignatureDefHash(hashes.get(2))
        .setSavedObjectGraphHash(hashes.get(3))
        .setCheckpointHash(hashes.get(4))
        .setVersion(VersionDef.newBuilder().setProducer(VERSION))
        .build();
  }

  private static byte[] bytes(MessageLite message) {
    return message.toByteArray();
  }

  private static byte[] bytes(MessageLite.Builder message) {
    return bytes(message.build());
  }

  private static List<Long> hashes(List<byte[]> parts) {
    List<Long> hashes = new ArrayList<>();
    for (byte[] part : parts) {
      Array text = Array.ofBytes(Shape.of(1), part);
      Array hash = Evaluation.of((tf, in) -> List.of(hash(tf, in.get(0))), text).get(0);
      ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int b : hash.ints()) {
        bytes.put((byte) b);
      }
      hashes.add(bytes.flip().getLong());
    }
    return hashes;
  }

  private static org.tensorflow.Operand<?> hash(Ops tf, org.tensorflow.Operand<?> text) {
    return tf.fingerprint(text, tf.constant("farmhash64"));
  }
}
