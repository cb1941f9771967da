package dev.ibex.callbacks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as Python writes them, so that logs and file names are those of Keras. */
final class PythonNumbers {
  private PythonNumbers() {}

  /** Returns the shortest text that gives the number back: {@code 0.1}, {@code 1e-05}. */
  static String repr(double x) {
    if (!Double.isFinite(x)) {
      return special(x);
    }
    if (x == 0) {
      return 1 / x < 0 ? "-0.0" : "0.0";
    }
    BigDecimal exact = new BigDecimal(x);
    BigDecimal shortest = exact;
    for (int digits = 1; digits <= 17; digits++) {
      shortest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (shortest.doubleValue() == x) {
        break;
      }
    }
    shortest = shortest.stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent < -4 || exponent >= 16) {
      return scientific(shortest, exponent);
    }
    return shortest.setScale(Math.max(1, shortest.scale())).toPlainString();
  }

  /** Returns the number with so many digits after the point. */
  static String fixed(double x, int digits) {
    if (!Double.isFinite(x)) {
      return special(x);
    }
    String text = new BigDecimal(x).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    return 1 / x < 0 && !text.startsWith("-") ? "-" + text : text;
  }

  private static String scientific(BigDecimal x, int exponent) {
    String digits = x.unscaledValue().abs().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    return (x.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + fraction
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  private static String special(double x) {
    return Double.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
  }
}
