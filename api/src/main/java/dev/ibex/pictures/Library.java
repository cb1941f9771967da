package dev.ibex.pictures;

/** What pictures alone need, and a program adds that draws some. */
enum Library {
  DESKTOP("pictures", "the module java.desktop to the Java runtime", "java.awt.Graphics2D"),
  XCHART("charts", "the artifact org.knowm.xchart:xchart", "org.knowm.xchart.XYChart"),
  ELK(
      "pictures of models",
      "the artifact org.eclipse.elk:org.eclipse.elk.alg.layered",
      "org.eclipse.elk.alg.layered.LayeredLayoutProvider"),
  /** ELK needs it and does not bring it. */
  XBASE(
      "pictures of models",
      "the artifact org.eclipse.xtext:org.eclipse.xtext.xbase.lib",
      "org.eclipse.xtext.xbase.lib.CollectionLiterals"),
  BATIK(
      "SVG files",
      "the artifact org.apache.xmlgraphics:batik-svggen",
      "org.apache.batik.svggen.SVGGraphics2D");

  private final String purpose;
  private final String remedy;
  private final String example;

  Library(String purpose, String remedy, String example) {
    this.purpose = purpose;
    this.remedy = remedy;
    this.example = example;
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
