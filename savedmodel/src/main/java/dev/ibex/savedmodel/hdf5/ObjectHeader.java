package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The messages that describe an object.
 *
 * @param messages in the file's order
 */
record ObjectHeader(List<Message> messages) {
  private static final int SHARED = 2;

  /** Messages are in one piece after the header and in more pieces elsewhere. */
  private record Piece(long at, long length) {}

  /**
   * One message.
   *
   * @param type one of {@link MessageType}
   */
  record Message(int type, ByteBuffer body) {
    private ByteBuffer copy() {
      return body.duplicate().order(body.order());
    }
  }

  /** Returns the first message of a type. */
  Optional<ByteBuffer> first(int type) {
    return messages.stream().filter(m -> m.type == type).findFirst().map(Message::copy);
  }

  /** Returns all messages of a type. */
  List<ByteBuffer> all(int type) {
    return messages.stream().filter(m -> m.type == type).map(Message::copy).toList();
  }

  /** Returns the only message of a type, which has to be there. */
  ByteBuffer need(int type) {
    return first(type)
        .orElseThrow(() -> new Damage("has no header message of type " + type + "; it is damaged"));
  }

  /** Reads the header of either version at an address. */
  static ObjectHeader read(Source source, long address) {
    byte version = source.read(address, 1).get();
    return version == 'O' ? later(source, address) : old(source, address, version);
  }

  private static ObjectHeader old(Source source, long address, int version) {
    if (version != 1) {
      throw new Damage("its header has version " + version + ", expected 1 or 2");
    }
    ByteBuffer in = source.read(address, 12);
    return new ObjectHeader(
        new Pieces(source, false, 8)
            .all(new Piece(address + 16, Integer.toUnsignedLong(in.getInt(8)))));
  }

  private static ObjectHeader later(Source source, long address) {
    ByteBuffer in = source.read(address, 6);
    if (in.getInt() != Signature.OBJECT_HEADER || in.get() != 2) {
      throw new Damage("its header does not begin as headers do");
    }
    int flags = in.get();
    int skipped = 6 + ((flags & 0x20) == 0 ? 0 : 16) + ((flags & 0x10) == 0 ? 0 : 4);
    int width = 1 << (flags & 3);
    long length = Numbers.unsigned(source.read(address + skipped, width), width);
    Piece first = new Piece(address + skipped + width, length);
    return new ObjectHeader(new Pieces(source, true, (flags & 4) == 0 ? 4 : 6).all(first));
  }

  /** Gathers the messages. */
  private static final class Pieces {
    private final Source source;
    private final boolean later;
    private final int head;
    private final List<Message> messages = new ArrayList<>();
    private final Deque<Piece> open = new ArrayDeque<>();
    private final Set<Long> seen = new HashSet<>();

    Pieces(Source source, boolean later, int head) {
      this.source = source;
      this.later = later;
      this.head = head;
    }

    List<Message> all(Piece first) {
      open.add(first);
      while (!open.isEmpty()) {
        Piece piece = open.remove();
        if (!seen.add(piece.at)) {
          throw new Damage("its header continues in a circle");
        }
        parse(source.read(piece.at, piece.length));
      }
      return messages;
    }

    private void parse(ByteBuffer in) {
      while (in.remaining() >= head) {
        int type = later ? in.get() & 0xff : in.getShort() & 0xffff;
        int length = in.getShort() & 0xffff;
        int flags = in.get();
        in.position(in.position() + head - (later ? 4 : 5));
        if (length > in.remaining()) {
          throw new Damage("a message of its header is longer than the header");
        }
        ByteBuffer body = Numbers.take(in, length);
        if (type == MessageType.CONTINUATION) {
          next(body);
        } else if (type != 0) {
          add(type, flags, body);
        }
      }
    }

    private void add(int type, int flags, ByteBuffer body) {
      if ((flags & SHARED) != 0) {
        throw new Damage("shares a header message of type " + type + "; that is not read");
      }
      messages.add(new Message(type, body));
    }

    private void next(ByteBuffer body) {
      long at = body.getLong();
      long length = body.getLong();
      if (!later) {
        open.add(new Piece(at, length));
      } else if (source.read(at, 4).getInt() == Signature.CONTINUATION) {
        open.add(new Piece(at + 4, length - 8));
      } else {
        throw new Damage("its header continues where there is none");
      }
    }
  }
}
