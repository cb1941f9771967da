package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A name in a group.
 *
 * @param kind what else than an object it stands for; null for an object
 */
record Link(String name, long to, @Nullable String kind) {
  private static final int HARD = 0;
  private static final int SOFT = 1;

  Link {
    if (name.isEmpty() || name.indexOf('/') >= 0) {
      throw new Damage("has a member of the name \"" + name + "\"");
    }
  }

  /** Reads a link message. */
  static Link read(ByteBuffer in) {
    int version = in.get();
    int flags = in.get();
    if (version != 1) {
      throw new Damage("has a link of version " + version + ", expected 1");
    }
    int type = (flags & 8) == 0 ? HARD : in.get();
    if ((flags & 4) != 0) {
      in.getLong();
    }
    if ((flags & 0x10) != 0) {
      in.get();
    }
    long length = Numbers.unsigned(in, 1 << (flags & 3));
    if (length < 0 || length > in.remaining()) {
      throw new Damage("has a member whose name is cut short");
    }
    String name = Numbers.text(Numbers.take(in, (int) length));
    return type == HARD
        ? new Link(name, in.getLong(), null)
        : new Link(name, 0, type == SOFT ? "soft link" : "link to another file");
  }

  /**
   * Returns where the object's header lies.
   *
   * @throws Damage if it is no object
   */
  long address() {
    if (kind != null) {
      throw new Damage("is a " + kind + ", which is not followed; store the values there instead");
    }
    return to;
  }
}
