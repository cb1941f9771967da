package dev.ibex.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;

class ArrayTest {
  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"INT8", "INT16", "UINT32", "STRING"})
  void goes_to_a_tensor_and_back(DType dtype) {
    Array a = Array.generate(dtype, Shape.of(2, 3), i -> i);
    try (Tensor t = a.toTensor()) {
      assertThat(t.shape()).isEqualTo(a.shape());
      assertThat(Array.of(t)).isEqualTo(a);
    }
  }

  @Test
  void strings_go_to_a_tensor_and_back() {
    Array a = Array.of(Shape.of(3), "", "käse", "\uD83D\uDE00");
    try (Tensor t = a.toTensor()) {
      assertThat(Array.of(t)).isEqualTo(a);
    }
  }

  @Test
  void strings_that_are_no_text_keep_their_bytes() {
    Array a = Array.ofBytes(Shape.of(2), new byte[] {(byte) 0xff, 0, (byte) 0x80}, new byte[0]);
    try (Tensor t = a.toTensor()) {
      assertThat(Array.of(t)).isEqualTo(a);
      assertThat(Array.of(t).bytes()[0]).containsExactly(0xff, 0, 0x80);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"INT8", "INT16", "UINT32"})
  void types_without_a_tensor_class_are_refused(DType dtype) {
    assertThatThrownBy(() -> Array.filled(dtype, Shape.of(1), 1).toTensor())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "dtype: TensorFlow Java has no tensor class for " + dtype.lowerName());
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32"})
  void integers_are_held_up_to_the_largest(DType dtype) {
    double largest = Math.scalb(1.0, Math.min(53, 8 * dtype.bytes() - 1)) - 1;
    double value = dtype.lowerName().startsWith("u") ? 2 * largest + 1 : largest;
    Array a = Array.of(Shape.of(1), value).cast(dtype);
    assertThat(a.dtype()).isEqualTo(dtype);
    assertThat(a.number(0)).isEqualTo(value);
    assertThat(a.cast(DType.INT64).longs()).containsExactly((long) value);
    assertThat(a.copy()).isEqualTo(a);
  }

  @Test
  void a_type_that_is_held_alike_shares_the_elements() {
    Array a = Array.of(new int[] {1, 2});
    assertThat(a.cast(DType.INT8).ints()).isSameAs(a.ints());
    Array b = Array.of(new long[] {1, 2});
    assertThat(b.cast(DType.UINT32).longs()).isSameAs(b.longs());
    assertThat(a.cast(DType.UINT32)).isEqualTo(b.cast(DType.UINT32));
  }

  static Stream<Arguments> tooLarge() {
    Array ints = Array.of(new int[] {0, 300});
    Array negative = Array.of(new int[] {0, -1});
    Array longs = Array.of(new long[] {0, 1L << 40});
    return Stream.of(
        Arguments.of(ints, DType.INT8, "300"),
        Arguments.of(ints, DType.UINT8, "300"),
        Arguments.of(Array.of(new int[] {-129}), DType.INT8, "-129"),
        Arguments.of(Array.of(new int[] {1 << 16}), DType.UINT16, "65536"),
        Arguments.of(negative, DType.UINT8, "-1"),
        Arguments.of(negative, DType.UINT32, "-1"),
        Arguments.of(Array.of(new long[] {-1}), DType.UINT32, "-1"),
        Arguments.of(longs, DType.INT32, "1099511627776"),
        Arguments.of(longs, DType.UINT32, "1099511627776"),
        Arguments.of(Array.of(new float[] {300.5f}), DType.UINT8, "300.5"),
        Arguments.of(Array.of(new float[] {1e10f}), DType.INT32, "10000000000"),
        Arguments.of(Array.of(new double[] {0x1p63}), DType.INT64, "9.223372036854776E18"),
        Arguments.of(Array.of(new float[] {Float.NaN}), DType.INT32, "NaN"));
  }

  @ParameterizedTest
  @MethodSource("tooLarge")
  void an_integer_type_takes_no_number_beyond_its_range(Array from, DType to, String number) {
    assertThatThrownBy(() -> from.cast(to))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage(to.lowerName() + " cannot hold " + number);
  }

  @Test
  void numbers_within_the_range_lose_their_fraction() {
    Array a = Array.of(new double[] {-128.9, -0.5, 127.9});
    assertThat(a.cast(DType.INT8).ints()).containsExactly(-128, 0, 127);
    assertThat(Array.of(new double[] {-0x1p63}).cast(DType.INT64).longs())
        .containsExactly(Long.MIN_VALUE);
  }

  @Test
  void ragged_rows_are_refused() {
    assertThatThrownBy(() -> Array.of(new float[][] {{1, 2}, {3}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("different lengths");
  }

  @Test
  void a_shape_of_another_size_is_refused() {
    assertThatThrownBy(() -> Array.of(Shape.of(2, 2), 1f, 2f, 3f))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("data: shape [2, 2] has 4 elements, but 3 were given");
  }

  @Test
  void rows_slices_and_the_largest_element_follow_the_first_axis() {
    Array a = Array.of(new float[][] {{1, 5, 2}, {7, 0, 7}, {0, 0, 1}});
    assertThat(a.rows(2, 0)).isEqualTo(Array.of(new float[][] {{0, 0, 1}, {1, 5, 2}}));
    assertThat(a.slice(1, 2)).isEqualTo(Array.of(new float[][] {{7, 0, 7}}));
    assertThat(a.argmax()).containsExactly(1, 0, 2);
    assertThat(Array.concat(java.util.List.of(a.slice(0, 1), a.slice(1, 3)))).isEqualTo(a);
  }

  @Test
  void arrays_of_other_widths_types_or_ranks_are_not_joined() {
    Array a = Array.of(new float[][] {{1, 5, 2}});
    for (Array other :
        java.util.List.of(
            Array.of(new float[][] {{1}}), Array.of(new double[][] {{1, 2, 3}}), Array.scalar(1))) {
      assertThatThrownBy(() -> Array.concat(java.util.List.of(a, other)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "expected arrays of one type and of one shape but for the first axis, got"
                  + " float32[1, 3] and ");
    }
  }
}
