package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the names in a group, in any of the three ways that files have them. */
final class Links {
  private static final int SYMBOL = 40;
  private static final int SOFT = 2;

  private final Source source;
  private final List<Link> links = new ArrayList<>();
  private final Set<Long> seen = new HashSet<>();

  private Links(Source source) {
    this.source = source;
  }

  static Map<String, Link> read(Source source, ObjectHeader header) {
    Links reader = new Links(source);
    header.first(MessageType.SYMBOL_TABLE).ifPresent(reader::table);
    header.all(MessageType.LINK).forEach(m -> reader.links.add(Link.read(m)));
    header
        .first(MessageType.LINK_INFO)
        .ifPresent(
            info -> DenseStorage.links(source, info).forEach(m -> reader.links.add(Link.read(m))));
    Map<String, Link> byName = new HashMap<>();
    for (Link link : reader.links) {
      if (byName.put(link.name(), link) != null) {
        throw new Damage("has two members of the name \"" + link.name() + "\"");
      }
    }
    return byName;
  }

  /** Names and addresses lie in the leaves of a tree, the names' letters in a heap. */
  private void table(ByteBuffer in) {
    long tree = in.getLong();
    ByteBuffer heap = source.read(in.getLong(), 32);
    Signature.check(heap, Signature.LOCAL_HEAP, "heap of names");
    ByteBuffer names = source.read(heap.getLong(24), heap.getLong(8));
    node(tree, names, Tree.MAX_LEVEL);
  }

  private void node(long address, ByteBuffer names, int above) {
    Tree.Node node = Tree.read(source, address, Tree.GROUP, 8, above, seen);
    for (int i = 0; i < node.count(); i++) {
      if (node.level() > 0) {
        node(node.child(i), names, node.level());
      } else {
        symbols(node.child(i), names);
      }
    }
  }

  private void symbols(long address, ByteBuffer names) {
    if (!seen.add(address)) {
      throw new Damage("has a tree of names that goes in circles");
    }
    ByteBuffer head = source.read(address, 8);
    Signature.check(head, Signature.SYMBOLS, "table of names");
    int count = head.getShort(6) & 0xffff;
    ByteBuffer in = source.read(address + 8, (long) SYMBOL * count);
    for (int i = 0; i < count; i++) {
      int at = SYMBOL * i;
      long name = in.getLong(at);
      if (name < 0 || name >= names.limit()) {
        throw new Damage("has a member whose name is outside the heap of names");
      }
      String text = Numbers.text(names.duplicate().position((int) name));
      boolean soft = in.getInt(at + 16) == SOFT;
      links.add(new Link(text, in.getLong(at + 8), soft ? "soft link" : null));
    }
  }
}
