package dev.ibex.core;

/** A configuration that cannot be read or written; says where in the JSON. */
public class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String pointer;
  private final String text;
  private final String owner;

  /**
   * Creates the exception.
   *
   * @param pointer the place as a JSON pointer; empty for the whole
   * @param text what was expected, what came, what to do
   */
  public ConfigException(String pointer, String text) {
    this(pointer, text, "", null);
  }

  /** Creates the exception with a cause. */
  protected ConfigException(
      String pointer,
      String text,
      String owner,
      @org.jspecify.annotations.Nullable Throwable cause) {
    super(
        "at " + (pointer.isEmpty() ? "/" : pointer) + ": " + text + (owner.isEmpty() ? "" : owner),
        cause);
    this.pointer = pointer;
    this.text = text;
    this.owner = owner;
  }

  /** Returns this exception with the object it is about, unless it names one already. */
  public ConfigException in(String object) {
    return owner.isEmpty() ? new ConfigException(pointer, text, " (" + object + ")", this) : this;
  }

  /** Returns the place as a JSON pointer. */
  public final String pointer() {
    return pointer;
  }

  /** Returns the text without the place. */
  public final String text() {
    return text;
  }
}
