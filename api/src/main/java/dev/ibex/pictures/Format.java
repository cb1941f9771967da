package dev.ibex.pictures;

import dev.ibex.core.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A kind of picture file. */
enum Format {
  /** Dots, two by two for each unit of length, so that text stays sharp; one in huge pictures. */
  PNG,
  /** Lines and text. */
  SVG;

  /**
   * Returns the format of a file, by the ending of its name.
   *
   * @throws IllegalArgumentException if it is another one
   * @throws IllegalStateException if a library is missing
   */
  static Format of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    Check.that(
        name.endsWith(".png") || name.endsWith(".svg"),
        "file: expected a name that ends with .png or .svg, got %s",
        file);
    Format format = name.endsWith(".png") ? PNG : SVG;
    Library.DESKTOP.need();
    if (format == SVG) {
      Library.BATIK.need();
    }
    return format;
  }

  /**
   * Writes a picture; folders that are missing are made.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  void write(Path file, Picture picture) {
    byte[] bytes = this == PNG ? Png.bytes(picture) : Svg.bytes(picture);
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(
          file.toAbsolutePath() + ": the picture cannot be written here; choose another place", e);
    }
  }
}
