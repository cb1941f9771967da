package dev.ibex.tests.conformance;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Replays every case under a folder in one JVM: {@code DIR [--filter GLOB] [--json FILE]
 * [--allow-missing]}.
 *
 * <p>Prints a line for each failure, {@code FAILED area/name: reason}, and at the end {@code N
 * passed, N failed}. The exit code is 0 if none failed, or if what failed is only missing and that
 * is allowed; 2 for wrong arguments.
 */
public final class ConformanceMain {
  private static final int MAX_REASON = 300;

  private final JsonMapper mapper = new JsonMapper();
  private final ArrayNode results = mapper.createArrayNode();
  private int passed;
  private int failed;
  private int missing;

  private ConformanceMain() {}

  /** Runs the cases. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws IOException {
    @Nullable Path folder = null;
    Optional<PathMatcher> filter = Optional.empty();
    Optional<Path> json = Optional.empty();
    boolean allowMissing = false;
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals("--allow-missing")) {
        allowMissing = true;
      } else if (args[i].equals("--filter") && i + 1 < args.length) {
        filter = Optional.of(FileSystems.getDefault().getPathMatcher("glob:" + args[++i]));
      } else if (args[i].equals("--json") && i + 1 < args.length) {
        json = Optional.of(Path.of(args[++i]));
      } else if (folder == null && !args[i].startsWith("--")) {
        folder = Path.of(args[i]);
      } else {
        folder = null;
        break;
      }
    }
    if (folder == null || !Files.isDirectory(folder)) {
      System.err.println("usage: conformance DIR [--filter GLOB] [--json FILE] [--allow-missing]");
      System.exit(2);
      return;
    }
    ConformanceMain main = new ConformanceMain();
    main.runAll(folder, filter);
    if (json.isPresent()) {
      main.write(json.get());
    }
    System.out.println(main.passed + " passed, " + main.failed + " failed");
    System.exit(main.failed == 0 || (allowMissing && main.failed == main.missing) ? 0 : 1);
  }

  private void runAll(Path folder, Optional<PathMatcher> filter) throws IOException {
    List<Path> folders;
    try (Stream<Path> files = Files.walk(folder)) {
      folders =
          new ArrayList<>(
              files
                  .filter(p -> String.valueOf(p.getFileName()).equals("case.json"))
                  .map(p -> p.toAbsolutePath().normalize().getParent())
                  .sorted()
                  .toList());
    }
    Path root = folder.toAbsolutePath().normalize();
    for (Path p : folders) {
      Path label = p.subpath(Math.max(0, p.getNameCount() - 2), p.getNameCount());
      Path relative = root.relativize(p);
      if (filter.map(f -> f.matches(label) || f.matches(relative)).orElse(true)) {
        run(p, label.toString().replace('\\', '/'));
      }
    }
  }

  @SuppressWarnings("SystemOut")
  private void run(Path folder, String label) {
    ObjectNode result = results.addObject().put("case", label);
    try {
      Case c = new Case(folder);
      switch (c.kind()) {
        case "predict" -> ModelCases.predict(c);
        case "predict_h5" -> ModelCases.predictH5(c);
        case "predict_weights_h5" -> ModelCases.predictWeights(c);
        case "predict_savedmodel" -> SavedModelCases.predict(c);
        case "train" -> ModelCases.train(c);
        case "function" -> FunctionCases.run(c);
        default -> throw new Missing("kind", c.kind());
      }
      passed++;
      result.put("passed", true);
    } catch (IOException | RuntimeException | StackOverflowError | AssertionError e) {
      failed++;
      Optional<String> absent = Missing.text(e);
      missing += absent.isPresent() ? 1 : 0;
      String reason = absent.orElseGet(() -> reason(e));
      result.put("passed", false).put("reason", reason);
      System.out.println("FAILED " + label + ": " + reason);
    }
    System.out.flush();
  }

  private static String reason(Throwable e) {
    String text =
        e instanceof Mismatch
            ? String.valueOf(e.getMessage())
            : e.getClass().getSimpleName() + ": " + e.getMessage();
    String line = text.replaceAll("\\s+", " ").trim();
    return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + "...";
  }

  private void write(Path file) throws IOException {
    ObjectNode all = mapper.createObjectNode().put("passed", passed).put("failed", failed);
    all.set("cases", results);
    mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
  }
}
