package dev.ibex.savedmodel.pickle;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes a pickle of protocol 2 to 5 apart. Nothing of it is run and no class is looked for: calls
 * become {@link Instance}s, names {@link Global}s, and a name that is not expected is refused. The
 * rest becomes {@code Long}, {@code Double}, {@code Boolean}, {@code String}, {@link None}, {@code
 * ByteBuffer} (a part of the pickle), {@code Map} and {@code List}.
 */
public final class Unpickler {
  /** More than any layer needs, and few enough for the memory that each may take. */
  private static final int MAX_STEPS = 1_000_000;

  private static final int MAX_NAME = 1000;

  private final ByteBuffer in;
  private final Set<Global> known;
  private final Map<Long, Object> memo = new HashMap<>();
  private final Deque<List<Object>> outer = new ArrayDeque<>();
  private List<Object> stack = new ArrayList<>();

  private Unpickler(ByteBuffer in, Set<Global> known) {
    this.in = in.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.known = known;
  }

  /**
   * Returns what a pickle holds.
   *
   * @param known the names that it may hold
   * @throws PickleException if it is damaged, or holds anything else
   */
  public static Object read(ByteBuffer pickle, Set<Global> known) {
    try {
      return new Unpickler(pickle, known).run();
    } catch (BufferUnderflowException e) {
      throw new PickleException("the pickle is cut off");
    }
  }

  private Object run() {
    for (int step = 0; step < MAX_STEPS; step++) {
      int code = in.get() & 0xff;
      if (code == '.') {
        return pop();
      }
      step(code);
    }
    throw new PickleException("the pickle has more than " + MAX_STEPS + " steps");
  }

  private void step(int code) {
    switch (code) {
      case 0x80 -> protocol(size(1));
      case 0x95 -> require(in.getLong(), "frame");
      case 'N' -> push(None.NONE);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'K' -> push(size(1));
      case 'M' -> push(size(2));
      case 'J' -> push((long) in.getInt());
      case 0x8a -> push(number(take(size(1))));
      case 'G' -> push(in.order(ByteOrder.BIG_ENDIAN).getDouble());
      case 0x8c -> push(text(take(size(1))));
      case 'X' -> push(text(take(size(4))));
      case 0x8d -> push(text(take(in.getLong())));
      case 'C' -> push(take(size(1)));
      case 'B' -> push(take(size(4)));
      case 0x8e, 0x96 -> push(take(in.getLong()));
      case '(' -> mark();
      case ')' -> push(List.of());
      case 0x85, 0x86, 0x87 -> push(tuple(popLast(code - 0x84)));
      case 't' -> push(tuple(popToMark()));
      case ']' -> push(new ArrayList<>());
      case 0x8f -> push(List.of()); // a set; nothing can be added to it
      case 'a' -> append(popLast(1));
      case 'e' -> append(popToMark());
      case '}' -> push(new LinkedHashMap<>());
      case 's' -> put(popLast(2));
      case 'u' -> put(popToMark());
      case 'q' -> memo.put(size(1), top());
      case 'r' -> memo.put(size(4), top());
      case 0x94 -> memo.put((long) memo.size(), top());
      case 'h' -> push(remembered(size(1)));
      case 'j' -> push(remembered(size(4)));
      case 'c' -> push(global(line(), line()));
      case 0x93 -> {
        List<Object> name = popLast(2);
        push(global(of(String.class, name.get(0)), of(String.class, name.get(1))));
      }
      case 'R', 0x81 -> call();
      case 'b' -> {
        Object state = pop();
        of(Instance.class, top()).build(state);
      }
      default ->
          throw new PickleException(
              "the pickle has the operation " + code + ", which arrays do not need");
    }
    in.order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void protocol(long version) {
    if (version < 2 || version > 5) {
      throw new PickleException("the pickle is of protocol " + version + "; 2 to 5 are known");
    }
  }

  // ---- parts of the input ---------------------------------------------------------------------

  private long size(int bytes) {
    return switch (bytes) {
      case 1 -> in.get() & 0xff;
      case 2 -> in.getShort() & 0xffff;
      default -> in.getInt() & 0xffffffffL;
    };
  }

  private void require(long size, String what) {
    if (size < 0 || size > in.remaining()) {
      throw new PickleException(
          "a "
              + what
              + " of "
              + Long.toUnsignedString(size)
              + " bytes where "
              + in.remaining()
              + " are left");
    }
  }

  private ByteBuffer take(long size) {
    require(size, "value");
    ByteBuffer taken = in.slice().limit((int) size).slice().asReadOnlyBuffer();
    in.position(in.position() + (int) size);
    return taken;
  }

  private static String text(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new PickleException("a text is not UTF-8");
    }
  }

