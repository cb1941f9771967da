package dev.ibex.layers;

/**
 * Volumes without some slices, rows and columns at the ends.
 *
 * <p>{@code x: [batch, depth, height, width, channels] -> y: [batch, depth', height', width',
 * channels]}, each size less by the two numbers of its axis, or with the channels first. Something
 * must be left. Keeps the type; drops the mask. Source: {@code keras.layers.Cropping3D}.
 */
public final class Cropping3D extends CroppingLayer<Cropping3D> {
  private Cropping3D(Config config) {
    super(3, config, Cropping3D::new);
  }

  /** Returns a layer that removes one slice, row or column at each end. */
  public static Cropping3D of() {
    return of(1);
  }

  /** Returns a layer that removes as many slices, rows or columns at each end. */
  public static Cropping3D of(int all) {
    return of(all, all, all);
  }

  /** Returns a layer that removes as many at both ends of an axis. */
  public static Cropping3D of(int slices, int rows, int columns) {
    return of(slices, slices, rows, rows, columns, columns);
  }

  /** Returns a layer that removes different numbers at each end. */
  public static Cropping3D of(int front, int back, int top, int bottom, int left, int right) {
    return new Cropping3D(Config.of(front, back, top, bottom, left, right));
  }
}
