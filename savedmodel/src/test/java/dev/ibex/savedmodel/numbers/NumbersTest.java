package dev.ibex.savedmodel.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void halves_are_rounded_to_nearest_even() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = Half.toFloat((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(Half.of(value)).isEqualTo((short) bits);
      }
    }
    assertThat(Half.of(Float.NaN)).isEqualTo((short) 0x7e00);
    assertThat(Half.toFloat(Half.of(1 + 0x1p-11f))).isEqualTo(1f);
    assertThat(Half.toFloat(Half.of(1 + 3 * 0x1p-11f))).isEqualTo(1 + 0x1p-9f);
    assertThat(Half.toFloat(Half.of(65519.9f))).isEqualTo(65504f);
    assertThat(Half.of(65520f)).isEqualTo((short) 0x7c00);
  }

  @Test
  void brain_floats_are_rounded_to_nearest_even() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = Brain.toFloat((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(Brain.of(value)).isEqualTo((short) bits);
      }
    }
    assertThat(Brain.toFloat(Brain.of(Float.NaN))).isNaN();
    assertThat(Brain.toFloat(Brain.of(Float.intBitsToFloat(0x7f800001)))).isNaN();
    assertThat(Brain.toFloat(Brain.of(1 + 0x1p-8f))).isEqualTo(1f);
    assertThat(Brain.toFloat(Brain.of(1 + 3 * 0x1p-8f))).isEqualTo(1 + 0x1p-6f);
    assertThat(Brain.toFloat(Brain.of(Float.MAX_VALUE))).isEqualTo(Float.POSITIVE_INFINITY);
  }
}
