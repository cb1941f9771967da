package dev.ibex.savedmodel.keras;

import dev.ibex.ModelFormatException;
import dev.ibex.core.Check;
import dev.ibex.graph.Array;
import dev.ibex.savedmodel.files.AtomicFile;
import dev.ibex.savedmodel.files.Magic;
import dev.ibex.savedmodel.hdf5.Hdf5Content;
import dev.ibex.savedmodel.hdf5.Hdf5File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Writes weights in several HDF5 files and a JSON file that lists them.
 *
 * <p>Those that the JSON file lists now stay as they are until it is replaced, so a process killed
 * at any point leaves either set whole. Keras opens number 0 whatever the JSON file says; where the
 * weights have other numbers, it is a file without weights.
 */
final class ShardWriter {
  /** Tells the files of a set from others that are named alike. */
  private static final String OWNER = "shard_of";

  private final Path json;
  private final String base;
  private final long maxBytes;

  /** Names that the JSON file lists before this one is written. */
  private final Set<String> current;

  private final List<WeightContent> shards = new ArrayList<>();
  private long bytes;
  private long total;

  private ShardWriter(Path json, long maxBytes) {
    this.json = json;
    this.maxBytes = maxBytes;
    String name = String.valueOf(json.getFileName());
    this.base = name.substring(0, name.length() - ".json".length()).replace(".weights", "");
    this.current = current(json);
  }

  /**
   * Writes weights.
   *
   * @param maxBytes how large the weights of one file may be
   * @throws IllegalArgumentException if one weight is larger
   * @throws UncheckedIOException if a file cannot be written; then what was there is still whole
   */
  static void write(WeightContent weights, Path json, long maxBytes) {
    ShardWriter writer = new ShardWriter(json, maxBytes);
    writer.split(weights);
    writer.writeAll();
  }

  private static Set<String> current(Path json) {
    if (!Files.exists(json)) {
      return Set.of();
    }
    try {
      return ShardIndex.read(json).files();
    } catch (ModelFormatException damaged) {
      return Set.of();
    }
  }

  private void split(WeightContent weights) {
    startShard();
    weights.arrays().forEach(this::add);
    Set<String> named = new TreeSet<>();
    for (WeightContent shard : shards) {
      for (String path : shard.arrays().keySet()) {
        String owner = path.substring(0, path.lastIndexOf(WeightPaths.VARS));
        String name = weights.names().get(owner);
        if (name != null && named.add(owner)) {
          shard.names().put(owner, name);
        }
      }
    }
    // layers without weights have a name too
    weights
        .names()
        .forEach(
            (owner, name) -> {
              if (named.add(owner)) {
                shards.get(0).names().put(owner, name);
              }
            });
  }

  private void startShard() {
    shards.add(new WeightContent(new LinkedHashMap<>(), new LinkedHashMap<>()));
    bytes = 0;
  }

  private void add(String path, Array array) {
    long size = (long) array.size() * array.dtype().bytes();
    Check.that(
        size <= maxBytes,
        "maxShardBytes: the weight %s takes %s bytes, more than the %s that a file may",
        path,
        size,
        maxBytes);
    if (bytes + size > maxBytes) {
      startShard();
    }
    shards.get(shards.size() - 1).arrays().put(path, array);
    bytes += size;
    total += size;
  }

  private void writeAll() {
    List<String> names = freeNames();
    Map<String, List<String>> index = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      WeightContent shard = shards.get(i);
      write(names.get(i), HdfWeights.write(shard));
      for (String path : shard.arrays().keySet()) {
        List<String> files =
            index.computeIfAbsent(
                path.substring(0, path.lastIndexOf('/')), group -> new ArrayList<>());
        if (!files.contains(names.get(i))) {
          files.add(names.get(i));
        }
      }
    }
    byte[] text = new ShardIndex(json, index).text(total).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(json, out -> out.write(text));
    removeFormer(Set.copyOf(names));
  }

  private void write(String name, Hdf5Content content) {
    content.attribute("", OWNER, String.valueOf(json.getFileName()));
    AtomicFile.write(json.resolveSibling(name), content::write);
  }

  /** Returns names that neither the JSON file nor anything else needs. */
  private List<String> freeNames() {
    List<String> names = new ArrayList<>();
    for (int i = 0; names.size() < shards.size(); i++) {
      String name = name(i);
      Path file = json.resolveSibling(name);
      if (!current.contains(name)
          && (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) || isOwn(file))) {
        names.add(name);
      }
    }
    return names;
  }

  private String name(int number) {
    return String.format(Locale.ROOT, "%s_%05d.weights.h5", base, number);
  }

  /** Returns whether a file was written as a part of this set. */
  private boolean isOwn(Path file) {
    if (Files.isSymbolicLink(file) || !Magic.isHdf5(file)) {
      return false;
    }
    try (Hdf5File hdf = Hdf5File.open(file)) {
      return hdf.root().text(OWNER).filter(json.getFileName().toString()::equals).isPresent();
    } catch (ModelFormatException damaged) {
      return false;
    }
  }

  /** Removes the files that the JSON file listed before, and those that killed writers left. */
  private void removeFormer(Set<String> names) {
    if (!names.contains(name(0))
        && (current.contains(name(0)) || isOwn(json.resolveSibling(name(0))))) {
      write(name(0), new Hdf5Content());
    }
    for (String name : numbered()) {
      if (!names.contains(name) && !name.equals(name(0))) {
        Path file = json.resolveSibling(name);
        if (current.contains(name) || isOwn(file)) {
          delete(file);
        }
      }
    }
  }

  private Set<String> numbered() {
    Set<String> found = new TreeSet<>();
    Path folder = json.toAbsolutePath().resolveSibling(".").normalize();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(f -> String.valueOf(f.getFileName()))
          .filter(n -> n.startsWith(base + "_") && n.matches(".*_\\d{5,}\\.weights\\.h5"))
          .forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(json + ": its folder cannot be read: " + e, e);
    }
    return found;
  }

  private void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": the former weights cannot be removed: " + e, e);
    }
  }
}
