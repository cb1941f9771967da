package dev.ibex.pictures;

import dev.ibex.graph.Array;
import java.awt.Color;
import java.awt.Graphics2D;

/** Draws images side by side. */
final class ImagePainter {
  private static final int GAP = 4;

  private ImagePainter() {}

  static Picture picture(Array images, int columns, int zoom) {
    int count = images.rows();
    int across = Math.min(columns, count);
    int down = (count + across - 1) / across;
    int height = (int) images.shape().get(1) * zoom;
    int width = (int) images.shape().get(2) * zoom;
    return new Picture(
        count + " images",
        across * (width + GAP) + GAP,
        down * (height + GAP) + GAP,
        graphics -> {
          for (int i = 0; i < count; i++) {
            int left = GAP + i % across * (width + GAP);
            int top = GAP + i / across * (height + GAP);
            paint(graphics, images, i, left, top, zoom);
          }
        });
  }

  private static void paint(
      Graphics2D graphics, Array images, int image, int left, int top, int zoom) {
    int height = (int) images.shape().get(1);
    int width = (int) images.shape().get(2);
    int channels = images.shape().numDimensions() == 3 ? 1 : (int) images.shape().get(3);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = ((image * height + y) * width + x) * channels;
        float red = part(images, at);
        Color color =
            channels == 1
                ? new Color(red, red, red)
                : new Color(red, part(images, at + 1), part(images, at + 2));
        graphics.setColor(color);
        graphics.fillRect(left + x * zoom, top + y * zoom, zoom, zoom);
      }
    }
  }

  private static float part(Array images, int at) {
    return (float) Math.min(1, Math.max(0, images.number(at)));
  }
}
