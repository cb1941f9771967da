package dev.ibex.examples;

import dev.ibex.History;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Pictures of trainings; they need no display. */
final class Charts {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 400;
  private static final Color TRAINING = new Color(0x1f77b4);
  private static final Color VALIDATION = new Color(0xff7f0e);

  private Charts() {}

  /** Draws each figure of a history, with its value on the validation data, side by side. */
  static void learningCurves(History history, Path png) throws IOException {
    System.setProperty("java.awt.headless", "true");
    List<String> keys =
        history.all().keySet().stream().filter(key -> !key.startsWith("val_")).toList();
    BufferedImage image =
        new BufferedImage(WIDTH * keys.size(), HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (String key : keys) {
      curve(history, key).paint(graphics, WIDTH, HEIGHT);
      graphics.translate(WIDTH, 0);
    }
    graphics.dispose();
    Files.createDirectories(png.toAbsolutePath().getParent());
    ImageIO.write(image, "png", png.toFile());
  }

  private static XYChart curve(History history, String key) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).title(key).xAxisTitle("epoch").build();
    chart
        .getStyler()
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(LegendLayout.Horizontal)
        .setLegendBorderColor(Color.WHITE)
        .setChartBackgroundColor(Color.WHITE);
    line(chart, history, key, "training", TRAINING);
    if (history.all().containsKey("val_" + key)) {
      line(chart, history, "val_" + key, "validation", VALIDATION);
    }
    return chart;
  }

  private static void line(XYChart chart, History history, String key, String name, Color color) {
    List<Integer> epochs = history.epochs().stream().map(e -> e + 1).toList();
    chart
        .addSeries(name, epochs, history.get(key))
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(color)
        .setLineStyle(new BasicStroke(2));
  }
}
