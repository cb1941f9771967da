package dev.ibex.savedmodel.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file.
 *
 * <p>Structures are read through {@link #read}, which stops what goes in circles: it hands out no
 * more than a few times the file, while a sound file is read once.
 */
final class Source implements AutoCloseable {
  private static final int READINGS = 4;
  private static final int FREE = 1 << 20;
  private static final int PIECE = 1 << 20;

  private final @Nullable FileChannel channel;
  private final ByteBuffer content;
  private final long size;
  private long left;

  private Source(@Nullable FileChannel channel, ByteBuffer content, long size) {
    this.channel = channel;
    this.content = content;
    this.size = size;
    this.left = Math.min(size, Long.MAX_VALUE / 8) * READINGS + FREE;
  }

  static Source of(FileChannel channel) throws IOException {
    return new Source(channel, ByteBuffer.allocate(0), channel.size());
  }

  static Source of(byte[] content) {
    return new Source(null, ByteBuffer.wrap(content), content.length);
  }

  long size() {
    return size;
  }

  /**
   * Returns bytes of a structure, least significant byte first.
   *
   * @throws Damage if they are not inside the file
   */
  ByteBuffer read(long at, long length) {
    check(at, length);
    left -= length;
    if (left < 0) {
      throw new Damage("its structures refer to each other in circles");
    } else if (length > Integer.MAX_VALUE - 8) {
      throw new Damage("a structure of " + length + " bytes is too large");
    }
    return data(at, (int) length);
  }

  /** Returns bytes of data, which may be read again and again. */
  ByteBuffer data(long at, int length) {
    ByteBuffer into = ByteBuffer.allocate(length);
    fill(at, into);
    return into.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Fills a buffer with data and makes it ready to be read. */
  void fill(long at, ByteBuffer into) {
    check(at, into.remaining());
    if (channel == null) {
      into.put(content.slice((int) at, into.remaining()));
    } else {
      transfer(channel, at, into);
    }
    into.flip();
  }

  /** In pieces, because the channel copies each through native memory of its size. */
  private static void transfer(FileChannel channel, long at, ByteBuffer into) {
    int end = into.limit();
    try {
      long position = at;
      while (into.position() < end) {
        into.limit(Math.min(end, into.position() + PIECE));
        int count = channel.read(into, position);
        if (count < 0) {
          throw new Damage("it has become shorter while it was read");
        }
        position += count;
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /**
   * Makes sure that a range lies inside the file.
   *
   * @throws Damage if not
   */
  void check(long at, long length) {
    if (at < 0 || length < 0 || at > size || length > size - at) {
      throw new Damage(
          Long.toUnsignedString(length)
              + " bytes at "
              + Long.toUnsignedString(at)
              + " are outside the file of "
              + size
              + " bytes; it is damaged or was not copied whole");
    }
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
