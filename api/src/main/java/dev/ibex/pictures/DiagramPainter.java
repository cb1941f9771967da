package dev.ibex.pictures;

import dev.ibex.pictures.DiagramGraph.Box;
import dev.ibex.pictures.DiagramLayout.PlacedArrow;
import dev.ibex.pictures.DiagramLayout.PlacedBox;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;

/** Draws diagrams. */
final class DiagramPainter {
  private static final Color TEXT = new Color(0x222222);
  private static final Color LINE = new Color(0x555555);
  private static final Color FRAME = new Color(0x9a9a9a);
  private static final Color FRAME_FILL = new Color(0xf7f7f7);
  private static final double CORNER = 8;
  private static final double HEAD_LENGTH = 8;
  private static final double HEAD_WIDTH = 3.5;

  private DiagramPainter() {}

  static Picture picture(DiagramLayout layout) {
    return new Picture(layout.width(), layout.height(), graphics -> paint(graphics, layout));
  }

  private static void paint(Graphics2D graphics, DiagramLayout layout) {
    graphics.setStroke(new BasicStroke(1.2f));
    layout.boxes().forEach(box -> box(graphics, box));
    layout.arrows().forEach(arrow -> arrow(graphics, arrow));
  }

  private static void box(Graphics2D graphics, PlacedBox placed) {
    Box box = placed.box();
    Rectangle2D place = placed.place();
    boolean frame = !box.inside().isEmpty();
    RoundRectangle2D shape =
        new RoundRectangle2D.Double(
            place.getX(), place.getY(), place.getWidth(), place.getHeight(), CORNER, CORNER);
    graphics.setColor(frame ? FRAME_FILL : new Color(placed.role().fill()));
    graphics.fill(shape);
    graphics.setColor(frame ? FRAME : new Color(placed.role().line()));
    graphics.draw(shape);
    if (frame) {
      title(graphics, box.title(), place);
      return;
    }
    double y = place.getY() + DiagramText.PADDING;
    for (DiagramText.Line line : DiagramText.lines(box)) {
      text(graphics, line.text(), line.font(), place.getCenterX(), y);
      y += DiagramText.LINE;
    }
  }

  /** Draws the title of a frame along its left side, where no arrow comes. */
  private static void title(Graphics2D graphics, String title, Rectangle2D frame) {
    AffineTransform before = graphics.getTransform();
    graphics.translate(frame.getX() + DiagramText.PADDING, frame.getCenterY());
    graphics.rotate(-Math.PI / 2);
    text(graphics, title, DiagramText.BOLD, 0, 0);
    graphics.setTransform(before);
  }

  /** Draws a text around a middle, in the line below a height. */
  private static void text(Graphics2D graphics, String text, Font font, double middle, double top) {
    graphics.setFont(font);
    graphics.setColor(TEXT);
    graphics.drawString(
        text,
        (float) (middle - DiagramText.width(text, font) / 2),
        (float) (top + DiagramText.LINE * 0.76));
  }

  private static void arrow(Graphics2D graphics, PlacedArrow arrow) {
    List<Point2D> line = arrow.line();
    Path2D path = new Path2D.Double();
    path.moveTo(line.get(0).getX(), line.get(0).getY());
    Point2D head = line.get(line.size() - 1);
    Point2D before = line.get(line.size() - 2);
    double length = head.distance(before);
    double dx = (head.getX() - before.getX()) / length;
    double dy = (head.getY() - before.getY()) / length;
    for (Point2D corner : line.subList(1, line.size() - 1)) {
      path.lineTo(corner.getX(), corner.getY());
    }
    double x = head.getX() - dx * HEAD_LENGTH;
    double y = head.getY() - dy * HEAD_LENGTH;
    path.lineTo(x, y);
    graphics.setColor(LINE);
    graphics.draw(path);
    Path2D triangle = new Path2D.Double();
    triangle.moveTo(head.getX(), head.getY());
    triangle.lineTo(x - dy * HEAD_WIDTH, y + dx * HEAD_WIDTH);
    triangle.lineTo(x + dy * HEAD_WIDTH, y - dx * HEAD_WIDTH);
    triangle.closePath();
    graphics.fill(triangle);
    arrow
        .labels()
        .forEach(
            label ->
                text(
                    graphics,
                    label.text(),
                    DiagramText.SMALL,
                    label.place().getCenterX(),
                    label.place().getY()));
  }
}
