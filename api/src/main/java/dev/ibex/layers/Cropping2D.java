package dev.ibex.layers;

/**
 * Images without some rows and columns at the edges.
 *
 * <p>{@code x: [batch, height, width, channels] -> y: [batch, height - top - bottom, width - left -
 * right, channels]}, or with the channels first. Something must be left. Keeps the type; drops the
 * mask. Source: {@code keras.layers.Cropping2D}.
 */
public final class Cropping2D extends CroppingLayer<Cropping2D> {
  private Cropping2D(Config config) {
    super(2, config, Cropping2D::new);
  }

  /** Returns a layer that removes nothing, as Keras's default does. */
  public static Cropping2D of() {
    return of(0);
  }

  /** Returns a layer that removes as many rows or columns at each edge. */
  public static Cropping2D of(int all) {
    return of(all, all);
  }

  /** Returns a layer that removes rows at top and bottom, columns at left and right. */
  public static Cropping2D of(int rows, int columns) {
    return of(rows, rows, columns, columns);
  }

  /** Returns a layer that removes different numbers of rows and columns at each edge. */
  public static Cropping2D of(int top, int bottom, int left, int right) {
    return new Cropping2D(Config.of(top, bottom, left, right));
  }
}
