package dev.ibex.savedmodel.hdf5;

import dev.ibex.graph.Array;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads the elements of a dataset, wherever they are stored. */
final class DataReader {
  private static final int COMPACT = 0;
  private static final int CONTIGUOUS = 1;
  private static final int CHUNKED = 2;
  private static final int PIECE = 1 << 20;

  private final NodeCore core;
  private final Source source;
  private final ElementType type;
  private final Space space;

  DataReader(NodeCore core, ElementType type, Space space) {
    this.core = core;
    this.source = core.file().source();
    this.type = type;
    this.space = space;
  }

  Array read() {
    int count = space.count();
    if (count == 0) {
      return elements(0).array(space.shape());
    } else if (core.header().first(MessageType.EXTERNAL).isPresent()) {
      throw new Damage("has its values in other files; they are not read");
    }
    return read(count, core.header().need(MessageType.LAYOUT)).array(space.shape());
  }

  private Elements elements(int count) {
    return new Elements(type, count, core.file().heap());
  }

  private Elements read(int count, ByteBuffer layout) {
    int version = layout.get();
    if (version != 3 && version != 4) {
      throw new Damage("its storage has version " + version + ", expected 3 or 4");
    }
    int kind = layout.get();
    return switch (kind) {
      case COMPACT -> compact(count, Numbers.take(layout, layout.getShort() & 0xffff));
      case CONTIGUOUS -> contiguous(count, layout.getLong());
      case CHUNKED -> chunked(count, ChunkLayout.read(source, layout, version, space, type));
      default -> throw new Damage("has its values in other datasets; they are not read");
    };
  }

  private Elements compact(int count, ByteBuffer stored) {
    if ((long) count * type.size() > stored.remaining()) {
      throw new Damage("its values are cut short");
    }
    Elements to = elements(count);
    to.put(stored, 0, count);
    return to;
  }

  private Elements contiguous(int count, long address) {
    if (address == Bytes.UNDEFINED) {
      throw new Damage("has the shape " + space.shape() + ", but no values are stored");
    }
    source.check(address, (long) count * type.size());
    Elements to = elements(count);
    int piece = Math.max(1, PIECE / type.size());
    ByteBuffer buffer = ByteBuffer.allocate(Math.min(piece, count) * type.size());
    for (int at = 0; at < count; ) {
      int part = Math.min(piece, count - at);
      source.fill(address + (long) at * type.size(), buffer.clear().limit(part * type.size()));
      to.put(buffer, at, part);
      at += part;
    }
    return to;
  }

  private Elements chunked(int count, ChunkLayout layout) {
    layout.check((long) count * type.size(), source.size());
    Elements to = elements(count);
    fill(to, count);
    Filters filters =
        core.header().first(MessageType.FILTERS).map(Filters::read).orElse(Filters.NONE);
    for (Chunk chunk : layout.chunks()) {
      layout.scatter(chunk, filters.decode(chunk, layout.bytes(type), source), space, to);
    }
    return to;
  }

  /** Where no chunk is stored, the fill value is. */
  private void fill(Elements to, int count) {
    ByteBuffer value = core.header().first(MessageType.FILL).flatMap(this::fillValue).orElse(null);
    for (int i = 0; value != null && i < count; i++) {
      to.put(value.rewind(), i, 1);
    }
  }

  private Optional<ByteBuffer> fillValue(ByteBuffer in) {
    int version = in.get();
    int flags = in.get();
    boolean later = version == 3;
    if (!later) {
      in.getShort();
    }
    boolean defined = later ? (flags & 0x20) != 0 : in.get(3) != 0;
    if (!defined || in.getInt() != type.size() || type.isText()) {
      return Optional.empty();
    }
    return Optional.of(Numbers.take(in, type.size()));
  }
}
