package dev.ibex.layers;

/**
 * Rows and columns of zeros around images.
 *
 * <p>{@code x: [batch, height, width, channels] -> y: [batch, top + height + bottom, left + width +
 * right, channels]}, or with the channels first. Keeps the type; drops the mask. Source: {@code
 * keras.layers.ZeroPadding2D}.
 */
public final class ZeroPadding2D extends ZeroPaddingLayer<ZeroPadding2D> {
  private ZeroPadding2D(Config config) {
    super(2, config, ZeroPadding2D::new);
  }

  /** Returns a layer that adds one row or column at each edge. */
  public static ZeroPadding2D of() {
    return of(1);
  }

  /** Returns a layer that adds as many rows or columns at each edge. */
  public static ZeroPadding2D of(int all) {
    return of(all, all);
  }

  /** Returns a layer that adds rows at top and bottom, columns at left and right. */
  public static ZeroPadding2D of(int rows, int columns) {
    return of(rows, rows, columns, columns);
  }

  /** Returns a layer that adds different numbers of rows and columns at each edge. */
  public static ZeroPadding2D of(int top, int bottom, int left, int right) {
    return new ZeroPadding2D(Config.of(top, bottom, left, right));
  }
}
