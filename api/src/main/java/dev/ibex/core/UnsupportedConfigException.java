package dev.ibex.core;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A well-formed configuration that asks for something Ibex does not have. */
public final class UnsupportedConfigException extends ConfigException {
  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final String name;

  /** What is missing. */
  public enum Kind {
    /** A class, such as a layer. */
    CLASS,
    /** A function, such as a loss that is given by name. */
    FUNCTION,
    /** An option of something that exists. */
    OPTION
  }

  /**
   * Creates the exception.
   *
   * @param pointer the place as a JSON pointer
   * @param kind what is missing
   * @param name its name in Keras's files
   * @param text what to do
   */
  public UnsupportedConfigException(String pointer, Kind kind, String name, String text) {
    this(pointer, kind, name, text, "", null);
  }

  private UnsupportedConfigException(
      String pointer,
      Kind kind,
      String name,
      String text,
      String owner,
      @Nullable Throwable cause) {
    super(pointer, text, owner, cause);
    this.kind = kind;
    this.name = name;
  }

  @Override
  public ConfigException in(String object) {
    return new UnsupportedConfigException(pointer(), kind, name, text(), " (" + object + ")", this);
  }

  /** Returns what is missing. */
  public Kind kind() {
    return kind;
  }

  /** Returns its name in Keras's files. */
  public String name() {
    return name;
  }

  /** Returns kind and name: {@code missing class LSTM}. */
  public String missing() {
    return "missing " + kind.name().toLowerCase(Locale.ROOT) + " " + name;
  }
}
