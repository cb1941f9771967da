package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;

/** The beginning of a file. */
final class Superblock {
  private static final int SHORTEST = 48;

  private Superblock() {}

  /** Returns the address of the root's header. */
  static long root(Source source) {
    byte[] signature = new byte[Hdf5File.SIGNATURE.length];
    if (source.size() >= signature.length) {
      source.read(0, signature.length).get(signature);
    }
    if (!Hdf5File.looksLike(signature)) {
      throw new Damage("is no HDF5 file: it does not begin as HDF5 files do");
    } else if (source.size() < SHORTEST) {
      throw new Damage("ends after " + source.size() + " bytes; copy the whole file");
    }
    int version = source.read(8, 1).get();
    return switch (version) {
      case 0 -> old(source, 24);
      case 1 -> old(source, 28);
      case 2, 3 -> later(source);
      default -> throw new Damage("has a superblock of version " + version + ", expected 0 to 3");
    };
  }

  private static long old(Source source, int addresses) {
    ByteBuffer in = source.read(0, addresses + 48L);
    widths(in.get(13), in.get(14));
    ends(source, in.getLong(addresses), in.getLong(addresses + 16));
    return in.getLong(addresses + 40);
  }

  private static long later(Source source) {
    ByteBuffer in = source.read(0, SHORTEST);
    widths(in.get(9), in.get(10));
    ends(source, in.getLong(12), in.getLong(28));
    return in.getLong(36);
  }

  private static void widths(int offsets, int lengths) {
    if (offsets != 8 || lengths != 8) {
      throw new Damage(
          "has addresses of " + offsets + " and lengths of " + lengths + " bytes, expected 8");
    }
  }

  private static void ends(Source source, long base, long end) {
    if (base != 0) {
      throw new Damage("its addresses begin at " + base + ", expected 0");
    } else if (end < 0 || end > source.size()) {
      throw new Damage(
          "has "
              + source.size()
              + " bytes of "
              + Long.toUnsignedString(end)
              + "; it was not copied or written whole");
    }
  }
}
