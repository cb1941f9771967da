package dev.ibex.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.Summary;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

class EventFileTest {
  @TempDir Path directory;

  /** Reads a file by TensorFlow's own reader, which checks lengths and checksums. */
  private static List<Event> read(Path file) throws InvalidProtocolBufferException {
    try (GraphSession session = new GraphSession()) {
      Ops tf = session.tf();
      List<Class<? extends TType>> types = List.of(TString.class);
      Operand<? extends TType> records =
          tf.data.tfRecordDataset(
              tf.array(file.toString()),
              tf.constant(""),
              tf.constant(0L),
              tf.constant(new long[1]));
      Operand<? extends TType> all =
          tf.data.batchDataset(
              records, tf.constant(1000L), tf.constant(false), types, List.of(Shape.of(-1)));
      Operand<?> one =
          tf.data.datasetToSingleElement(all, types, List.of(Shape.of(-1))).components().get(0);
      List<Event> events = new ArrayList<>();
      try (Result r = session.function("read", List.of(), List.of(one), List.of()).run(List.of())) {
        TString contents = (TString) r.get(0);
        for (long i = 0; i < contents.shape().get(0); i++) {
          events.add(Event.parseFrom(contents.asBytes().getObject(i)));
        }
      }
      return events;
    }
  }

  private static Summary.Value value(Event event) {
    assertThat(event.getSummary().getValueCount()).isEqualTo(1);
    return event.getSummary().getValue(0);
  }

  @Test
  void what_was_flushed_is_read_by_tensorflow_while_the_file_is_open() throws IOException {
    try (EventFile file = EventFile.create(directory.resolve("a/b"))) {
      file.scalar("loss", 7, 0.1);
      file.text("model", 0, "graph_keras_model", "1", "{\"ü\":1}");
      file.graph(
          GraphDef.newBuilder().addNode(NodeDef.newBuilder().setName("x").setOp("NoOp")).build());
      file.flush();
      file.scalar("not flushed", 8, 1);
      assertThat(file.path().getFileName().toString())
          .matches("events\\.out\\.tfevents\\.\\d{10}\\.ibex\\.\\d+\\.0\\.v2");
      List<Event> events = read(file.path());
      assertThat(events).hasSize(4);
      assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
      assertThat(events.get(0).getWallTime())
          .isCloseTo(System.currentTimeMillis() / 1e3, within(60.0));
      assertThat(events.get(1).getStep()).isEqualTo(7);
      assertThat(value(events.get(1)).getTag()).isEqualTo("loss");
      assertThat(value(events.get(1)).getTensor().getFloatVal(0)).isEqualTo(0.1f);
      assertThat(value(events.get(1)).getMetadata().getPluginData().getPluginName())
          .isEqualTo("scalars");
      assertThat(value(events.get(2)).getTensor().getStringVal(0).toStringUtf8())
          .isEqualTo("{\"ü\":1}");
      assertThat(value(events.get(2)).getMetadata().getPluginData().getContent().toStringUtf8())
          .isEqualTo("1");
      assertThat(GraphDef.parseFrom(events.get(3).getGraphDef()).getNode(0).getName())
          .isEqualTo("x");
    }
  }

  private double[] histogram(double... values) throws IOException {
    try (EventFile file = EventFile.create(directory)) {
      file.histogram("h", 1, Array.of(Shape.of(values.length), values));
      file.flush();
      Summary.Value value = value(read(file.path()).get(1));
      assertThat(value.getMetadata().getPluginData().getPluginName()).isEqualTo("histograms");
      assertThat(value.getTensor().getTensorShape().getDim(0).getSize()).isEqualTo(30);
      assertThat(value.getTensor().getTensorShape().getDim(1).getSize()).isEqualTo(3);
      return value.getTensor().getDoubleValList().stream()
          .mapToDouble(Double::doubleValue)
          .toArray();
    }
  }

  @Test
  void a_histogram_counts_between_the_least_and_the_largest() throws IOException {
    double[] triples = histogram(-1, 2, 1.95, 0.5, -0.95, Double.NaN, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < 30; i++) {
      assertThat(triples[3 * i]).isCloseTo(-1 + 0.1 * i, within(1e-12));
      assertThat(triples[3 * i + 1]).isCloseTo(-0.9 + 0.1 * i, within(1e-12));
      assertThat(triples[3 * i + 2])
          .as("bucket %d", i)
          .isEqualTo(i == 0 || i == 29 ? 2 : i == 15 ? 1 : 0);
    }
    assertThat(triples[3 * 29 + 1]).isEqualTo(2);
  }

  @Test
  void equal_values_are_in_the_last_bucket_and_none_in_no_bucket() throws IOException {
    double[] same = histogram(3, 3);
    for (int i = 0; i < 30; i++) {
      assertThat(List.of(same[3 * i], same[3 * i + 1], same[3 * i + 2]))
          .containsExactly(3.0, 3.0, i == 29 ? 2.0 : 0.0);
    }
    assertThat(histogram(Double.NaN)).containsOnly(0).hasSize(90);
  }

  @Test
  void files_of_one_second_get_names_of_their_own() {
    try (EventFile a = EventFile.create(directory);
        EventFile b = EventFile.create(directory)) {
      assertThat(a.path()).isNotEqualTo(b.path());
    }
  }

  @Test
  void a_directory_that_cannot_be_written_is_named() throws IOException {
    Path file = Files.writeString(directory.resolve("logs"), "", StandardCharsets.UTF_8);
    assertThatThrownBy(() -> EventFile.create(file.resolve("train")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("event directory " + file.resolve("train") + " cannot be written: ")
        .hasMessageEndingWith("; choose another");
  }
}
