package dev.ibex.savedmodel.files;

import dev.ibex.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A directory with the parts as files. */
final class FolderContainer implements Container {
  private static final int MAX_DEPTH = 64;

  private final Path folder;
  private final SortedSet<String> names = new TreeSet<>();

  private FolderContainer(Path folder) {
    this.folder = folder;
  }

  static FolderContainer open(Path folder) {
    FolderContainer container = new FolderContainer(folder);
    try (Stream<Path> files = Files.walk(folder, MAX_DEPTH)) {
      files
          .filter(Files::isRegularFile)
          .forEach(f -> container.names.add(folder.relativize(f).toString().replace('\\', '/')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return container;
  }

  @Override
  public Path path() {
    return folder;
  }

  @Override
  public SortedSet<String> names() {
    return names;
  }

  @Override
  public byte[] bytes(String name) {
    try (InputStream in = Files.newInputStream(file(name))) {
      return Limits.readSmall(folder, name, in);
    } catch (IOException e) {
      throw new ModelFormatException(folder, name, "cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public Path file(String name) {
    if (!names.contains(name)) {
      throw Limits.missing(folder, name);
    }
    return folder.resolve(name);
  }

  @Override
  public void close() {}
}
