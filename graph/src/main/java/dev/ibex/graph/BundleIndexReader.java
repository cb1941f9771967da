package dev.ibex.graph;

import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.TensorShapeProto;

/** Collects the records of an index file. */
final class BundleIndexReader {
  /** What keys of parts of arrays begin with; the parts' arrays have entries of their own. */
  private static final byte PART = 0;

  /** The newest version of the format that is read. */
  private static final int VERSION = 1;

  private final Path prefix;
  private final Path file;
  private final Map<String, BundleIndex.Entry> entries = new LinkedHashMap<>();
  private final Map<Integer, Long> sizes = new LinkedHashMap<>();
  private int shards = -1;
  private long partBytes;

  BundleIndexReader(Path prefix) {
    this.prefix = prefix;
    this.file = BundleIndex.file(prefix);
  }

  BundleIndex read() {
    SortedTable.read(file, this::record);
    if (shards < 0) {
      throw damaged("", "it has no header");
    }
    entries.values().stream().filter(e -> e.parts() > 0).forEach(this::checkParts);
    return new BundleIndex(prefix, shards, entries);
  }

  private void record(byte[] key, ByteBuffer value) {
    try {
      if (key.length == 0) {
        header(BundleHeaderProto.parseFrom(value, ExtensionRegistryLite.getEmptyRegistry()));
      } else if (shards < 0) {
        throw damaged("", "it has no header");
      } else {
        BundleEntryProto proto =
            BundleEntryProto.parseFrom(value, ExtensionRegistryLite.getEmptyRegistry());
        entry(key, proto);
      }
    } catch (InvalidProtocolBufferException e) {
      throw damaged(text(key), "its entry is no message of the expected kind: " + e.getMessage());
    }
  }

  private void header(BundleHeaderProto header) {
    shards = header.getNumShards();
    if (shards < 1) {
      throw damaged("", "expected one file of data or more, found the number " + shards);
    }
    if (header.getEndianness() != BundleHeaderProto.Endianness.LITTLE) {
      throw new BundleException(
          file,
          "",
          "its numbers are stored with the most significant byte first, which is not read; write"
              + " it on a machine with the least significant byte first");
    }
    if (header.getVersion().getMinConsumer() > VERSION) {
      throw new BundleException(
          file,
          "",
          "expected a format of version "
              + VERSION
              + ", found one for readers of version "
              + header.getVersion().getMinConsumer()
              + " or later; write it with TensorFlow 2");
    }
  }

  private void entry(byte[] key, BundleEntryProto proto) {
    if (key[0] == PART) {
      checkPlace("a part of an array", proto);
      partBytes += proto.getSize();
      return;
    }
    String name = text(key);
    Shape shape = shape(name, proto.getShape());
    BundleIndex.Entry entry =
        new BundleIndex.Entry(
            name,
            proto.getDtype(),
            shape,
            proto.getShardId(),
            proto.getOffset(),
            proto.getSize(),
            proto.getSlicesCount());
    if (entry.parts() == 0) {
      checkPlace(name, proto);
      checkSize(entry, proto.getSize());
    }
    entries.put(name, entry);
  }

  private String text(byte[] key) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
    } catch (CharacterCodingException e) {
      throw damaged("", "the name of an array is not UTF-8");
    }
  }

  private Shape shape(String name, TensorShapeProto proto) {
    long[] dims = proto.getDimList().stream().mapToLong(d -> d.getSize()).toArray();
    try {
      long count = 1;
      for (long dim : dims) {
        count = Math.multiplyExact(count, dim);
        if (dim < 0) {
          throw new ArithmeticException("negative");
        }
      }
    } catch (ArithmeticException e) {
      throw damaged(name, "expected a shape that is known, found " + Arrays.toString(dims));
    }
    if (proto.getUnknownRank()) {
      throw damaged(name, "expected a shape that is known, found none");
    }
    return Shape.of(dims);
  }

  /** Makes sure that an array's bytes lie inside a file that is there. */
  private void checkPlace(String name, BundleEntryProto proto) {
    int shard = proto.getShardId();
    if (shard < 0 || shard >= shards) {
      throw damaged(
          name, "expected one of its " + shards + " files of data, found the number " + shard);
    }
    long size = sizes.computeIfAbsent(shard, this::sizeOf);
    long offset = proto.getOffset();
    long length = proto.getSize();
    if (offset < 0 || length < 0 || offset > size || length > size - offset) {
      throw new BundleException(
          BundleIndex.dataFile(prefix, shard, shards),
          name,
          "expected "
              + Long.toUnsignedString(length)
              + " bytes from byte "
              + Long.toUnsignedString(offset)
              + " on, found a file of "
              + size
              + " bytes; it is damaged or was not copied whole: copy or write the checkpoint"
              + " again");
    }
  }

  private long sizeOf(int shard) {
    Path data = BundleIndex.dataFile(prefix, shard, shards);
    if (!Files.isRegularFile(data)) {
      throw new BundleException(
          data,
          "",
          "this file is missing; a checkpoint is "
              + file.getFileName()
              + " with all its "
              + shards
              + (shards == 1 ? " file" : " files")
              + " of data: copy them together");
    }
    return length(data);
  }

  private static long length(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read: " + e, e);
    }
  }

  /** Makes sure that an array's shape fits its bytes, which memory is allocated by. */
  private void checkSize(BundleIndex.Entry entry, long size) {
    long count = entry.shape().size();
    Optional<DType> type = entry.dtype();
    if (type.isPresent() && !fits(type.get(), count, size)) {
      throw damaged(entry.key(), "expected the bytes of " + entry + ", found " + size + " of them");
    }
  }

  /** Returns whether elements have so many bytes; each text has one for its length or more. */
  private static boolean fits(DType type, long count, long size) {
    int bytes = type.bytes();
    return type == DType.STRING ? size >= count : size % bytes == 0 && size / bytes == count;
  }

  private void checkParts(BundleIndex.Entry entry) {
    long bytes = entry.dtype().map(t -> Math.max(1, t.bytes())).orElse(1);
    if (entry.shape().size() > partBytes / bytes) {
      throw damaged(
          entry.key(),
          "expected parts of " + entry + ", found " + partBytes + " bytes of parts in all");
    }
  }

  private BundleException damaged(String place, String problem) {
    return new BundleException(
        file,
        place,
        "it is damaged or is no TensorFlow index: "
            + problem
            + "; copy or write the checkpoint again");
  }
}
