package dev.ibex.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.graph.GradientRegistry;
import dev.ibex.graph.Gradients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** docs/gradients.md is this test's output. */
class GradientsDocTest {
  private static final Path PAGE = Path.of("..", "docs", "gradients.md");

  @Test
  void the_page_of_differentiable_ops_is_current() throws IOException {
    String text = page();
    if (Boolean.getBoolean("ibex.write.docs")) {
      Files.writeString(PAGE, text);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/gradients.md; write it anew by mvn -pl tests -am test -Dibex.write.docs=true")
        .isEqualTo(text);
  }

  private static String page() {
    Set<String> own = new TreeSet<>(GradientRegistry.types());
    Set<String> all = Gradients.differentiable();
    StringBuilder page = new StringBuilder("# Differentiable ops\n\n");
    page.append("What `Gradients.of` can go through, of TensorFlow's ")
        .append(org.tensorflow.TensorFlow.version())
        .append(" ops. A test writes this page.\n\n")
        .append("## By Ibex\n\n")
        .append("Not on Windows, where TensorFlow Java refuses registration.\n\n");
    own.forEach(type -> page.append("- `").append(type).append("`\n"));
    page.append("\n## Known wrong\n\n")
        .append(
            "TensorFlow has these gradients, and they fail or lie. Ibex's losses and activations")
        .append(" go around them; ops that you emit yourself do not.\n\n")
        .append(
            "- `LogSoftmax`: right for inputs of rank 2 alone, silently wrong for others. Reshape")
        .append(" to a matrix first, as the activation `logSoftmax` does.\n")
        .append(
            "- `SoftmaxCrossEntropyWithLogits`: fails in float64. Take the negative sum of targets")
        .append(" times `LogSoftmax` of a matrix, as `CategoricalCrossentropy` does.\n");
    List<String> native_ =
        all.stream().filter(t -> !own.contains(t) && !t.startsWith("_")).toList();
    page.append("\n## By TensorFlow (").append(native_.size()).append(")\n\n");
    char letter = 0;
    for (String type : native_) {
      page.append(type.charAt(0) == letter ? ", " : letter == 0 ? "" : "\n\n");
      letter = type.charAt(0);
      page.append('`').append(type).append('`');
    }
    return page.append('\n').toString();
  }
}
