package dev.ibex.pictures;

import dev.ibex.pictures.DiagramGraph.Box;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Texts in pictures, and the room they take. */
final class Texts {
  static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  static final Font BOLD = PLAIN.deriveFont(Font.BOLD);
  static final Font SMALL = PLAIN.deriveFont(11f);

  /** From one line to the next. */
  static final double LINE = 16;

  /** From a border to the text. */
  static final double PADDING = 8;

  static final Color COLOR = new Color(0x222222);

  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  /** Whoever opens an SVG file may have wider letters. */
  private static final double WIDER = 1.12;

  /** Where letters stand in a line. */
  private static final double BASE = 0.76;

  /** A line of a box. */
  record Line(String text, Font font) {}

  private Texts() {}

  /** Returns the lines of a box with nothing inside. */
  static List<Line> lines(Box box) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(box.name(), BOLD));
    lines.add(new Line(box.type(), PLAIN));
    box.details().forEach(d -> lines.add(new Line(d, PLAIN)));
    return lines;
  }

  static double width(String text, Font font) {
    return font.getStringBounds(text, CONTEXT).getWidth();
  }

  /** Returns the room of a box around its lines. */
  static Rectangle2D room(Box box) {
    List<Line> lines = lines(box);
    double width = lines.stream().mapToDouble(l -> width(l.text, l.font)).max().orElse(0);
    return new Rectangle2D.Double(
        0, 0, Math.ceil(width * WIDER + 2 * PADDING), lines.size() * LINE + 2 * PADDING);
  }

  /** Returns the room of a line alone. */
  static Rectangle2D room(String text, Font font) {
    return new Rectangle2D.Double(0, 0, Math.ceil(width(text, font) * WIDER + 4), LINE);
  }

  /** Draws a line around a middle, below a height. */
  static void draw(Graphics2D graphics, String text, Font font, double middle, double top) {
    graphics.setFont(font);
    graphics.drawString(
        text, (float) (middle - width(text, font) / 2), (float) (top + LINE * BASE));
  }

  /** Draws a line that runs upwards, to the right of a place and around a height. */
  static void drawUpwards(Graphics2D graphics, String text, Font font, double left, double middle) {
    AffineTransform before = graphics.getTransform();
    graphics.translate(left, middle);
    graphics.rotate(-Math.PI / 2);
    draw(graphics, text, font, 0, 0);
    graphics.setTransform(before);
  }
}
