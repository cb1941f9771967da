package dev.ibex.savedmodel.tool;

import dev.ibex.savedmodel.files.Build;
import picocli.CommandLine.IVersionProvider;

/** The versions that this was built with. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "ibex " + Build.ibex(),
      "TensorFlow Java " + Build.tensorFlow(),
      "Java ${java.version}, ${os.name} ${os.arch}"
    };
  }
}
