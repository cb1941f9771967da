package dev.ibex.tests.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.savedmodel.hdf5.Hdf5Content;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/**
 * Writes an HDF5 file with everything that can be in one: {@code DIRECTORY}. The counterpart of
 * read_hdf5.py.
 */
public final class Hdf5Main {
  private static final int MANY = 10_000;
  private static final int TEXTS = 70_000;

  private final Hdf5Content content = new Hdf5Content();
  private final Map<String, Object> datasets = new LinkedHashMap<>();
  private final List<Map<String, Object>> attributes = new ArrayList<>();
  private final Map<String, Object> groups = new LinkedHashMap<>();

  private Hdf5Main() {}

  /** Writes the file and prints what is in it. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    Hdf5Main main = new Hdf5Main();
    main.datasets();
    main.attributes();
    main.groups();
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("all.h5")))) {
      main.content.write(out);
    }
    System.out.println(
        new ObjectMapper()
            .writeValueAsString(
                Map.of(
                    "datasets", main.datasets,
                    "attributes", main.attributes,
                    "groups", main.groups,
                    "size", main.content.size())));
  }

  private void datasets() {
    for (DType dtype : DType.values()) {
      for (Shape shape : List.of(Shape.scalar(), Shape.of(5), Shape.of(2, 3, 4), Shape.of(0, 4))) {
        add(dtype.lowerName() + "/rank_" + shape.numDimensions(), values(dtype, shape));
      }
    }
    Shape pair = Shape.of(2);
    add("limits/int8", Array.of(pair, -128, 127).cast(DType.INT8));
    add("limits/uint8", Array.of(pair, 0, 255).cast(DType.UINT8));
    add("limits/int16", Array.of(pair, -32768, 32767).cast(DType.INT16));
    add("limits/uint16", Array.of(pair, 0, 65535).cast(DType.UINT16));
    add("limits/int32", Array.of(pair, Integer.MIN_VALUE, Integer.MAX_VALUE));
    add("limits/uint32", Array.of(pair, 0L, 4294967295L).cast(DType.UINT32));
    add("limits/int64", Array.of(pair, Long.MIN_VALUE, Long.MAX_VALUE));
    add("limits/float16", Array.of(pair, 65504f, 0x1p-24f).cast(DType.FLOAT16));
    add("limits/float64", Array.of(pair, Double.MIN_VALUE, Double.MAX_VALUE));
    String[] texts = new String[TEXTS];
    Arrays.setAll(texts, i -> "word " + i);
    add("vocabulary", Array.of(texts));
  }

  private static Array values(DType dtype, Shape shape) {
    if (dtype != DType.STRING) {
      return Array.generate(dtype, shape, i -> dtype == DType.BOOL ? i % 2 : i);
    }
    String[] texts = new String[(int) shape.size()];
    Arrays.setAll(texts, i -> i % 2 == 0 ? "käse " + i : "");
    return Array.of(shape, texts);
  }

  private void add(String path, Array value) {
    content.dataset(path, value);
    Object elements =
        value.dtype() == DType.STRING
            ? value.strings()
            : value.dtype().isFloating() ? value.doubles() : value.longs();
    datasets.put(
        path,
        Map.of(
            "dtype",
            value.dtype().lowerName(),
            "shape",
            value.shape().asArray(),
            "elements",
            elements));
  }

  private void attributes() {
    text("", "keras_version", "3.15.1");
    text("", "model_config", "{\"name\": \"é漢\"}".repeat(20_000));
    text("", "empty", "");
    text("float32/rank_1", "about", "käse");
    text("bfloat16/rank_1", "about", "half");
    texts("", "layer_names", List.of("dense", "dense_1", "käse", ""));
    texts("", "none", List.of());
    texts("limits", "weights", IntStream.range(0, 9000).mapToObj(i -> "weight_" + i).toList());
  }

  private void text(String path, String name, String text) {
    content.attribute(path, name, text);
    attributes.add(Map.of("path", path, "name", name, "text", text));
  }

  private void texts(String path, String name, List<String> texts) {
    content.attribute(path, name, texts);
    attributes.add(Map.of("path", path, "name", name, "texts", texts));
  }

  private void groups() {
    content.group("lonely").group("deep" + "/d".repeat(50));
    for (int i = 0; i < MANY; i++) {
      content.group("many/layer_" + i);
    }
    content.dataset("many/layer_7/vars/0", Array.scalar(7));
    groups.put("lonely", 0);
    groups.put("deep" + "/d".repeat(50), 0);
    groups.put("many", MANY);
  }
}
