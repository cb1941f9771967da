package dev.ibex.core;

import java.util.Set;

/** The user's own line in a stack of calls. */
final class CallSite {
  private static final Set<String> OWN =
      Set.of(
          "dev.ibex",
          "dev.ibex.core",
          "dev.ibex.layers",
          "dev.ibex.ops",
          "dev.ibex.config",
          "dev.ibex.savedmodel",
          "dev.ibex.savedmodel.keras");

  private CallSite() {}

  /** Returns {@code (File.java:12)}, the first line outside the library. */
  static String text() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(f -> !own(f.getClassName()))
                    .findFirst()
                    .map(f -> "(" + f.getFileName() + ":" + f.getLineNumber() + ")")
                    .orElse(""));
  }

  private static boolean own(String className) {
    int dot = className.lastIndexOf('.');
    String pack = dot < 0 ? "" : className.substring(0, dot);
    return pack.startsWith("java.") || (OWN.contains(pack) && !className.endsWith("Test"));
  }
}
