package dev.ibex.savedmodel.keras;

import java.util.Arrays;
import java.util.Random;

/** Ways in which bytes get damaged. */
enum Mutation {
  FLIPPED_BITS {
    @Override
    byte[] damage(byte[] content, Random random) {
      for (int i = random.nextInt(4); i >= 0; i--) {
        content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
      }
      return content;
    }
  },
  CUT {
    @Override
    byte[] damage(byte[] content, Random random) {
      return Arrays.copyOf(content, random.nextInt(content.length));
    }
  },
  OVERWRITTEN {
    @Override
    byte[] damage(byte[] content, Random random) {
      int from = random.nextInt(content.length);
      int to = Math.min(content.length, from + 1 + random.nextInt(16));
      byte[] values = {0, -1, 0x7f, (byte) 0x80, (byte) random.nextInt()};
      Arrays.fill(content, from, to, values[random.nextInt(values.length)]);
      return content;
    }
  },
  SWAPPED {
    @Override
    byte[] damage(byte[] content, Random random) {
      int size = 1 + random.nextInt(Math.min(64, content.length / 2));
      int a = random.nextInt(content.length - size + 1);
      int b = random.nextInt(content.length - size + 1);
      byte[] first = Arrays.copyOfRange(content, a, a + size);
      System.arraycopy(content.clone(), b, content, a, size);
      System.arraycopy(first, 0, content, b, size);
      return content;
    }
  };

  /** Returns damaged content; may change what it is given. */
  abstract byte[] damage(byte[] content, Random random);

  /** Returns content that is damaged in one of the ways. */
  static byte[] any(byte[] content, Random random) {
    return values()[random.nextInt(values().length)].damage(content.clone(), random);
  }
}
