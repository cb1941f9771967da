package dev.ibex.pictures;

import dev.ibex.pictures.DiagramGraph.Arrow;
import dev.ibex.pictures.DiagramGraph.Box;
import dev.ibex.pictures.DiagramGraph.Role;
import dev.ibex.pictures.DiagramLayout.PlacedArrow;
import dev.ibex.pictures.DiagramLayout.PlacedBox;
import dev.ibex.pictures.DiagramLayout.PlacedLabel;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.LayeringStrategy;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.math.KVector;
import org.eclipse.elk.core.options.ContentAlignment;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.options.SizeConstraint;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkShape;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Layered layout from top to bottom by the Eclipse Layout Kernel; the only class that sees it.
 *
 * <p>ELK is asked for a layout from left to right, and all is turned over the diagonal, because
 * with {@code Direction.DOWN} it takes the least height of a node with nodes inside for a width.
 */
final class ElkLayout {
  private static final double MARGIN = 24;
  private static final double FRAME = 16;
  private static final double SLIGHT = 4;

  private final Map<Integer, ElkNode> nodes = new HashMap<>();
  private final List<Box> boxes = new ArrayList<>();
  private final List<ElkEdge> edges = new ArrayList<>();

  private ElkLayout() {}

  static DiagramLayout of(DiagramGraph graph) {
    ElkNode root = ElkGraphUtil.createGraph();
    style(root);
    root.setProperty(CoreOptions.PADDING, new ElkPadding(MARGIN));
    ElkLayout layout = new ElkLayout();
    graph.boxes().forEach(box -> layout.add(box, root));
    graph.arrows().forEach(layout::add);
    LayoutMetaDataService.initElkReflect(); // without it ELK cannot copy its own defaults
    new LayeredLayoutProvider().layout(root, new BasicProgressMonitor());
    return new DiagramLayout(
        (int) Math.ceil(root.getHeight()),
        (int) Math.ceil(root.getWidth()),
        layout.boxes.stream().map(box -> layout.placed(box, graph.role(box))).toList(),
        layout.edges.stream().map(ElkLayout::placed).toList());
  }

  private static void style(ElkNode node) {
    node.setProperty(CoreOptions.DIRECTION, Direction.RIGHT);
    node.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
    node.setProperty(CoreOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN);
    node.setProperty(LayeredOptions.SPACING_NODE_NODE, 28.0);
    node.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 32.0);
    node.setProperty(LayeredOptions.SPACING_EDGE_NODE, 16.0);
    node.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, 14.0);
    node.setProperty(LayeredOptions.SPACING_EDGE_EDGE, 12.0);
    node.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, 10.0);
    node.setProperty(LayeredOptions.LAYERING_STRATEGY, LayeringStrategy.LONGEST_PATH_SOURCE);
    node.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
    node.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.PREFER_EDGES);
  }

  private void add(Box box, ElkNode parent) {
    ElkNode node = ElkGraphUtil.createNode(parent);
    nodes.put(box.number(), node);
    boxes.add(box);
    Rectangle2D room = Texts.room(box);
    node.setDimensions(room.getHeight(), room.getWidth());
    if (!box.inside().isEmpty()) {
      style(node);
      Rectangle2D title = Texts.room(box.title(), Texts.BOLD);
      node.setProperty(
          CoreOptions.PADDING, new ElkPadding(FRAME + title.getHeight(), FRAME, FRAME, FRAME));
      node.setProperty(CoreOptions.NODE_SIZE_CONSTRAINTS, EnumSet.of(SizeConstraint.MINIMUM_SIZE));
      node.setProperty(CoreOptions.NODE_SIZE_MINIMUM, new KVector(title.getWidth() + 2 * FRAME, 0));
      node.setProperty(CoreOptions.CONTENT_ALIGNMENT, ContentAlignment.centerCenter());
      box.inside().forEach(inner -> add(inner, node));
    }
  }

  private void add(Arrow arrow) {
    ElkEdge edge = ElkGraphUtil.createSimpleEdge(node(arrow.from()), node(arrow.to()));
    if (!arrow.label().isEmpty()) {
      Rectangle2D room = Texts.room(arrow.label(), Texts.SMALL);
      ElkGraphUtil.createLabel(arrow.label(), edge)
          .setDimensions(room.getHeight(), room.getWidth());
    }
    edges.add(edge);
  }

  private ElkNode node(int number) {
    return Objects.requireNonNull(nodes.get(number));
  }

  /** Boxes stand on whole numbers, so lines are a little off where they could be straight. */
  private static List<Point2D> straightened(List<Point2D> line) {
    List<Point2D> straight = new ArrayList<>(line.subList(0, 1));
    for (Point2D next : line.subList(1, line.size())) {
      Point2D last = straight.get(straight.size() - 1);
      boolean off = Math.abs(next.getX() - last.getX()) < SLIGHT;
      straight.add(new Point2D.Double(off ? last.getX() : next.getX(), next.getY()));
    }
    return straight;
  }

  private PlacedBox placed(Box box, Role role) {
    ElkNode node = node(box.number());
    return new PlacedBox(box, role, place(node.getParent(), node));
  }

  private static PlacedArrow placed(ElkEdge edge) {
    ElkNode outside = edge.getContainingNode();
    List<Point2D> line = new ArrayList<>();
    for (ElkEdgeSection section : edge.getSections()) {
      line.add(turned(outside, section.getStartX(), section.getStartY()));
      for (ElkBendPoint bend : section.getBendPoints()) {
        line.add(turned(outside, bend.getX(), bend.getY()));
      }
      line.add(turned(outside, section.getEndX(), section.getEndY()));
    }
    return new PlacedArrow(
        straightened(line),
        edge.getLabels().stream()
            .map(label -> new PlacedLabel(label.getText(), place(outside, label)))
            .toList());
  }

  private static Rectangle2D place(ElkNode outside, ElkShape shape) {
    Point2D corner = turned(outside, shape.getX(), shape.getY());
    return new Rectangle2D.Double(
        corner.getX(), corner.getY(), shape.getHeight(), shape.getWidth());
  }

  /** Returns where a point inside a node is on the picture. */
  private static Point2D turned(ElkNode outside, double x, double y) {
    double right = y;
    double down = x;
    for (ElkNode n = outside; n.getParent() != null; n = n.getParent()) {
      right += n.getY();
      down += n.getX();
    }
    return new Point2D.Double(right, down);
  }
}
