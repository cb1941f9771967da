package dev.ibex.graph;

import com.google.protobuf.ByteString;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.SourceMetadata;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A file of events as TensorFlow 2 writes it and TensorBoard reads it: records with checksums, each
 * an {@code Event} message.
 *
 * <p>What was flushed can be read while the file is open and after the process was killed. For one
 * thread.
 */
public final class EventFile implements AutoCloseable {
  /** The number of buckets of a histogram, TensorBoard's default. */
  static final int BUCKETS = 30;

  private final Path path;
  private final OutputStream out;

  private EventFile(Path path) throws IOException {
    this.path = path;
    this.out = new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW));
  }

  /**
   * Opens a new file in a directory, which is created if missing.
   *
   * @throws UncheckedIOException if it cannot be written; the text names it
   */
  public static EventFile create(Path directory) {
    try {
      Files.createDirectories(directory);
      EventFile file = open(directory);
      file.write(
          Event.newBuilder()
              .setFileVersion("brain.Event:2")
              .setSourceMetadata(SourceMetadata.newBuilder().setWriter("dev.ibex.graph.EventFile"))
              .build());
      file.flush();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "event directory " + directory + " cannot be written: " + e + "; choose another", e);
    }
  }

  /** The names of a directory's files sort by age; the last part tells those of a second apart. */
  private static EventFile open(Path directory) throws IOException {
    long seconds = System.currentTimeMillis() / 1000;
    long process = ProcessHandle.current().pid();
    for (int i = 0; ; i++) {
      String name =
          String.format(
              Locale.ROOT, "events.out.tfevents.%010d.ibex.%d.%d.v2", seconds, process, i);
      try {
        return new EventFile(directory.resolve(name));
      } catch (FileAlreadyExistsException e) {
        // taken, so the next
      }
    }
  }

  /** Returns where the file is. */
  public Path path() {
    return path;
  }

  /** Adds a number, as float32. */
  public void scalar(String tag, long step, double value) {
    summary(
        tag,
        step,
        metadata("scalars", ""),
        TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).addFloatVal((float) value));
  }

  /**
   * Adds the distribution of numbers over {@value #BUCKETS} buckets of equal width from the least
   * to the largest; the last bucket holds all where they are equal. What is not finite is left out.
   */
  public void histogram(String tag, long step, Array values) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_DOUBLE);
    for (double[] bucket : buckets(values)) {
      Arrays.stream(bucket).forEach(tensor::addDoubleVal);
    }
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setSize(BUCKETS);
    shape.addDimBuilder().setSize(3);
    summary(tag, step, metadata("histograms", ""), tensor.setTensorShape(shape));
  }

  /** Returns left edge, right edge and count of each bucket. */
  private static double[][] buckets(Array values) {
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < values.size(); i++) {
      double x = values.number(i);
      if (Double.isFinite(x)) {
        least = Math.min(least, x);
        largest = Math.max(largest, x);
      }
    }
    double[][] buckets = new double[BUCKETS][3];
    if (least > largest) {
      return buckets; // there are none
    }
    double width = (largest - least) / BUCKETS;
    for (int i = 0; i < BUCKETS; i++) {
      buckets[i][0] = least + i * width;
      buckets[i][1] = i == BUCKETS - 1 ? largest : least + (i + 1) * width;
    }
    for (int i = 0; i < values.size(); i++) {
      double x = values.number(i);
      if (Double.isFinite(x)) {
        int at = width == 0 ? BUCKETS - 1 : (int) Math.min((x - least) / width, BUCKETS - 1);
        buckets[at][2]++;
      }
    }
    return buckets;
  }

  /**
   * Adds a text for a plugin of TensorBoard.
   *
   * @param plugin the plugin's name, which decides where the text is shown
   * @param content what that plugin wants to know beside the text, such as a version
   */
  public void text(String tag, long step, String plugin, String content, String value) {
    summary(
        tag,
        step,
        metadata(plugin, content),
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .addStringVal(ByteString.copyFromUtf8(value)));
  }

  /** Adds a graph, which TensorBoard shows as that of the directory. */
  public void graph(GraphDef graph) {
    write(Event.newBuilder().setGraphDef(graph.toByteString()).build());
  }

  private static SummaryMetadata metadata(String plugin, String content) {
    return SummaryMetadata.newBuilder()
        .setPluginData(
            SummaryMetadata.PluginData.newBuilder()
                .setPluginName(plugin)
                .setContent(ByteString.copyFromUtf8(content)))
        .build();
  }

  private void summary(String tag, long step, SummaryMetadata metadata, TensorProto.Builder value) {
    if (!value.hasTensorShape()) {
      value.setTensorShape(TensorShapeProto.getDefaultInstance());
    }
    write(
        Event.newBuilder()
            .setStep(step)
            .setSummary(
                Summary.newBuilder()
                    .addValue(
                        Summary.Value.newBuilder()
                            .setTag(tag)
                            .setMetadata(metadata)
                            .setTensor(value)))
            .build());
  }

  /** Writes a record: length, checksum of the length, content, checksum of the content. */
  private void write(Event event) {
    byte[] content =
        event.toBuilder().setWallTime(System.currentTimeMillis() / 1e3).build().toByteArray();
    byte[] length = little(Long.BYTES).putLong(content.length).array();
    try {
      out.write(length);
      out.write(little(Integer.BYTES).putInt(MaskedCrc.of(length)).array());
      out.write(content);
      out.write(little(Integer.BYTES).putInt(MaskedCrc.of(content)).array());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Hands everything added so far to the system.
   *
   * @throws UncheckedIOException if it cannot be written; the text names the file
   */
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private UncheckedIOException failed(IOException e) {
    return new UncheckedIOException("event file " + path + " cannot be written: " + e, e);
  }

  /** Writes what is left and closes the file; closing again does nothing. */
  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
