package dev.ibex.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program on the module path with a layer of its own. */
class NamedModuleTest {
  @TempDir Path dir;

  /** Compiles the program and runs one of its classes where only some jars are modules. */
  private String run(String main, Predicate<String> wanted) throws Exception {
    Path sources = Path.of("src/test/resources/user.module");
    String modules =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(p -> !p.contains("test-classes") && !p.contains("junit") && !p.isEmpty())
            .filter(p -> !Path.of(p).startsWith(Path.of("target").toAbsolutePath()))
            .filter(p -> Files.exists(Path.of(p)))
            .filter(wanted)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> compile =
        new ArrayList<>(List.of(JavaProcess.tool("javac"), "-p", modules, "-d", dir.toString()));
    try (Stream<Path> files = Files.walk(sources)) {
      files.filter(p -> p.toString().endsWith(".java")).forEach(p -> compile.add(p.toString()));
    }
    assertThat(JavaProcess.run(compile)).isEmpty();
    return JavaProcess.run(
        List.of(
            JavaProcess.tool("java"),
            "-p",
            modules + File.pathSeparator + dir,
            "--add-modules",
            "ALL-MODULE-PATH",
            "-m",
            "user.module/" + main,
            dir.toString()));
  }

  @Test
  void a_layer_of_another_named_module_trains_and_its_weights_are_saved() throws Exception {
    assertThat(run("user.Main", NamedModuleTest::needed))
        .contains("user.module loss true same true");
  }

  @Test
  void a_named_module_draws_charts_and_models() throws Exception {
    assertThat(run("user.Draw", p -> needed(p) || draws(p))).contains("user.module drew 4 of 4");
  }

  @Test
  void without_the_libraries_it_hears_which_are_missing() throws Exception {
    assertThat(run("user.Draw", NamedModuleTest::needed))
        .contains("add the artifact org.knowm.xchart:xchart")
        .contains("add the artifact org.eclipse.elk:org.eclipse.elk.alg.layered")
        .contains("add the artifact org.apache.xmlgraphics:batik-svggen")
        .contains("user.module drew 0 of 4");
  }

  /** What pictures need, with all that it brings. */
  private static boolean draws(String path) {
    return Stream.of(
            "xchart",
            "org.eclipse.",
            "guava",
            "failureaccess",
            "batik",
            "xmlgraphics",
            "commons-io",
            "commons-logging")
        .anyMatch(part -> Path.of(path).getFileName().toString().contains(part));
  }

  /** The library and what it stands on; test libraries stay out. */
  private static boolean needed(String path) {
    return Stream.of(
            "graph",
            "api",
            "tensorflow",
            "ndarray",
            "javacpp",
            "protobuf",
            "jackson",
            "jspecify",
            "fastcsv")
        .anyMatch(part -> path.replace('\\', '/').matches(".*/" + part + "([-/].*|$)"));
  }
}
