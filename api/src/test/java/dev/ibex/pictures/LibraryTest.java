package dev.ibex.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.layers.Dense;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs without the libraries that only pictures need. */
class LibraryTest {
  private final Path dir;

  LibraryTest(@TempDir Path dir) {
    this.dir = dir;
  }

  /** What runs where a library is missing; loaded there. */
  public static final class Program {
    private Program() {}

    public static String run(String task, String file) {
      Path path = Path.of(file);
      Diagrams diagram = Diagrams.of(Sequential.of(Input.of(2), Dense.of(3)));
      int[] classes = {0, 1, 1};
      switch (task) {
        case "curves" -> LearningCurves.of().with("loss", List.of(0), List.of(1.0)).plot(path);
        case "roc" -> RocCurve.of(classes, new float[] {0, 1, 2}).plot(path);
        case "matrix" -> ConfusionMatrix.of(classes, classes).plot(path);
        case "png" -> diagram.png(path);
        case "svg" -> diagram.svg(path);
        default -> throw new IllegalArgumentException(task);
      }
      return diagram.mermaid() + RocCurve.of(classes, new float[] {0, 1, 2}).area();
    }
  }

  /** Runs the program where no jar of the given name is. */
  private static Object without(String jar, String task, Path file) throws Exception {
    Predicate<String> missing = path -> new File(path).getName().contains(jar);
    URL[] rest =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(missing.negate())
            .map(LibraryTest::url)
            .toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(rest, ClassLoader.getPlatformClassLoader())) {
      Callable<Object> run =
          () ->
              loader
                  .loadClass(Program.class.getName())
                  .getMethod("run", String.class, String.class)
                  .invoke(null, task, file.toString());
      return run.call();
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private static URL url(String path) {
    try {
      return new File(path).toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "xchart, curves, a.png, charts, org.knowm.xchart:xchart",
    "xchart, roc, a.png, charts, org.knowm.xchart:xchart",
    "elk.alg.layered, png, a.png, pictures of models, org.eclipse.elk:org.eclipse.elk.alg.layered",
    "xbase.lib, svg, a.svg, pictures of models, org.eclipse.xtext:org.eclipse.xtext.xbase.lib",
    "batik-svggen, curves, a.svg, SVG files, org.apache.xmlgraphics:batik-svggen",
    "batik-svggen, matrix, a.svg, SVG files, org.apache.xmlgraphics:batik-svggen",
    "batik-svggen, svg, a.svg, SVG files, org.apache.xmlgraphics:batik-svggen"
  })
  void one_that_is_missing_is_named(
      String jar, String task, String file, String purpose, String artifact) {
    assertThatThrownBy(() -> without(jar, task, dir.resolve(file)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            purpose
                + " need a library that is not there: add the artifact "
                + artifact
                + " (on the module path, also --add-modules ALL-MODULE-PATH)");
  }

  @ParameterizedTest
  @CsvSource({
    "xchart, matrix, a.svg",
    "xchart, png, a.png",
    "elk, curves, a.svg",
    "elk, roc, a.png",
    "batik, png, a.png",
    "batik, curves, a.png"
  })
  void one_that_is_not_used_may_be_missing(String jar, String task, String file) throws Exception {
    assertThat(without(jar, task, dir.resolve(file)).toString()).startsWith("flowchart TD");
    assertThat(dir.resolve(file)).isNotEmptyFile();
  }
}
