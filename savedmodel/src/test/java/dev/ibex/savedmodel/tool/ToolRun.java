package dev.ibex.savedmodel.tool;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import picocli.CommandLine;

/** What one call of the tool, in this process, returned and printed. */
record ToolRun(int exitCode, String out, String err) {
  static ToolRun of(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine ibex =
        IbexTool.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = ibex.execute(Arrays.stream(args).map(Object::toString).toArray(String[]::new));
    return new ToolRun(code, unix(out), unix(err));
  }

  private static String unix(StringWriter text) {
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
