package dev.ibex.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program on the module path with a layer of its own. */
class NamedModuleTest {
  @TempDir Path dir;

  @Test
  void a_layer_of_another_named_module_trains_and_its_weights_are_saved() throws Exception {
    Path sources = Path.of("src/test/resources/user.module");
    String modules =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(p -> !p.contains("test-classes") && !p.contains("junit") && !p.isEmpty())
            .filter(p -> !Path.of(p).startsWith(Path.of("target").toAbsolutePath()))
            .filter(p -> Files.exists(Path.of(p)))
            .filter(p -> needed(p))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> compile =
        new ArrayList<>(List.of(JavaProcess.tool("javac"), "-p", modules, "-d", dir.toString()));
    try (Stream<Path> files = Files.walk(sources)) {
      files.filter(p -> p.toString().endsWith(".java")).forEach(p -> compile.add(p.toString()));
    }
    assertThat(JavaProcess.run(compile)).isEmpty();
    String output =
        JavaProcess.run(
            List.of(
                JavaProcess.tool("java"),
                "-p",
                modules + File.pathSeparator + dir,
                "--add-modules",
                "ALL-MODULE-PATH",
                "-m",
                "user.module/user.Main"));
    assertThat(output).contains("user.module loss true same true");
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
