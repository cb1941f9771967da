package dev.ibex.savedmodel.hdf5;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is to be written: groups, datasets and texts about them.
 *
 * <p>Paths are names joined by slashes; the empty one is the root. Elements have the stored type of
 * their array; bfloat16 is stored as Keras does, bool as h5py does. The arrays are not copied and
 * must not change before the last {@link #write}. Source: HDF5 File Format Specification 3.0.
 */
public final class Hdf5Content {
  /** A header counts its messages, members and attributes alike, with 16 bits. */
  private static final int MOST_MEMBERS = 60_000;

  private static final int MOST_ATTRIBUTES = 5_000;
  private static final int LONGEST_NAME = 4096;

  /** With a value of 64512 bytes it has to fit into a message of less than 64 kB. */
  private static final int LONGEST_ATTRIBUTE = 255;

  private final OutNode root = new OutNode(null);

  /** Creates an empty file. */
  public Hdf5Content() {}

  /**
   * Adds a group and those around it; one that is there already stays.
   *
   * @throws IllegalArgumentException if a dataset is there already, or if a name is no name
   */
  public Hdf5Content group(String path) {
    groupAt(path);
    return this;
  }

  /**
   * Adds a dataset and the groups around it.
   *
   * @throws IllegalArgumentException if something is there already, or if a name is no name
   */
  public Hdf5Content dataset(String path, Array value) {
    names(path);
    int slash = path.lastIndexOf('/');
    OutNode group = groupAt(slash < 0 ? "" : path.substring(0, slash));
    String name = path.substring(slash + 1);
    if (group.members.containsKey(name)) {
      throw new IllegalArgumentException("path: \"" + path + "\" is there already");
    }
    if (value.dtype() == DType.STRING) {
      for (String text : value.strings()) {
        check("value: element of \"" + path + "\"", text);
      }
    }
    add(group, path, name, new OutNode(value));
    return this;
  }

  /**
   * Adds a text attribute.
   *
   * @param path a group or dataset that is there
   * @throws IllegalArgumentException if nothing is there, or if the attribute is there already
   */
  public Hdf5Content attribute(String path, String name, String text) {
    check("text: attribute \"" + name + "\"", text);
    put(path, name, text);
    return this;
  }

  /**
   * Adds an attribute of several texts; with the numbers 0, 1 and so on behind the name where Keras
   * splits it because of its size.
   *
   * @param path a group or dataset that is there
   * @throws IllegalArgumentException if nothing is there, if the attribute is there already or if
   *     one text has more than 64512 bytes
   */
  public Hdf5Content attribute(String path, String name, List<String> texts) {
    texts.forEach(t -> check("texts: attribute \"" + name + "\"", t));
    FixedTexts.split(name, texts).forEach((part, value) -> put(path, part, value));
    return this;
  }

  private void put(String path, String name, Object value) {
    OutNode node = root;
    for (String part : names(path)) {
      node = node.members.get(part);
      if (node == null) {
        throw new IllegalArgumentException("path: nothing was added at \"" + path + "\"");
      }
    }
    if (name.isEmpty() || name.length() > LONGEST_ATTRIBUTE) {
      throw new IllegalArgumentException(
          "name: \"" + name + "\" is empty or has more than " + LONGEST_ATTRIBUTE + " characters");
    } else if (node.attributes.size() == MOST_ATTRIBUTES) {
      throw new IllegalArgumentException(
          "name: \"" + path + "\" has " + MOST_ATTRIBUTES + " attributes, no more are possible");
    }
    check("name: attribute \"" + name + "\"", name);
    if (node.attributes.putIfAbsent(name, value) != null) {
      throw new IllegalArgumentException(
          "name: \"" + path + "\" has an attribute \"" + name + "\" already");
    }
  }

  private OutNode groupAt(String path) {
    OutNode node = root;
    for (String name : names(path)) {
      OutNode next = node.members.get(name);
      if (next == null) {
        next = new OutNode(null);
        add(node, path, name, next);
      }
      if (next.value != null) {
        throw new IllegalArgumentException("path: \"" + path + "\" leads through a dataset");
      }
      node = next;
    }
    return node;
  }

  private static void add(OutNode group, String path, String name, OutNode node) {
    checkName(path, name);
    if (group.members.size() == MOST_MEMBERS) {
      throw new IllegalArgumentException(
          "path: the group around \"" + path + "\" is full with " + MOST_MEMBERS + " members");
    }
    group.members.put(name, node);
  }

  private static String[] names(String path) {
    String[] names = path.isEmpty() ? new String[0] : path.split("/", -1);
    if (names.length > Hdf5File.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "path: \"" + path + "\" is more than " + Hdf5File.MAX_DEPTH + " names deep");
    }
    return names;
  }

  private static void checkName(String path, String name) {
    if (name.isEmpty() || name.equals(".") || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "path: \"" + path + "\" has a part that is empty, \".\" or too long for a name");
    }
    check("path: \"" + path + "\"", name);
  }

  /** HDF5 ends a string at its first zero. */
  private static void check(String what, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(what + " has a character of code 0, which ends texts");
    }
    try {
      StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(what + " has half of a surrogate pair", e);
    }
  }

  /** Returns the number of bytes that {@link #write} writes. */
  public long size() {
    return new FileLayout(root).size();
  }

  /**
   * Writes the file from its first byte to its last; the same bytes every time. The stream stays
   * open.
   *
   * @throws IOException if the stream throws it
   */
  public void write(OutputStream out) throws IOException {
    new FileLayout(root).write(out);
  }
}
