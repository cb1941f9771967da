package dev.ibex.savedmodel.hdf5;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Writes the header of a group or dataset: version 1, as the files of h5py have. */
final class HeaderWriter {
  private final HeapWriter heap;
  private final ToLongFunction<OutNode> headers;
  private final ToLongFunction<OutNode> data;

  /**
   * Creates a writer.
   *
   * @param headers says where the header of a node lies
   * @param data says where the elements of a dataset lie
   */
  HeaderWriter(HeapWriter heap, ToLongFunction<OutNode> headers, ToLongFunction<OutNode> data) {
    this.heap = heap;
    this.headers = headers;
    this.data = data;
  }

  private record Message(int type, Bytes body) {
    int size() {
      return Bytes.padded(body.size());
    }
  }

  /** Returns the header; its length does not depend on addresses. */
  byte[] header(OutNode node) {
    List<Message> messages = new ArrayList<>();
    if (node.value == null) {
      group(node, messages);
    } else {
      dataset(node, node.value, messages);
    }
    attributes(node, messages);
    int size = messages.stream().mapToInt(m -> 8 + m.size()).sum();
    Bytes out = new Bytes().u8(1, 0).u16(messages.size()).u32(1).u32(size).u32(0);
    for (Message m : messages) {
      out.u16(m.type).u16(m.size()).u32(0).padded(m.body.toArray());
    }
    return out.toArray();
  }

  private void group(OutNode node, List<Message> to) {
    Bytes info = new Bytes().u8(0, 0).u64(Bytes.UNDEFINED).u64(Bytes.UNDEFINED);
    to.add(new Message(MessageType.LINK_INFO, info));
    to.add(new Message(MessageType.GROUP_INFO, new Bytes().zeros(2)));
    for (Map.Entry<String, OutNode> member : node.members.entrySet()) {
      byte[] name = member.getKey().getBytes(StandardCharsets.UTF_8);
      Bytes link = new Bytes().u8(1, 0x11, 1).u16(name.length).raw(name);
      link.u64(headers.applyAsLong(member.getValue()));
      to.add(new Message(MessageType.LINK, link));
    }
  }

  private void dataset(OutNode node, Array value, List<Message> to) {
    DType dtype = value.dtype();
    long bytes = (long) value.size() * TypeWriter.size(dtype);
    to.add(new Message(MessageType.SPACE, new Bytes().raw(space(value.shape().asArray()))));
    to.add(new Message(MessageType.TYPE, new Bytes().raw(TypeWriter.of(dtype))));
    to.add(new Message(MessageType.FILL, new Bytes().u8(2, 2, 2, 1).u32(0)));
    Bytes layout = new Bytes().u8(3, 1);
    layout.u64(bytes == 0 ? Bytes.UNDEFINED : data.applyAsLong(node)).u64(bytes);
    to.add(new Message(MessageType.LAYOUT, layout));
  }

  private static byte[] space(long... dims) {
    Bytes out = new Bytes().u8(1, dims.length, 0, 0).u32(0);
    Arrays.stream(dims).forEach(out::u64);
    return out.toArray();
  }

  private void attributes(OutNode node, List<Message> to) {
    if (node.value != null && node.value.dtype() == DType.BFLOAT16) {
      to.add(text("dtype", DType.BFLOAT16.lowerName()));
    }
    node.attributes.forEach(
        (name, value) -> {
          if (value instanceof String text) {
            to.add(text(name, text));
          } else if (value instanceof FixedTexts texts) {
            to.add(attribute(name, TypeWriter.text(texts.width()), texts.content(), texts.count()));
          }
        });
  }

  private Message text(String name, String text) {
    Bytes reference = new Bytes();
    heap.reference(reference, text);
    return attribute(name, TypeWriter.of(DType.STRING), reference.toArray());
  }

  private static Message attribute(String name, byte[] type, byte[] value, long... dims) {
    byte[] key = (name + "\0").getBytes(StandardCharsets.UTF_8);
    byte[] space = space(dims);
    Bytes out = new Bytes().u8(1, 0).u16(key.length).u16(type.length).u16(space.length);
    out.padded(key).padded(type).padded(space).raw(value);
    return new Message(MessageType.ATTRIBUTE, out);
  }
}
