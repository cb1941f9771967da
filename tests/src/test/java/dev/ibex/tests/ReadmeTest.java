package dev.ibex.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows compiles, with the imports that it names. */
class ReadmeTest {
  private static final Path PAGE = Path.of("..", "README.md");
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  /** What the blocks use and a reader has of his own. */
  private static final String FIELDS =
      """
        private static final Array x = null;
        private static final Array y = null;
        private static final Array v = null;
        private static final Array l = null;
        private static final Array unseen = null;
        private static final Array images = null;
        private static final Loss bce = null;
        private static final Optimizer judgeOptimizer = null;
        private static final Optimizer makerOptimizer = null;
        private static Model model;
        private static Model maker;
        private static Model judge;
      """;

  @TempDir Path folder;

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static List<String> blocks() throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher m = BLOCK.matcher(Files.readString(PAGE));
    while (m.find()) {
      blocks.add(m.group(1));
    }
    return blocks;
  }

  /** Returns a class around a block, which is a class itself or statements. */
  private static String wrapped(int number, String imports, String block) {
    boolean member = block.contains("class ");
    return imports
        + "class Block"
        + number
        + " {\n"
        + FIELDS
        + (member ? block : "  static void run() {\n" + block + "  }\n")
        + "}\n";
  }

  @Test
  void every_java_block_compiles_with_the_imports_of_the_first() throws IOException {
    List<String> blocks = blocks();
    assertThat(blocks).hasSizeGreaterThan(3);
    String imports = blocks.get(0);
    assertThat(imports.lines()).allMatch(line -> line.startsWith("import "));
    List<Source> sources = new ArrayList<>();
    for (int i = 1; i < blocks.size(); i++) {
      sources.add(new Source("Block" + i, wrapped(i, imports, blocks.get(i))));
    }
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    ToolProvider.getSystemJavaCompiler()
        .getTask(
            null,
            null,
            found,
            List.of(
                "-proc:none",
                "-d",
                folder.toString(),
                "-classpath",
                System.getProperty("java.class.path")),
            null,
            sources)
        .call();
    assertThat(
            found.getDiagnostics().stream()
                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                .map(String::valueOf)
                .collect(Collectors.joining("\n")))
        .isEmpty();
  }
}
