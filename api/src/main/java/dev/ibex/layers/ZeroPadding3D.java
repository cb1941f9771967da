package dev.ibex.layers;

/**
 * Slices, rows and columns of zeros around volumes.
 *
 * <p>{@code x: [batch, depth, height, width, channels] -> y: [batch, depth', height', width',
 * channels]}, each size more by the two numbers of its axis, or with the channels first. Keeps the
 * type; drops the mask. Source: {@code keras.layers.ZeroPadding3D}.
 */
public final class ZeroPadding3D extends ZeroPaddingLayer<ZeroPadding3D> {
  private ZeroPadding3D(Config config) {
    super(3, config, ZeroPadding3D::new);
  }

  /** Returns a layer that adds one slice, row or column at each end. */
  public static ZeroPadding3D of() {
    return of(1);
  }

  /** Returns a layer that adds as many slices, rows or columns at each end. */
  public static ZeroPadding3D of(int all) {
    return of(all, all, all);
  }

  /** Returns a layer that adds as many at both ends of an axis. */
  public static ZeroPadding3D of(int slices, int rows, int columns) {
    return of(slices, slices, rows, rows, columns, columns);
  }

  /** Returns a layer that adds different numbers at each end. */
  public static ZeroPadding3D of(int front, int back, int top, int bottom, int left, int right) {
    return new ZeroPadding3D(Config.of(front, back, top, bottom, left, right));
  }
}
