package dev.ibex.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
}
