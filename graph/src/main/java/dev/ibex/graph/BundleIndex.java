package dev.ibex.graph;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/**
 * What is in the files {@code PREFIX.index} and {@code PREFIX.data-0000M-of-0000N} that TensorFlow
 * writes, read without anything native.
 *
 * @param prefix what the files' names begin with, directories included
 * @param shards how many files of data there are
 * @param entries the arrays by key, in the order of the keys' bytes
 */
public record BundleIndex(Path prefix, int shards, Map<String, Entry> entries) {
  /**
   * An array in the files.
   *
   * @param key its name
   * @param type of elements; may be one that {@link DType} has no name for
   * @param shard the number of the file with its elements; 0 if it is in parts
   * @param offset where these begin in the file; 0 if it is in parts
   * @param size how many bytes they are; 0 if it is in parts
   * @param parts in how many parts its elements lie in the files, each with a place of its own; 0
   *     for an array that is whole, as nearly all are
   */
  public record Entry(
      String key, DataType type, Shape shape, int shard, long offset, long size, int parts) {
    /** Returns the type of elements; empty for resources, variants and the like. */
    public Optional<DType> dtype() {
      return Stream.of(DType.values()).filter(t -> t.proto() == type).findFirst();
    }

    /** Returns the type's common name, such as {@code float32} or {@code variant}. */
    public String typeName() {
      return dtype()
          .map(DType::lowerName)
          .orElseGet(() -> type.name().replaceFirst("^DT_", "").toLowerCase(Locale.ROOT));
    }

    /** Returns key, type and shape, as error texts show them. */
    @Override
    public String toString() {
      return key + " " + typeName() + shape;
    }
  }

  /** Creates an index. */
  public BundleIndex {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** Returns whether there is an index file of a prefix. */
  public static boolean exists(Path prefix) {
    return Files.isRegularFile(file(prefix));
  }

  /** Returns the index file of a prefix. */
  public static Path file(Path prefix) {
    return sibling(prefix, ".index");
  }

  /** Returns the file with a part of the data. */
  public static Path dataFile(Path prefix, int shard, int shards) {
    return sibling(prefix, String.format(Locale.ROOT, ".data-%05d-of-%05d", shard, shards));
  }

  private static Path sibling(Path prefix, String ending) {
    Path name = prefix.getFileName();
    return prefix.resolveSibling((name == null ? "" : name) + ending);
  }

  /**
   * Reads the index, and makes sure that all arrays lie inside files of data that are there. The
   * elements are not read.
   *
   * @throws BundleException if a file is missing, too short or damaged; the text says which and
   *     where
   */
  public static BundleIndex read(Path prefix) {
    return new BundleIndexReader(prefix).read();
  }

  /** Returns the entries that TensorFlow can read, by key. */
  public Map<String, TensorBundle.Entry> readable() {
    Map<String, TensorBundle.Entry> readable = new LinkedHashMap<>();
    entries.forEach(
        (key, e) ->
            e.dtype().ifPresent(t -> readable.put(key, new TensorBundle.Entry(key, t, e.shape()))));
    return readable;
  }
}
