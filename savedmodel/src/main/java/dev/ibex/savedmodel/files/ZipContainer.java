package dev.ibex.savedmodel.files;

import dev.ibex.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip; what its parts unpack to is limited by what the file can back. */
final class ZipContainer implements Container {
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final String part;
  private final ZipFile zip;
  private final Path temporary;
  private final SortedSet<String> names = new TreeSet<>();
  private final Map<String, Path> unpacked = new HashMap<>();

  private ZipContainer(Path path, String part, ZipFile zip, Path temporary) {
    this.path = path;
    this.part = part;
    this.zip = zip;
    this.temporary = temporary;
    zip.stream().filter(e -> !e.isDirectory()).forEach(e -> add(e.getName()));
  }

  /**
   * Opens a zip.
   *
   * @param temporary the directory that parts are unpacked into
   */
  static ZipContainer open(Path path, String part, Path actual, Path temporary) {
    try {
      ZipFile zip = new ZipFile(actual.toFile());
      try {
        return new ZipContainer(path, part, zip, temporary);
      } catch (ModelFormatException e) {
        zip.close();
        throw e;
      }
    } catch (ZipException | IllegalArgumentException e) {
      throw new ModelFormatException(path, part, "not a whole zip archive: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String name) {
    if (!names.add(name)) {
      throw new ModelFormatException(
          path, place(name), "is there twice; only one of them can be meant", null);
    }
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public SortedSet<String> names() {
    return names;
  }

  @Override
  public byte[] bytes(String name) {
    ZipEntry entry = entry(name);
    try (CheckedInputStream in = open(name, entry)) {
      byte[] content =
          Limits.read(path, place(name), in, Limits.unpacked(entry.getCompressedSize()));
      check(name, entry, in);
      return content;
    } catch (IOException e) {
      throw damaged(name, e);
    }
  }

  @Override
  public Path file(String name) {
    Path known = unpacked.get(name);
    if (known != null) {
      return known;
    }
    ZipEntry entry = entry(name);
    try {
      Path file = Files.createTempFile(temporary, "ibex", ".part");
      unpacked.put(name, file);
      try (OutputStream out = Files.newOutputStream(file)) {
        unpack(name, entry, out);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(
          path
              + "!"
              + place(name)
              + ": cannot be unpacked into the directory for temporary files, "
              + temporary
              + "; make room there or choose another by -Djava.io.tmpdir: "
              + e,
          e);
    }
  }

  private CheckedInputStream open(String name, ZipEntry entry) {
    try {
      return new CheckedInputStream(zip.getInputStream(entry), new CRC32());
    } catch (IOException e) {
      throw damaged(name, e);
    }
  }

  /** ZipFile leaves checksums alone. */
  private void check(String name, ZipEntry entry, CheckedInputStream read) {
    if (read.getChecksum().getValue() != entry.getCrc()) {
      throw new ModelFormatException(
          path, place(name), "damaged: its checksum differs; copy or save the file again", null);
    }
  }

  /**
   * Writes what an entry holds.
   *
   * @throws ModelFormatException if it cannot be read
   * @throws IOException if it cannot be written
   */
  private void unpack(String name, ZipEntry entry, OutputStream out) throws IOException {
    long limit = Limits.unpacked(entry.getCompressedSize());
    byte[] buffer = new byte[BUFFER];
    long total = 0;
    try (CheckedInputStream in = open(name, entry)) {
      for (int n = read(name, in, buffer); n >= 0; n = read(name, in, buffer)) {
        total += n;
        if (total > limit) {
          throw Limits.tooLarge(path, place(name), limit);
        }
        out.write(buffer, 0, n);
      }
      check(name, entry, in);
    }
  }

  private int read(String name, InputStream in, byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw damaged(name, e);
    }
  }

  private ZipEntry entry(String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null || entry.isDirectory()) {
      throw Limits.missing(path, place(name));
    }
    return entry;
  }

  private String place(String name) {
    return part.isEmpty() ? name : part + "!" + name;
  }

  private ModelFormatException damaged(String name, IOException e) {
    return new ModelFormatException(path, place(name), "damaged: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    List<Closing> all = new ArrayList<>();
    unpacked.values().forEach(file -> all.add(() -> Files.deleteIfExists(file)));
    all.add(zip::close);
    Closing.all(all);
  }
}
