package dev.ibex.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * A file of sorted keys with values in LevelDB's table format, as TensorFlow's {@code .index} files
 * have it: blocks of records, a block that says where these are, and a footer.
 *
 * <p>Blocks may not overlap and keys must ascend, so reading hands each byte of the file out once
 * at most, and a crafted file cannot make more of itself than {@link #MAX_BYTES}.
 */
final class SortedTable {
  /** How large a file may be, and what is unpacked from it; one of a million arrays has a tenth. */
  static final int MAX_BYTES = 1 << 28;

  private static final long MAGIC = 0xdb4775248b80fb57L;
  private static final int FOOTER = 48;

  /** What follows a block: how it is compressed and a checksum. */
  private static final int TRAILER = 1 + Integer.BYTES;

  private static final int NONE = 0;
  private static final int SNAPPY = 1;

  private final Path file;
  private final byte[] content;
  private byte[] last = {};
  private boolean first = true;
  private long left = MAX_BYTES;
  private int end;

  private SortedTable(Path file, byte[] content) {
    this.file = file;
    this.content = content;
  }

  /**
   * Hands out all records in order.
   *
   * @throws BundleException if the file is missing or damaged
   */
  static void read(Path file, BiConsumer<byte[], ByteBuffer> records) {
    new SortedTable(file, content(file)).read(records);
  }

  private static byte[] content(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new BundleException(
            file, "", "it has more than " + MAX_BYTES + " bytes and is not read");
      }
      return content;
    } catch (NoSuchFileException e) {
      throw new BundleException(
          file,
          "",
          "this file is missing; a checkpoint is named by what its files begin with, such as"
              + " \"ckpt-1\" of \"ckpt-1.index\"",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read: " + e, e);
    }
  }

  private void read(BiConsumer<byte[], ByteBuffer> records) {
    if (content.length < FOOTER) {
      throw damaged("expected at least " + FOOTER + " bytes, found " + content.length);
    }
    ByteBuffer footer = little(content.length - FOOTER, FOOTER);
    long magic = footer.getLong(FOOTER - Long.BYTES);
    if (magic != MAGIC) {
      throw damaged(String.format("expected that it ends in %016x, found %016x", MAGIC, magic));
    }
    varint(footer); // a block of statistics
    varint(footer);
    TableBlock index = block(varint(footer), varint(footer));
    while (index.next()) {
      ByteBuffer handle = index.value();
      long at = varint(handle);
      if (at < end) {
        throw damaged("expected a block from byte " + end + " on, found one at " + at);
      }
      TableBlock block = block(at, varint(handle));
      end = (int) at + block.size();
      while (block.next()) {
        records.accept(ascending(block.key()), block.value());
      }
    }
  }

  private byte[] ascending(byte[] key) {
    if (!first && Arrays.compareUnsigned(last, key) >= 0) {
      throw damaged("expected ascending keys, found one that is not above the one before");
    }
    first = false;
    last = key;
    return key;
  }

  private TableBlock block(long at, long size) {
    if (at < 0 || size < 0 || at > content.length || size > content.length - TRAILER - at) {
      throw damaged(
          "expected blocks inside its "
              + content.length
              + " bytes, found one of "
              + Long.toUnsignedString(size)
              + " bytes at "
              + Long.toUnsignedString(at));
    }
    int from = (int) at;
    int length = (int) size;
    int stored = little(from + length + 1, Integer.BYTES).getInt();
    int computed = MaskedCrc.of(content, from, length + 1);
    if (stored != computed) {
      throw damaged(
          String.format(
              "expected the checksum %08x for the block at byte %d, found %08x",
              stored, from, computed));
    }
    int compression = content[from + length];
    if (compression != NONE) {
      throw new BundleException(
          file,
          "",
          "its blocks are compressed with "
              + (compression == SNAPPY ? "Snappy" : "method " + compression)
              + ", which is not read; TensorFlow writes them uncompressed: write the checkpoint"
              + " with it again");
    }
    return new TableBlock(little(from, length), this);
  }

  /** Returns bytes of the file. */
  private ByteBuffer little(int from, int length) {
    return ByteBuffer.wrap(content, from, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Counts memory that records need. */
  void take(long bytes) {
    left -= bytes;
    if (left < 0) {
      throw damaged("its records unpack to more than " + MAX_BYTES + " bytes");
    }
  }

  /** Reads a number of seven bits a byte, the least significant ones first. */
  long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE && in.hasRemaining(); shift += 7) {
      byte b = in.get();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw damaged("a number in it has no end");
  }

  BundleException damaged(String problem) {
    return new BundleException(
        file,
        "",
        "it is damaged, was not completely written or is no TensorFlow index: "
            + problem
            + "; copy or write the checkpoint again");
  }
}