  private static Object number(ByteBuffer littleEndian) {
    byte[] bytes = new byte[littleEndian.remaining()];
    for (int i = bytes.length - 1; i >= 0; i--) {
      bytes[i] = littleEndian.get();
    }
    if (bytes.length > Long.BYTES) {
      throw new PickleException("a number of " + bytes.length + " bytes");
    }
    return bytes.length == 0 ? (Object) 0L : new BigInteger(bytes).longValueExact();
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (int c = in.get(); c != '\n'; c = in.get()) {
      if (c <= 0 || line.length() >= MAX_NAME) {
        throw new PickleException("a name is damaged");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  // ---- the stack ------------------------------------------------------------------------------

  private void push(Object value) {
    stack.add(value);
  }

  private Object top() {
    if (stack.isEmpty()) {
      throw new PickleException("the pickle is damaged: a value is missing");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop() {
    return popLast(1).get(0);
  }

  private List<Object> popLast(int count) {
    if (stack.size() < count) {
      throw new PickleException("the pickle is damaged: a value is missing");
    }
    List<Object> last = stack.subList(stack.size() - count, stack.size());
    List<Object> popped = new ArrayList<>(last);
    last.clear();
    return popped;
  }

  private void mark() {
    outer.push(stack);
    stack = new ArrayList<>();
  }

  private List<Object> popToMark() {
    if (outer.isEmpty()) {
      throw new PickleException("the pickle is damaged: a mark is missing");
    }
    List<Object> popped = stack;
    stack = outer.pop();
    return popped;
  }

  private Object remembered(long index) {
    Object value = memo.get(index);
    if (value == null) {
      throw new PickleException("the pickle is damaged: it has no value " + index);
    }
    return value;
  }

  // ---- what is made ---------------------------------------------------------------------------

  private static List<Object> tuple(List<Object> items) {
    return Collections.unmodifiableList(items);
  }

  private void append(List<Object> items) {
    // tuples and sets are lists of other classes
    @SuppressWarnings("unchecked")
    List<Object> list = of(ArrayList.class, top());
    list.addAll(items);
  }

  private void put(List<Object> items) {
    @SuppressWarnings("unchecked")
    Map<Object, Object> map = of(LinkedHashMap.class, top());
    if (items.size() % 2 != 0) {
      throw new PickleException("the pickle is damaged: a key has no value");
    }
    for (int i = 0; i < items.size(); i += 2) {
      if (map.put(of(String.class, items.get(i)), items.get(i + 1)) != null) {
        throw new PickleException("the key \"" + items.get(i) + "\" is there twice");
      }
    }
  }

  private Global global(String module, String name) {
    Global global = new Global(module, name);
    if (!known.contains(global)) {
      throw new PickleException(
          "the pickle asks for "
              + global
              + ", which arrays do not need; it was not run, and nothing of the file is");
    }
    return global;
  }

  private void call() {
    List<Object> callee = popLast(2);
    if (!(callee.get(0) instanceof Global) && !(callee.get(0) instanceof Instance)) {
      throw new PickleException("the pickle calls what is no function");
    }
    push(new Instance(callee.get(0), of(List.class, callee.get(1))));
  }

  private static <T> T of(Class<T> type, Object value) {
    if (!type.isInstance(value)) {
      throw new PickleException(
          "the pickle is damaged: expected "
              + type.getSimpleName()
              + ", got "
              + value.getClass().getSimpleName());
    }
    return type.cast(value);
  }
}
