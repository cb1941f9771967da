package dev.ibex.pictures;

import dev.ibex.pictures.DiagramGraph.Box;
import dev.ibex.pictures.DiagramLayout.PlacedArrow;
import dev.ibex.pictures.DiagramLayout.PlacedBox;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;

/** Draws diagrams. */
final class DiagramPainter {
  private static final Color LINE = new Color(0x555555);
  private static final Color FRAME = new Color(0x9a9a9a);
  private static final Color FRAME_FILL = new Color(0xf7f7f7);
  private static final double CORNER = 8;
  private static final double HEAD_LENGTH = 8;
  private static final double HEAD_WIDTH = 3.5;

  private DiagramPainter() {}

  static Picture picture(String title, DiagramLayout layout) {
    return new Picture(title, layout.width(), layout.height(), graphics -> paint(graphics, layout));
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
    graphics.setColor(Texts.COLOR);
    if (frame) {
      // along the left side, where no arrow comes
      Texts.drawUpwards(
          graphics, box.title(), Texts.BOLD, place.getX() + Texts.PADDING, place.getCenterY());
      return;
    }
    double y = place.getY() + Texts.PADDING;
    for (Texts.Line line : Texts.lines(box)) {
      Texts.draw(graphics, line.text(), line.font(), place.getCenterX(), y);
      y += Texts.LINE;
    }
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
    graphics.setColor(Texts.COLOR);
    arrow
        .labels()
        .forEach(
            label ->
                Texts.draw(
                    graphics,
                    label.text(),
                    Texts.SMALL,
                    label.place().getCenterX(),
                    label.place().getY()));
  }
}
