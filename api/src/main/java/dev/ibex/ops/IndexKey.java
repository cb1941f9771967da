package dev.ibex.ops;

import dev.ibex.core.Argument;
import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.types.family.TNumber;

/** A key of {@code GetItem}: a part for each axis, in the words of TensorFlow's strided slices. */
final class IndexKey {
  private final TensorSpec in;
  private final List<Argument> parts;
  private final int[] begin;
  private final int[] end;
  private final int[] strides;
  private long beginMask;
  private long endMask;
  private long ellipsisMask;
  private long newAxisMask;
  private long shrinkMask;
  private Shape out = Shape.scalar();
  private int axis;

  private IndexKey(TensorSpec in, List<Argument> parts) {
    this.in = in;
    this.parts = parts;
    this.begin = new int[parts.size()];
    this.end = new int[parts.size()];
    this.strides = new int[parts.size()];
    for (int i = 0; i < parts.size(); i++) {
      add(i, parts.get(i));
    }
    out = out.append(in.shape().takeLast(in.rank() - axis));
  }

  /** Reads the key of a call: one part, or a list of them. */
  static IndexKey of(OperationCall c) {
    Argument key = c.argument("key");
    List<Argument> parts = key instanceof Argument.Items list ? list.items() : List.of(key);
    long taken = parts.stream().filter(IndexKey::takesAxis).count();
    if (taken > c.rank("x")) {
      throw new ShapeException(
          "key: expected at most " + c.rank("x") + " places for " + c.spec("x") + ", got " + taken);
    }
    if (parts.stream().filter(p -> p instanceof Argument.Ellipsis).count() > 1) {
      throw new IllegalArgumentException("key: expected one ellipsis, got several");
    }
    for (Argument p : parts) {
      boolean known = p instanceof Argument.Slice || p instanceof Argument.Ellipsis || p.isNone();
      if (!known && whole(p) == null) {
        throw c.expected("key", "places, slices, None or an ellipsis");
      }
    }
    return new IndexKey(c.spec("x"), parts);
  }

  private static boolean takesAxis(Argument part) {
    return !(part instanceof Argument.Ellipsis) && !part.isNone();
  }

  private static @Nullable Long whole(Argument part) {
    return part instanceof Argument.Literal l && l.value() instanceof Long n ? n : null;
  }

  /** Returns the spec of the part. */
  TensorSpec spec() {
    return in.withShape(out);
  }

  private void add(int i, Argument part) {
    strides[i] = 1;
    if (part instanceof Argument.Slice slice) {
      slice(i, slice);
    } else if (part instanceof Argument.Ellipsis) {
      ellipsisMask |= 1L << i;
      long named = parts.subList(i, parts.size()).stream().filter(IndexKey::takesAxis).count();
      int skipped = in.rank() - axis - (int) named;
      out = out.append(in.shape().subShape(axis, axis + skipped));
      axis += skipped;
    } else if (part.isNone()) {
      newAxisMask |= 1L << i;
      out = out.append(1);
    } else {
      index(i, Objects.requireNonNull(whole(part)));
    }
  }

  private void index(int i, long place) {
    long size = in.shape().get(axis++);
    if (size >= 0 && (place < -size || place >= size)) {
      throw new ShapeException(
          "key: expected a place from "
              + -size
              + " to "
              + (size - 1)
              + " on axis "
              + (axis - 1)
              + " of "
              + in
              + ", got "
              + place);
    }
    shrinkMask |= 1L << i;
    begin[i] = Math.toIntExact(place);
    end[i] = begin[i] + 1;
  }

  private void slice(int i, Argument.Slice slice) {
    long step = slice.step() == null ? 1 : slice.step();
    if (step == 0) {
      throw new IllegalArgumentException("key: expected a step other than 0");
    }
    strides[i] = Math.toIntExact(step);
    if (slice.start() == null) {
      beginMask |= 1L << i;
    } else {
      begin[i] = Math.toIntExact(slice.start());
    }
    if (slice.stop() == null) {
      endMask |= 1L << i;
    } else {
      end[i] = Math.toIntExact(slice.stop());
    }
    long size = in.shape().get(axis++);
    out = out.append(size < 0 ? -1 : length(slice, step, size));
  }

  /** Returns how many places a slice has on an axis of a known size. */
  private static long length(Argument.Slice slice, long step, long size) {
    long least = step > 0 ? 0 : -1;
    long most = step > 0 ? size : size - 1;
    long from = bound(slice.start(), step > 0 ? least : most, size, least, most);
    long to = bound(slice.stop(), step > 0 ? most : least, size, least, most);
    return Math.max(0, -Math.floorDiv(from - to, step));
  }

  private static long bound(@Nullable Long place, long none, long size, long least, long most) {
    return place == null ? none : Math.min(most, Math.max(least, place < 0 ? place + size : place));
  }

  /** Emits the part. */
  Operand<TNumber> emit(OperationCall c) {
    Ops tf = c.tf();
    return tf.stridedSlice(
        c.operand("x"),
        tf.constant(begin),
        tf.constant(end),
        tf.constant(strides),
        StridedSlice.beginMask(beginMask),
        StridedSlice.endMask(endMask),
        StridedSlice.ellipsisMask(ellipsisMask),
        StridedSlice.newAxisMask(newAxisMask),
        StridedSlice.shrinkAxisMask(shrinkMask));
  }
}
