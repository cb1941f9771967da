package dev.ibex.pictures;

/** What pictures alone need, and a program adds that draws some. */
enum Library {
  DESKTOP("java.awt.Graphics2D", "pictures", "the module java.desktop to the Java runtime"),
  XCHART("org.knowm.xchart.XYChart", "charts", "the artifact org.knowm.xchart:xchart"),
  ELK(
      "org.eclipse.elk.alg.layered.LayeredLayoutProvider",
      "pictures of models",
      "the artifact org.eclipse.elk:org.eclipse.elk.alg.layered"),
  BATIK(
      "org.apache.batik.svggen.SVGGraphics2D",
      "SVG files",
      "the artifact org.apache.xmlgraphics:batik-svggen");

  private final String example;
  private final String purpose;
  private final String remedy;

  Library(String example, String purpose, String remedy) {
    this.example = example;
    this.purpose = purpose;
    this.remedy = remedy;
  }

  /**
   * Checks that it is there.
   *
   * @throws IllegalStateException if not; the text names the artifact to add
   */
  void need() {
    try {
      Class.forName(example, false, Library.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          purpose
              + " need a library that is not there: add "
              + remedy
              + " (on the module path, also --add-modules ALL-MODULE-PATH)",
          e);
    }
  }
}
