package dev.ibex.savedmodel.tool;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;

/**
 * A file for an input or output of a model: {@code x.npy}, or {@code name=x.npy}.
 *
 * @param name the name; empty where none is given
 * @param path the file
 */
record NamedFile(String name, Path path) {
  /** Reads the text of an argument; a path with an equals sign begins with {@code ./}. */
  static final class Converter implements ITypeConverter<NamedFile> {
    @Override
    public NamedFile convert(String text) {
      int equals = text.indexOf('=');
      return equals < 0 || text.startsWith(".") || text.startsWith("/")
          ? new NamedFile("", Path.of(text))
          : new NamedFile(text.substring(0, equals), Path.of(text.substring(equals + 1)));
    }
  }

  /**
   * Refuses a file that is given for two names.
   *
   * @param what what the names are of
   * @throws CommandLine.ParameterException if there is one
   */
  static void requireDistinct(CommandLine command, String what, List<NamedFile> files) {
    Set<Path> known = new HashSet<>();
    for (NamedFile file : files) {
      if (!known.add(file.path.toAbsolutePath().normalize())) {
        throw new CommandLine.ParameterException(
            command,
            "--" + what + ": " + file.path + " is given twice; give each a file of its own");
      }
    }
  }

  /**
   * Returns files by the names that a model has. One file for one name needs none.
   *
   * @param what what the names are of: input or output
   * @throws CommandLine.ParameterException if a name is missing, unknown or given twice
   */
  static Map<String, Path> byName(
      CommandLine command, String what, List<NamedFile> files, List<String> names) {
    Map<String, Path> byName = new LinkedHashMap<>();
    for (NamedFile file : files) {
      boolean only = file.name.isEmpty() && files.size() == 1 && names.size() == 1;
      String name = only ? names.get(0) : file.name;
      if (!names.contains(name)) {
        throw wrong(command, what, file, names);
      } else if (byName.put(name, file.path) != null) {
        throw new CommandLine.ParameterException(
            command, "--" + what + ": \"" + name + "\" is given twice");
      }
    }
    return byName;
  }

  private static CommandLine.ParameterException wrong(
      CommandLine command, String what, NamedFile file, List<String> names) {
    String text =
        file.name.isEmpty()
            ? file.path + " needs a name, as in " + names.get(0) + "=" + file.path
            : "there is no " + what + " \"" + file.name + "\"";
    return new CommandLine.ParameterException(
        command, "--" + what + ": " + text + "; the model has the " + what + "s " + names);
  }
}
