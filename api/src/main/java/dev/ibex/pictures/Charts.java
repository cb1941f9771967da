package dev.ibex.pictures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts in one style; the only class that sees XChart. */
final class Charts {
  private static final Color[] COLORS = {new Color(0x1f77b4), new Color(0xff7f0e)};
  private static final int PANEL_WIDTH = 560;
  private static final int PANEL_HEIGHT = 400;
  private static final int SQUARE = 480;

  private Charts() {}

  // ---- learning curves --------------------------------------------------------------------

  /** Returns the panels in rows, each at most three wide. */
  static Picture panels(List<LearningCurves.Panel> panels) {
    int columns = panels.size() <= 3 ? panels.size() : panels.size() == 4 ? 2 : 3;
    int rows = (panels.size() + columns - 1) / columns;
    return new Picture(
        columns * PANEL_WIDTH,
        rows * PANEL_HEIGHT,
        graphics -> {
          AffineTransform origin = graphics.getTransform();
          for (int i = 0; i < panels.size(); i++) {
            graphics.translate(i % columns * PANEL_WIDTH, i / columns * PANEL_HEIGHT);
            panel(panels.get(i)).paint(graphics, PANEL_WIDTH, PANEL_HEIGHT);
            graphics.setTransform(origin);
          }
        });
  }

  private static XYChart panel(LearningCurves.Panel panel) {
    XYChart chart =
        new XYChartBuilder()
            .width(PANEL_WIDTH)
            .height(PANEL_HEIGHT)
            .title(panel.title())
            .xAxisTitle("epoch")
            .build();
    style(chart.getStyler());
    chart
        .getStyler()
        .setXAxisMaxLabelCount(11)
        .setLegendVisible(panel.curves().size() > 1)
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(LegendLayout.Horizontal)
        .setLegendBorderColor(Color.WHITE);
    for (int i = 0; i < panel.curves().size(); i++) {
      LearningCurves.Curve curve = panel.curves().get(i);
      List<Integer> epochs = curve.epochs().stream().map(e -> e + 1).toList();
      line(chart.addSeries(curve.name(), epochs, curve.values()), COLORS[i % COLORS.length])
          .setMarker(epochs.size() == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }
    return chart;
  }

  // ---- results ----------------------------------------------------------------------------

  /** Returns a curve in the unit square, with the diagonal. */
  static Picture unitSquare(String title, String xTitle, String yTitle, double[] x, double[] y) {
    XYChart chart =
        new XYChartBuilder()
            .width(SQUARE)
            .height(SQUARE)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    style(chart.getStyler());
    chart
        .getStyler()
        .setXAxisMin(0d)
        .setXAxisMax(1d)
        .setYAxisMin(0d)
        .setYAxisMax(1d)
        .setLegendVisible(false);
    double[] ends = {0, 1};
    line(chart.addSeries("diagonal", ends, ends), Color.GRAY)
        .setLineStyle(new BasicStroke(1, 0, 0, 1, new float[] {4, 4}, 0));
    line(chart.addSeries("curve", x, y), COLORS[0]);
    return new Picture(SQUARE, SQUARE, g -> chart.paint(g, SQUARE, SQUARE));
  }

  /** Returns a table of counts, its first row on top, the larger the darker. */
  static Picture table(String xTitle, String yTitle, List<String> names, int[][] counts) {
    int n = names.size();
    int longest = names.stream().mapToInt(String::length).max().orElse(0);
    int cell = Math.max(48, Math.min(longest * 9, 110));
    int width = 120 + longest * 8 + n * cell;
    int height = 110 + n * 48;
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(width)
            .height(height)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    style(chart.getStyler());
    chart
        .getStyler()
        .setShowValue(true)
        .setRangeColors(new Color[] {Color.WHITE, new Color(0x7fb5dc)})
        .setPlotContentSize(1)
        .setLegendVisible(false);
    List<Number[]> cells = new ArrayList<>();
    for (int column = 0; column < n; column++) {
      for (int row = 0; row < n; row++) {
        cells.add(new Number[] {column, n - 1 - row, counts[row][column]});
      }
    }
    List<String> upwards = new ArrayList<>(names);
    Collections.reverse(upwards);
    chart.addSeries("counts", names, upwards, cells);
    return new Picture(width, height, g -> chart.paint(g, width, height));
  }

  // ---- style ------------------------------------------------------------------------------

  private static void style(AxesChartStyler styler) {
    Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    styler
        .setAxisTickLabelsFont(plain)
        .setAxisTitleFont(plain.deriveFont(13f))
        .setLegendFont(plain)
        .setChartTitleFont(plain.deriveFont(Font.BOLD, 14f))
        .setChartBackgroundColor(Color.WHITE)
        .setChartPadding(14);
  }

  private static XYSeries line(XYSeries series, Color color) {
    series.setMarkerColor(color);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(2));
    series.setMarker(SeriesMarkers.NONE);
    return series;
  }
}
