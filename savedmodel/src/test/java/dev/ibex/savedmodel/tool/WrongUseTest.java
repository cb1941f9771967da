package dev.ibex.savedmodel.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ibex.savedmodel.npy.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrongUseTest {
  @TempDir static Path dir;

  @BeforeAll
  static void write() throws IOException {
    Path model = Samples.branched(dir.resolve("m.keras"));
    assertThat(ToolRun.of("convert", model, dir.resolve("d.json")).exitCode()).isZero();
    assertThat(ToolRun.of("convert", model, dir.resolve("w.weights.h5")).exitCode()).isZero();
    Npy.write(dir.resolve("x.npy"), Samples.inputs(2, 4));
    Files.writeString(dir.resolve("broken.json"), "{");
    Files.writeString(dir.resolve("list.json"), "[]");
    Files.writeString(dir.resolve("text.txt"), "hello");
    Files.write(dir.resolve("empty.keras"), new byte[0]);
    byte[] whole = Files.readAllBytes(model);
    Files.write(dir.resolve("cut.keras"), java.util.Arrays.copyOf(whole, whole.length / 2));
    Files.createDirectory(dir.resolve("folder"));
  }

  static List<Arguments> uses() {
    return List.of(
        arguments("", 2, "ibex: Missing required subcommand"),
        arguments("train", 2, "ibex: Unmatched argument at index 0: 'train'"),
        arguments("inspect", 2, "ibex inspect: Missing required parameter: 'MODEL'"),
        arguments("inspect @m.keras --yaml", 2, "ibex inspect: Unknown option: '--yaml'"),
        arguments("inspect @no.keras", 3, "there is no file @no.keras"),
        arguments("inspect @empty.keras", 3, "@empty.keras: an empty file; "),
        arguments("inspect @text.txt", 3, "@text.txt: a text file, not a model; "),
        arguments("inspect @x.npy", 3, "@x.npy: a NumPy array, not a model; "),
        arguments("inspect @folder", 3, "@folder: a directory without a config.json"),
        arguments("inspect @cut.keras", 3, "@cut.keras: not a whole zip archive"),
        arguments("inspect @broken.json", 3, "@broken.json: no JSON: "),
        arguments("inspect @list.json", 3, "@list.json: expected a JSON object"),
        arguments("diff @m.keras", 2, "ibex diff: Missing required parameter: 'B'"),
        arguments("diff @m.keras @no.keras", 3, "there is no file @no.keras"),
        arguments(
            "diff @m.keras @m.keras --tolerance -1",
            2,
            "--tolerance: expected 0 or more, got -1.0"),
        arguments("diff @m.keras @m.keras --tolerance x", 2, "'x' is not a double"),
        arguments(
            "convert @m.keras @out",
            2,
            "@out does not end in a format's name; give one by --to:"
                + " [keras, h5, weights.h5, weights.json, json, savedmodel]"),
        arguments("convert @m.keras @out --to onnx", 2, "--to: there is no format \"onnx\""),
        arguments(
            "convert @m.keras @out.keras --to json",
            2,
            "--to: json does not fit the name @out.keras"),
        arguments(
            "convert @w.weights.h5 @out.keras",
            2,
            "@w.weights.h5 holds weights alone; give the model they belong to by --config"),
        arguments(
            "convert @d.json @out.keras",
            2,
            "@d.json holds no weights; give them as IN, and this file by --config"),
        arguments(
            "convert @m.keras @out.keras --config @w.weights.h5",
            2,
            "--config: @w.weights.h5 holds weights alone"),
        arguments("convert @text.txt @out.keras", 3, "@text.txt: a text file"),
        arguments("predict @m.keras -i @x.npy", 2, "Missing required option: '--output=[NAME=]Y"),
        arguments(
            "predict @m.keras -i left=@x.npy -o sum=@y.npy",
            2,
            "--input: no samples for [right]; the model has the inputs [left, right]"),
        arguments(
            "predict @m.keras -i @x.npy -o sum=@y.npy",
            2,
            "--input: @x.npy needs a name, as in left=@x.npy; the model has the inputs [left,"
                + " right]"),
        arguments(
            "predict @m.keras -i up=@x.npy -o sum=@y.npy",
            2,
            "--input: there is no input \"up\"; the model has the inputs [left, right]"),
        arguments(
            "predict @m.keras -i left=@x.npy -i left=@x.npy -o sum=@y.npy",
            2,
            "--input: \"left\" is given twice"),
        arguments(
            "predict @m.keras -i left=@x.npy -i right=@x.npy -o sum=@y.npy -o last=@./y.npy",
            2,
            "--output: @./y.npy is given twice"),
        arguments(
            "predict @m.keras -i left=@x.npy -i right=@x.npy -o y=@y.npy",
            2,
            "--output: there is no output \"y\"; the model has the outputs [sum, last]"),
        arguments(
            "predict @m.keras -i left=@x.npy -i right=@text.txt -o sum=@y.npy",
            3,
            "@text.txt: it does not begin as .npy files do"),
        arguments("predict @m.keras -i left=@x.npy -i right=@no.npy -o sum=@y.npy", 3, "@no.npy"),
        arguments(
            "predict @m.keras -i left=@x.npy -i right=@x.npy -o sum=@x.npy",
            3,
            "@x.npy is there already; --force replaces it"),
        arguments(
            "predict @m.keras -i @x.npy -o @y.npy --batch-size 0",
            2,
            "--batch-size: expected 1 or more, got 0"));
  }

  private static Object[] words(String command, String... more) {
    return Stream.concat(
            Stream.of(command.split(" ")).filter(w -> !w.isEmpty()).map(WrongUseTest::inDir),
            Stream.of(more))
        .toArray();
  }

  private static String inDir(String word) {
    return word.replace("@", dir + java.io.File.separator);
  }

  @ParameterizedTest
  @MethodSource("uses")
  void says_what_is_wrong_on_stderr_alone(String command, int exitCode, String text) {
    ToolRun run = ToolRun.of(words(command));
    assertThat(run.err()).startsWith("ibex").contains(inDir(text)).doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(dir.resolve("y.npy")).doesNotExist();
  }

  @Test
  void verbose_adds_the_stack_trace() {
    ToolRun run = ToolRun.of(words("inspect @text.txt", "--verbose"));
    assertThat(run.err()).contains("\tat dev.ibex.");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FILE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "inspect", "convert", "predict", "diff"})
  void each_command_has_help_and_version(String command) {
    ToolRun help = ToolRun.of(words(command, "--help"));
    assertThat(help.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(help.err()).isEmpty();
    assertThat(help.out())
        .startsWith(("Usage: ibex " + command).strip())
        .contains("--verbose", "Exit codes:", "3    a file cannot be read, used or written");
    ToolRun version = ToolRun.of(words(command, "--version"));
    assertThat(version.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(version.out())
        .matches("(?s)ibex \\d+\\.\\d+.*\nTensorFlow Java \\d+\\.\\d+.*\nJava .*\n");
  }
}
