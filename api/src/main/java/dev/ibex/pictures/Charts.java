package dev.ibex.pictures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.AffineTransform;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
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
  private static final int MANY = 12;
  private static final int SQUARE = 480;

  private Charts() {}

  // ---- learning curves --------------------------------------------------------------------

  /** Returns the panels in rows, each at most three wide. */
  static Picture panels(String title, List<LearningCurves.Panel> panels) {
    int columns = panels.size() <= 3 ? panels.size() : panels.size() == 4 ? 2 : 3;
    int rows = (panels.size() + columns - 1) / columns;
    return new Picture(
        title,
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
        .setYAxisTickLabelsFormattingFunction(Charts::number)
        .setLegendVisible(panel.curves().size() > 1)
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(LegendLayout.Horizontal)
        .setLegendBorderColor(Color.WHITE);
    int last = panel.curves().stream().mapToInt(LearningCurves.Curve::lastEpoch).max().orElse(0);
    if (last > MANY) {
      // otherwise XChart writes every 7th or so, from 1 on, close together
      chart.getStyler().setXAxisMin(0d).setXAxisMax(last + 1.5);
    }
    for (int i = 0; i < panel.curves().size(); i++) {
      LearningCurves.Curve curve = panel.curves().get(i);
      List<Integer> epochs = curve.epochs().stream().map(e -> e + 1).toList();
      line(chart.addSeries(curve.name(), epochs, curve.values()), COLORS[i % COLORS.length])
          .setMarker(curve.isDot() ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }
    return chart;
  }

  /** Returns up to six digits of a number. */
  private static String number(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
    double size = Math.abs(value);
    return size == 0 || (size >= 1e-4 && size < 1e6) ? rounded.toPlainString() : rounded.toString();
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
    return new Picture(title, SQUARE, SQUARE, g -> chart.paint(g, SQUARE, SQUARE));
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
