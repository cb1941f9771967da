package dev.ibex.savedmodel.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The versions that this was built with, which the build writes into a resource. */
public final class Build {
  private static final Properties VERSIONS = read();

  private Build() {}

  private static Properties read() {
    Properties versions = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("version.properties")) {
      versions.load(Objects.requireNonNull(in, "version.properties"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return versions;
  }

  /** Returns the version of Ibex. */
  public static String ibex() {
    return VERSIONS.getProperty("ibex");
  }

  /** Returns the version of TensorFlow Java. */
  public static String tensorFlow() {
    return VERSIONS.getProperty("tensorflow");
  }
}
