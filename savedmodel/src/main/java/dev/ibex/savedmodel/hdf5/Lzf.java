package dev.ibex.savedmodel.hdf5;

import java.util.Arrays;

/** Expands what h5py's lzf filter has compressed. */
final class Lzf {
  private static final int LITERALS = 32;
  private static final int LONG = 7;

  private Lzf() {}

  static byte[] expand(byte[] in, int most) {
    byte[] out = new byte[most];
    int at = 0;
    try {
      for (int i = 0; i < in.length; ) {
        int control = in[i++] & 0xff;
        if (control < LITERALS) {
          System.arraycopy(in, i, out, at, control + 1);
          i += control + 1;
          at += control + 1;
          continue;
        }
        int length = control >> 5;
        if (length == LONG) {
          length += in[i++] & 0xff;
        }
        int from = at - ((control & 0x1f) << 8) - (in[i++] & 0xff) - 1;
        for (int end = at + length + 2; at < end; at++) {
          out[at] = out[from++];
        }
      }
    } catch (IndexOutOfBoundsException e) {
      throw new Damage("a chunk's compressed bytes are damaged");
    }
    return Arrays.copyOf(out, at);
  }
}
