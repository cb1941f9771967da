package dev.ibex.pictures;

import dev.ibex.core.Check;
import dev.ibex.core.NetworkLayer;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Pictures of what a model is made of: a box for each layer with name, class and output shapes, and
 * an arrow for each tensor that goes from one to another. Immutable.
 *
 * <pre>{@code
 * Diagrams.of(model).expanded(true).png(Path.of("model.png"));
 * }</pre>
 *
 * <p>A layer that is used several times is one box. Inputs are green, layers that make the model's
 * outputs orange; an arrow for a named argument, such as {@code mask}, bears its name. Describing a
 * model is enough: it need be neither compiled nor built.
 */
public final class Diagrams {
  private final NetworkLayer model;
  private final DiagramOptions options;

  private Diagrams(NetworkLayer model, DiagramOptions options) {
    this.model = model;
    this.options = options;
  }

  /** Returns the diagram of a model, a {@code Sequential} or a {@code Model}. */
  public static Diagrams of(NetworkLayer model) {
    return new Diagrams(model, new DiagramOptions(false, false, false));
  }

  /** Sets whether models inside the model show their layers, in a frame; default false. */
  public Diagrams expanded(boolean on) {
    return new Diagrams(model, new DiagramOptions(on, options.dtypes(), options.activations()));
  }

  /** Sets whether element types stand before the shapes; default false. */
  public Diagrams dtypes(boolean on) {
    return new Diagrams(model, new DiagramOptions(options.expanded(), on, options.activations()));
  }

  /** Sets whether boxes say the activation of layers that have one; default false. */
  public Diagrams activations(boolean on) {
    return new Diagrams(model, new DiagramOptions(options.expanded(), options.dtypes(), on));
  }

  /**
   * Writes an SVG file; folders that are missing are made.
   *
   * @throws IllegalArgumentException if the name does not end with {@code .svg}
   * @throws IllegalStateException if a library is missing; the text names the artifact to add
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public void svg(Path file) {
    write(file, Format.SVG);
  }

  /**
   * Writes a PNG file; folders that are missing are made.
   *
   * @throws IllegalArgumentException if the name does not end with {@code .png}
   * @throws IllegalStateException if a library is missing; the text names the artifact to add
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public void png(Path file) {
    write(file, Format.PNG);
  }

  private void write(Path file, Format format) {
    Check.that(
        Format.of(file) == format,
        "file: expected a name that ends with .%s, got %s",
        format.name().toLowerCase(Locale.ROOT),
        file);
    Library.ELK.need();
    Library.XBASE.need();
    format.write(file, DiagramPainter.picture(model.label(), ElkLayout.of(graph())));
  }

  /**
   * Returns the diagram as text for <a href="https://mermaid.js.org">Mermaid</a>, which web pages
   * and Markdown show; needs no library.
   */
  public String mermaid() {
    return Mermaid.text(graph());
  }

  /** Returns what the diagram shows. */
  DiagramGraph graph() {
    return DiagramReader.read(model, options);
  }
}
