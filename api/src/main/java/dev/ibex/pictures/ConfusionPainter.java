package dev.ibex.pictures;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;

/** Draws confusion matrices. */
final class ConfusionPainter {
  private static final double MARGIN = 20;
  private static final double GAP = 8;
  private static final double LEAST_CELL = 40;
  private static final Color DARK = new Color(0x1f5f99);
  private static final Color LINE = new Color(0xd0d0d0);

  private final List<String> names;
  private final int[][] counts;
  private final double cell;
  private final double longest;
  private final boolean upright;

  private ConfusionPainter(List<String> names, int[][] counts) {
    this.names = names;
    this.counts = counts;
    this.longest = names.stream().mapToDouble(ConfusionPainter::width).max().orElse(0);
    double number =
        Arrays.stream(counts)
            .flatMapToInt(Arrays::stream)
            .mapToDouble(n -> width(Integer.toString(n)))
            .max()
            .orElse(0);
    this.upright = longest > 2 * LEAST_CELL;
    this.cell = Math.ceil(Math.max(LEAST_CELL, Math.max(number, upright ? 0 : longest) + 2 * GAP));
  }

  static Picture picture(List<String> names, int[][] counts) {
    ConfusionPainter painter = new ConfusionPainter(names, counts);
    double grid = painter.cell * names.size();
    return new Picture(
        "Confusion matrix of " + String.join(", ", names),
        (int) Math.ceil(painter.left() + grid + MARGIN),
        (int) Math.ceil(painter.below() + Texts.LINE + MARGIN),
        painter::paint);
  }

  private static double width(String text) {
    return Texts.room(text, Texts.PLAIN).getWidth();
  }

  /** Returns where the columns begin. */
  private double left() {
    return MARGIN + Texts.LINE + GAP + longest + GAP;
  }

  /** Returns where the title of the columns is. */
  private double below() {
    return MARGIN + cell * names.size() + GAP + (upright ? longest : Texts.LINE) + GAP;
  }

  private void paint(Graphics2D graphics) {
    int n = names.size();
    double grid = cell * n;
    for (int row = 0; row < n; row++) {
      int sum = Math.max(1, Arrays.stream(counts[row]).sum());
      for (int column = 0; column < n; column++) {
        cell(graphics, row, column, counts[row][column] / (double) sum);
      }
    }
    graphics.setColor(Texts.COLOR);
    for (int i = 0; i < n; i++) {
      String name = names.get(i);
      double middle = (i + 0.5) * cell;
      Texts.draw(
          graphics,
          name,
          Texts.PLAIN,
          left() - GAP - Texts.width(name, Texts.PLAIN) / 2,
          MARGIN + middle - Texts.LINE / 2);
      double top = MARGIN + grid + GAP;
      if (upright) {
        Texts.drawUpwards(
            graphics,
            name,
            Texts.PLAIN,
            left() + middle - Texts.LINE / 2,
            top + Texts.width(name, Texts.PLAIN) / 2);
      } else {
        Texts.draw(graphics, name, Texts.PLAIN, left() + middle, top);
      }
    }
    Texts.draw(graphics, "predicted", Texts.BOLD, left() + grid / 2, below());
    Texts.drawUpwards(graphics, "expected", Texts.BOLD, MARGIN, MARGIN + grid / 2);
  }

  private void cell(Graphics2D graphics, int row, int column, double share) {
    double x = left() + column * cell;
    double y = MARGIN + row * cell;
    Rectangle2D square = new Rectangle2D.Double(x, y, cell, cell);
    graphics.setColor(between(Color.WHITE, DARK, share));
    graphics.fill(square);
    graphics.setColor(LINE);
    graphics.draw(square);
    graphics.setColor(share > 0.5 ? Color.WHITE : Texts.COLOR);
    Texts.draw(
        graphics,
        Integer.toString(counts[row][column]),
        Texts.PLAIN,
        x + cell / 2,
        y + (cell - Texts.LINE) / 2);
  }

  private static Color between(Color from, Color to, double share) {
    return new Color(
        mixed(from.getRed(), to.getRed(), share),
        mixed(from.getGreen(), to.getGreen(), share),
        mixed(from.getBlue(), to.getBlue(), share));
  }

  private static int mixed(int from, int to, double share) {
    return (int) Math.round(from + (to - from) * share);
  }
}
