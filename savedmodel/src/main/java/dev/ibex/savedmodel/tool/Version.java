package dev.ibex.savedmodel.tool;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions that this was built with, which the build writes into a resource. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    Properties built = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      built.load(Objects.requireNonNull(in, "version.properties"));
    }
    return new String[] {
      "ibex " + built.getProperty("ibex"),
      "TensorFlow Java " + built.getProperty("tensorflow"),
      "Java ${java.version}, ${os.name} ${os.arch}"
    };
  }
}
