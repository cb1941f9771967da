package dev.ibex.savedmodel.tool;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;

/**
 * What to write.
 *
 * @param path the file or directory
 * @param directory whether it is given as a directory: with a slash at its end
 */
record OutPath(Path path, boolean directory) {
  /** Reads the text of an argument. */
  static final class Converter implements ITypeConverter<OutPath> {
    @Override
    public OutPath convert(String text) {
      String separator = Path.of(text).getFileSystem().getSeparator();
      return new OutPath(Path.of(text), text.endsWith("/") || text.endsWith(separator));
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
