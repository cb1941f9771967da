package dev.ibex.savedmodel.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  @TempDir Path dir;

  @Test
  void runs_the_tool_where_the_user_is_and_returns_its_exit_code() throws Exception {
    Path launcher = Path.of("src/dist/bin/ibex").toAbsolutePath();
    ProcessBuilder builder =
        new ProcessBuilder("bash", launcher.toString(), "inspect", "not here.keras")
            .directory(dir.toFile())
            .redirectErrorStream(true);
    builder.environment().put("IBEX_CLASS_PATH", System.getProperty("java.class.path"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(printed).isEqualTo("ibex inspect: path: there is no file not here.keras\n");
    assertThat(process.exitValue()).isEqualTo(ExitCode.FILE);
  }
}
