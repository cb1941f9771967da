package dev.ibex.pictures;

import dev.ibex.pictures.DiagramGraph.Box;
import dev.ibex.pictures.DiagramGraph.Role;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * Where the boxes and arrows of a diagram go.
 *
 * @param boxes outer ones before those inside them
 */
record DiagramLayout(int width, int height, List<PlacedBox> boxes, List<PlacedArrow> arrows) {
  /** A box, what it is to the model, and where it is. */
  record PlacedBox(Box box, Role role, Rectangle2D place) {}

  /**
   * An arrow and where it is.
   *
   * @param line its corners, from its start to its head
   * @param labels what it says, and where
   */
  record PlacedArrow(List<Point2D> line, List<PlacedLabel> labels) {}

  /** A text and where it is. */
  record PlacedLabel(String text, Rectangle2D place) {}
}
