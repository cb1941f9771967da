package dev.ibex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Data;
import dev.ibex.graph.Array;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

class SplitTest {
  private static final double[] SHARES = {0.70, 0.15, 0.15};

  @ParameterizedTest
  @ValueSource(ints = {3, 10, 99, 100, 1797})
  void parts_are_disjoint_and_complete(int n) {
    List<int[]> parts = Split.of(n, 1).parts(n == 3 ? new double[] {0.4, 0.3, 0.3} : SHARES);
    assertThat(parts.stream().flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, n).toArray());
  }

  @Test
  void parts_have_their_shares() {
    assertThat(Split.of(1797, 1).parts(SHARES))
        .extracting(p -> p.length)
        .containsExactly(1258, 269, 270);
  }

  @Test
  void one_seed_gives_one_split() {
    assertThat(Split.of(100, 5).parts(SHARES).get(0))
        .isEqualTo(Split.of(100, 5).parts(SHARES).get(0))
        .isNotEqualTo(Split.of(100, 6).parts(SHARES).get(0));
  }

  @Test
  void the_split_of_a_seed_stays_the_same_for_ever() {
    assertThat(Split.of(10, 42).parts(0.5, 0.5).get(0)).containsExactly(4, 6, 2, 1, 7);
  }

  @Test
  void samples_are_shuffled() {
    assertThat(Split.of(1000, 0).parts(0.5, 0.5).get(0))
        .isNotEqualTo(IntStream.range(0, 500).toArray());
  }

  @Test
  void data_are_divided_by_rows() {
    Data data = Data.of(new float[20][3], new int[20]);
    assertThat(Split.of(data, 3).parts(0.75, 0.25))
        .extracting(Data::samples)
        .containsExactly(15, 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "0.7 0.2", "0.7 0.4", "1.2 -0.2", "1 0", ""})
  void refuses_shares_that_do_not_make_a_whole(String shares) {
    double[] s =
        Stream.of(shares.split(" "))
            .filter(t -> !t.isEmpty())
            .mapToDouble(Double::parseDouble)
            .toArray();
    assertThatThrownBy(() -> Split.of(10, 0).parts(s))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "shares: expected positive numbers that add up to 1, got " + Arrays.toString(s));
  }

  @Test
  void refuses_a_part_without_samples() {
    assertThatThrownBy(() -> Split.of(2, 0).parts(SHARES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of 2 samples is not even one");
  }

  @Test
  void refuses_streams_and_arrays_of_different_lengths() {
    assertThatThrownBy(() -> Split.of(Data.batches(Stream::empty), 0))
        .hasMessage("samples: a stream of batches does not say how many it has");
    Array two = Array.of(Shape.of(2, 1), 1f, 2f);
    assertThatThrownBy(() -> Split.of(Data.of(two, Array.of(new float[3])), 0))
        .hasMessage("samples: the arrays have different numbers of rows: [2, 3]");
  }
}
