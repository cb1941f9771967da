package dev.ibex.pictures;

import dev.ibex.core.Check;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Array;
import java.nio.file.Path;

/**
 * Images side by side, such as samples of data or what a model made. Immutable.
 *
 * <pre>{@code
 * ImageGrid.of(generator.predict(noise).array()).plot(Path.of("made.png"));
 * }</pre>
 */
public final class ImageGrid {
  private final Array images;
  private final int columns;
  private final int zoom;

  private ImageGrid(Array images, int columns, int zoom) {
    this.images = images;
    this.columns = columns;
    this.zoom = zoom;
  }

  /**
   * Returns a grid of 8 columns.
   *
   * @param images {@code [image, height, width]} or {@code [image, height, width, channels]} with 1
   *     channel (grey) or 3 (red, green, blue), from 0 (black) to 1; what is beyond is cut off
   * @throws IllegalArgumentException if they have another shape, or there are none
   */
  public static ImageGrid of(Array images) {
    int rank = images.shape().numDimensions();
    boolean fits =
        rank == 3 || (rank == 4 && (images.shape().get(3) == 1 || images.shape().get(3) == 3));
    Check.that(
        fits && images.size() > 0,
        "images: expected the shape (images, height, width) or (images, height, width, 1 or 3),"
            + " got %s",
        TensorSpec.text(images.shape()));
    return new ImageGrid(images, 8, 6);
  }

  /** Returns this grid with another number of columns; default 8. */
  public ImageGrid columns(int count) {
    return new ImageGrid(images, Check.positive("columns", count), zoom);
  }

  /** Returns this grid with another size of the images' dots; default 6. */
  public ImageGrid zoom(int size) {
    return new ImageGrid(images, columns, Check.positive("zoom", size));
  }

  /**
   * Draws into a file. Folders that are missing are made.
   *
   * @param file a name that ends with {@code .png} or {@code .svg}
   * @throws IllegalArgumentException if it ends otherwise
   * @throws IllegalStateException if a library is missing; the text names the artifact to add
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public void plot(Path file) {
    Format format = Format.of(file);
    format.write(file, ImagePainter.picture(images, columns, zoom));
  }
}
