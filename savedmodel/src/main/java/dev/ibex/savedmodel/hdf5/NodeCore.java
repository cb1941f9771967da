package dev.ibex.savedmodel.hdf5;

import dev.ibex.ModelFormatException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What groups and datasets have in common. */
final class NodeCore {
  private final Hdf5File file;
  private final String path;
  private final ObjectHeader header;
  private @Nullable Map<String, Attribute> attributes;

  NodeCore(Hdf5File file, String path, ObjectHeader header) {
    this.file = file;
    this.path = path;
    this.header = header;
  }

  Hdf5File file() {
    return file;
  }

  String path() {
    return path;
  }

  ObjectHeader header() {
    return header;
  }

  <T> T reading(Supplier<T> action) {
    return file.reading(path, action);
  }

  ModelFormatException fail(String text, @Nullable Throwable cause) {
    return file.fail(path, text, cause);
  }

  Optional<String> text(String name) {
    return reading(() -> found(name).map(this::single));
  }

  private String single(Attribute attribute) {
    List<String> texts = attribute.texts(file.heap());
    if (texts.size() != 1) {
      throw new Damage(
          "has an attribute \""
              + attribute.name()
              + "\" of "
              + texts.size()
              + " texts, expected 1");
    }
    return texts.get(0);
  }

  Optional<List<String>> texts(String name) {
    return reading(() -> all(name));
  }

  private Optional<List<String>> all(String name) {
    Optional<Attribute> whole = found(name);
    if (whole.isPresent()) {
      return whole.map(a -> a.texts(file.heap()));
    }
    Optional<Attribute> part = found(name + 0);
    if (part.isEmpty()) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 1; part.isPresent(); i++) {
      texts.addAll(part.get().texts(file.heap()));
      part = found(name + i);
    }
    return Optional.of(List.copyOf(texts));
  }

  private Optional<Attribute> found(String name) {
    if (attributes == null) {
      attributes = readAttributes();
    }
    return Optional.ofNullable(attributes.get(name));
  }

  private Map<String, Attribute> readAttributes() {
    List<ByteBuffer> messages = new ArrayList<>(header.all(MessageType.ATTRIBUTE));
    header
        .first(MessageType.ATTRIBUTE_INFO)
        .ifPresent(info -> messages.addAll(DenseStorage.attributes(file.source(), info)));
    Map<String, Attribute> found = new HashMap<>();
    for (ByteBuffer m : messages) {
      Attribute a = Attribute.read(m);
      found.put(a.name(), a);
    }
    return found;
  }
}
