package dev.ibex.pictures;

import static dev.ibex.activations.Activations.RELU;
import static dev.ibex.activations.Activations.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.core.Arguments;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.layers.Activation;
import dev.ibex.layers.Add;
import dev.ibex.layers.Concatenate;
import dev.ibex.layers.Conv2D;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Dropout;
import dev.ibex.layers.Flatten;
import dev.ibex.layers.GlobalAveragePooling1D;
import dev.ibex.layers.MaxPooling2D;
import dev.ibex.layers.Padding;
import dev.ibex.pictures.DiagramGraph.Box;
import dev.ibex.pictures.DiagramLayout.PlacedArrow;
import dev.ibex.pictures.DiagramLayout.PlacedBox;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiagramsTest {
  private final Path dir;

  DiagramsTest(@TempDir Path dir) {
    this.dir = dir;
  }

  private static Model convolutional() {
    return Sequential.of(
        Input.of(8, 8, 1),
        Conv2D.of(4, 3).activation(RELU),
        MaxPooling2D.of(2),
        Flatten.of(),
        Dropout.of(0.5),
        Dense.of(10));
  }

  private static SymbolicTensor conv(SymbolicTensor x, int filters) {
    return Conv2D.of(filters, 3).padding(Padding.SAME).apply(x);
  }

  private static Model residual() {
    Input in = Input.of(8, 8, 4);
    SymbolicTensor x = in.symbolic();
    for (int i = 0; i < 4; i++) {
      x = Activation.of(RELU).apply(Add.of().apply(x, conv(conv(x, 4), 4)));
    }
    return Model.of(in, x);
  }

  private static Model inception() {
    Input in = Input.of(8, 8, 4);
    SymbolicTensor x = in.symbolic();
    for (int i = 0; i < 3; i++) {
      x =
          Concatenate.of()
              .apply(
                  conv(x, 4),
                  conv(conv(x, 4), 4),
                  conv(conv(conv(x, 4), 4), 4),
                  conv(MaxPooling2D.of(1).apply(x), 4));
    }
    return Model.of(in, x);
  }

  /** Two inputs and two outputs, and a layer that is used for both inputs. */
  private static Model shared() {
    Input left = Input.of(16).named("left");
    Input right = Input.of(16).named("right");
    Dense tower = Dense.of(4).activation(TANH).named("tower");
    SymbolicTensor both = Concatenate.of().apply(tower.apply(left), tower.apply(right));
    return Model.of(
        List.of(left, right),
        List.of(
            Dense.of(1).named("value").apply(both.times(2)),
            Dense.of(4).named("label").apply(both)));
  }

  private static Model nested() {
    Input in = Input.of(8, 8, 1).named("image");
    SymbolicTensor map = Conv2D.of(4, 3).activation(RELU).apply(in);
    Model encoder =
        Model.of(
            "encoder",
            List.of(in),
            List.of(Flatten.of().apply(map), Dense.of(2).apply(Flatten.of().apply(map))));
    Model head =
        Sequential.of(
            "a_head_with_a_name_that_is_far_longer_than_its_two_layers_are_high",
            List.of(Input.of(2), Dense.of(3)));
    Input left = Input.of(8, 8, 1).named("left");
    Input right = Input.of(8, 8, 1).named("right");
    List<SymbolicTensor> a = encoder.applyAll(Arguments.of(left));
    List<SymbolicTensor> b = encoder.applyAll(Arguments.of(right));
    return Model.of(
        List.of(left, right),
        List.of(
            head.apply(Add.of().apply(a.get(1), b.get(1))),
            Dense.of(2).apply(Concatenate.of().apply(a.get(0), b.get(0)))));
  }

  /** A named argument, and a layer that is applied to what it returned. */
  private static Model masked() {
    Input words = Input.of(5, 8).named("words");
    Input mask = Input.of(5).named("steps");
    Dense again = Dense.of(8).named("again");
    SymbolicTensor x = again.apply(again.apply(words));
    SymbolicTensor mean =
        GlobalAveragePooling1D.of()
            .apply(Arguments.of(x).with("mask", mask.symbolic().notEqual(0)));
    return Model.of(List.of(words, mask), List.of(mean));
  }

  // ---- text -------------------------------------------------------------------------------

  @Test
  void mermaid_has_a_node_a_layer_and_an_arrow_a_tensor() {
    assertThat(Diagrams.of(shared()).mermaid())
        .isEqualTo(
            """
            flowchart TD
              n0["left<br/>InputLayer<br/>(?, 16)"]:::input
              n1["right<br/>InputLayer<br/>(?, 16)"]:::input
              n2["tower<br/>Dense<br/>(?, 4)<br/>used 2 times"]
              n3["concatenate<br/>Concatenate<br/>(?, 8)"]
              n4["multiply<br/>Multiply<br/>(?, 8)"]
              n5["value<br/>Dense<br/>(?, 1)"]:::output
              n6["label<br/>Dense<br/>(?, 4)"]:::output
              n0 --> n2
              n1 --> n2
              n2 --> n3
              n2 --> n3
              n3 --> n4
              n4 --> n5
              n3 --> n6
              classDef input fill:#e4f2e4,stroke:#5c9a5c,color:#222
              classDef output fill:#fdeedc,stroke:#c98a3d,color:#222
            """);
  }

  @Test
  void a_nested_model_is_one_box_with_all_its_outputs() {
    assertThat(Diagrams.of(nested()).mermaid())
        .contains("n2[\"encoder<br/>Functional<br/>(?, 144)<br/>(?, 2)<br/>used 2 times\"]\n")
        .doesNotContain("subgraph");
  }

  @Test
  void an_expanded_one_is_a_frame_that_arrows_enter_at_its_inputs() {
    assertThat(Diagrams.of(nested()).expanded(true).dtypes(true).activations(true).mermaid())
        .startsWith(
            """
            flowchart TD
              n0["left<br/>InputLayer<br/>float32(?, 8, 8, 1)"]:::input
              n1["right<br/>InputLayer<br/>float32(?, 8, 8, 1)"]:::input
              subgraph n2["encoder (Functional)"]
                n3["image<br/>InputLayer<br/>float32(?, 8, 8, 1)"]
                n4["conv2d<br/>Conv2D<br/>float32(?, 6, 6, 4)<br/>relu"]
                n5["flatten_1<br/>Flatten<br/>float32(?, 144)"]
                n6["flatten<br/>Flatten<br/>float32(?, 144)"]
                n7["dense<br/>Dense<br/>float32(?, 2)<br/>linear"]
              end
              n8["add<br/>Add<br/>float32(?, 2)"]
              n9["concatenate<br/>Concatenate<br/>float32(?, 288)"]
              subgraph n10["a_head_with_a_name_that_is_far_longer_than_its_two_layers_are_high (Sequential)"]
                n11["input_layer<br/>InputLayer<br/>float32(?, 2)"]
                n12["dense<br/>Dense<br/>float32(?, 3)<br/>linear"]:::output
              end
              n13["dense<br/>Dense<br/>float32(?, 2)<br/>linear"]:::output
              n3 --> n4
            """)
        .contains("  n0 --> n3\n", "  n1 --> n3\n", "  n7 --> n8\n  n7 --> n8\n  n8 --> n11\n");
  }

  @Test
  void a_named_argument_is_written_at_its_arrow() {
    assertThat(Diagrams.of(masked()).mermaid())
        .contains(
            """
              n0 --> n1
              n1 --> n1
              n2 --> n3
              n1 --> n4
              n3 -->|mask| n4
            """);
  }

  @Test
  void names_cannot_break_out_of_their_quotes() {
    Model model = Sequential.of(Input.of(2), Dense.of(2).named("a\"b<c>#1"));
    assertThat(Diagrams.of(model).mermaid())
        .contains("n1[\"a#quot;b#lt;c#gt;#35;1<br/>Dense<br/>(?, 2)\"]:::output\n");
  }

  @Test
  void a_lambda_is_called_one() {
    Model model = Sequential.of(Input.of(2), Dense.of(2).activation((tf, x) -> tf.math.neg(x)));
    assertThat(Diagrams.of(model).activations(true).mermaid()).contains("(?, 2)<br/>a lambda\"");
  }

  // ---- layout -----------------------------------------------------------------------------

  static Stream<Named<Diagrams>> models() {
    return Stream.of(
        named("convolutional", DiagramsTest::convolutional),
        named("residual", DiagramsTest::residual),
        named("inception", DiagramsTest::inception),
        named("shared", DiagramsTest::shared),
        named("masked", DiagramsTest::masked),
        named("nested", DiagramsTest::nested),
        Named.of("expanded", Diagrams.of(nested()).expanded(true).activations(true)));
  }

  private static Named<Diagrams> named(String name, Supplier<Model> model) {
    return Named.of(name, Diagrams.of(model.get()));
  }

  private static boolean inside(Box inner, Box outer) {
    return outer.inside().stream().anyMatch(b -> b.equals(inner) || inside(inner, b));
  }

  @ParameterizedTest
  @MethodSource("models")
  void boxes_do_not_overlap_and_frames_hold_theirs(Diagrams diagram) {
    DiagramLayout layout = ElkLayout.of(diagram.graph());
    for (PlacedBox a : layout.boxes()) {
      for (PlacedBox b : layout.boxes()) {
        if (inside(a.box(), b.box())) {
          assertThat(b.place().contains(a.place())).as("%s in %s", a, b).isTrue();
        } else if (!a.equals(b) && !inside(b.box(), a.box())) {
          assertThat(a.place().intersects(b.place())).as("%s and %s", a, b).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void texts_fit_into_their_boxes(Diagrams diagram) {
    for (PlacedBox placed : ElkLayout.of(diagram.graph()).boxes()) {
      Rectangle2D place = placed.place();
      if (placed.box().inside().isEmpty()) {
        for (Texts.Line line : Texts.lines(placed.box())) {
          assertThat(Texts.width(line.text(), line.font()) * 1.1).isLessThan(place.getWidth());
        }
      } else {
        assertThat(Texts.width(placed.box().title(), Texts.BOLD) * 1.1)
            .isLessThan(place.getHeight());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void everything_is_on_the_picture_with_an_even_margin(Diagrams diagram) {
    DiagramLayout layout = ElkLayout.of(diagram.graph());
    Rectangle2D all = (Rectangle2D) layout.boxes().get(0).place().clone();
    layout.boxes().forEach(b -> all.add(b.place()));
    layout.arrows().forEach(a -> a.line().forEach(all::add));
    assertThat(all.getX()).isCloseTo(24, within(1.0));
    assertThat(all.getY()).isCloseTo(24, within(1.0));
    assertThat(layout.width() - all.getMaxX()).isCloseTo(24, within(2.0));
    assertThat(layout.height() - all.getMaxY()).isCloseTo(24, within(2.0));
  }

  @ParameterizedTest
  @MethodSource("models")
  void arrows_go_from_border_to_border_and_through_no_other_box(Diagrams diagram) {
    DiagramGraph graph = diagram.graph();
    DiagramLayout layout = ElkLayout.of(graph);
    assertThat(layout.arrows()).hasSameSizeAs(graph.arrows());
    for (int i = 0; i < graph.arrows().size(); i++) {
      List<Point2D> line = layout.arrows().get(i).line();
      Rectangle2D from = place(layout, graph.arrows().get(i).from());
      Rectangle2D to = place(layout, graph.arrows().get(i).to());
      assertThat(onBorder(from, line.get(0))).isTrue();
      assertThat(onBorder(to, line.get(line.size() - 1))).isTrue();
      for (PlacedBox other : layout.boxes()) {
        boolean frame = !other.box().inside().isEmpty();
        if (!frame) {
          Rectangle2D core = other.place();
          Rectangle2D shrunk =
              new Rectangle2D.Double(
                  core.getX() + 2, core.getY() + 2, core.getWidth() - 4, core.getHeight() - 4);
          assertThat(crosses(line, shrunk)).as("arrow %d and %s", i, other).isFalse();
        }
      }
    }
  }

  private static Rectangle2D place(DiagramLayout layout, int number) {
    return layout.boxes().stream()
        .filter(b -> b.box().number() == number)
        .findFirst()
        .orElseThrow()
        .place();
  }

  private static boolean onBorder(Rectangle2D box, Point2D end) {
    Rectangle2D outer =
        new Rectangle2D.Double(
            box.getX() - 1.5, box.getY() - 1.5, box.getWidth() + 3, box.getHeight() + 3);
    Rectangle2D inner =
        new Rectangle2D.Double(
            box.getX() + 1.5, box.getY() + 1.5, box.getWidth() - 3, box.getHeight() - 3);
    return outer.contains(end) && !inner.contains(end);
  }

  private static boolean crosses(List<Point2D> line, Rectangle2D box) {
    for (int i = 1; i < line.size(); i++) {
      if (new Line2D.Double(line.get(i - 1), line.get(i)).intersects(box)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void arrows_go_down_but_for_those_back_to_their_own_layer() {
    DiagramGraph graph = Diagrams.of(residual()).graph();
    for (PlacedArrow arrow : ElkLayout.of(graph).arrows()) {
      List<Point2D> line = arrow.line();
      assertThat(line.get(line.size() - 1).getY()).isGreaterThan(line.get(0).getY() + 8);
    }
  }

  // ---- files ------------------------------------------------------------------------------

  @ParameterizedTest
  @MethodSource("models")
  void png_and_svg_show_the_same_in_two_sizes(Diagrams diagram) {
    DiagramGraph graph = diagram.graph();
    DiagramLayout layout = ElkLayout.of(graph);
    diagram.png(dir.resolve("model.png"));
    BufferedImage image = Drawn.png(dir.resolve("model.png"));
    assertThat(Drawn.size(image)).isEqualTo(2 * layout.width() + "x" + 2 * layout.height());
    assertThat(Drawn.colors(image)).isGreaterThan(50);
    assertThat(Drawn.count(image, 0xe4f2e4)).as("inputs").isGreaterThan(1000);
    assertThat(Drawn.count(image, 0xfdeedc)).as("outputs").isGreaterThan(1000);
    diagram.svg(dir.resolve("model.svg"));
    assertThat(Drawn.svgSize(dir.resolve("model.svg")))
        .isEqualTo("svg " + layout.width() + "x" + layout.height());
    assertThat(Drawn.svgTitle(dir.resolve("model.svg"))).isIn("Functional", "Sequential");
    List<String> texts = Drawn.svgTexts(dir.resolve("model.svg"));
    for (PlacedBox box : layout.boxes()) {
      if (box.box().inside().isEmpty()) {
        Texts.lines(box.box()).forEach(line -> assertThat(texts).contains(line.text()));
      } else {
        assertThat(texts).contains(box.box().title());
      }
    }
    graph.arrows().stream()
        .filter(a -> !a.label().isEmpty())
        .forEach(a -> assertThat(texts).contains(a.label()));
  }

  @Test
  void the_ending_must_be_that_of_the_format() {
    Diagrams diagram = Diagrams.of(convolutional());
    assertThatThrownBy(() -> diagram.svg(dir.resolve("model.png")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("file: expected a name that ends with .svg, got " + dir.resolve("model.png"));
    assertThatThrownBy(() -> diagram.png(dir.resolve("model.gif")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "file: expected a name that ends with .png or .svg, got " + dir.resolve("model.gif"));
  }
}
