package dev.ibex.savedmodel.hdf5;

import java.nio.ByteBuffer;

/** Reads stored texts one after the other. */
final class TextReader {
  private final ElementType type;
  private final GlobalHeap.Strings variable;

  TextReader(ElementType type, GlobalHeap heap) {
    this.type = type;
    this.variable = heap.new Strings();
  }

  String next(ByteBuffer in) {
    ByteBuffer part = Numbers.take(in, type.size());
    if (type.isVariable()) {
      return variable.next(part);
    }
    String text = Numbers.text(part);
    return type.padding() == ElementType.Padding.SPACES ? stripped(text) : text;
  }

  private static String stripped(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(0, end);
  }
}
