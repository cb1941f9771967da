package dev.ibex.layers;

/** How the values between pixels are found when an image is resized. */
public enum Interpolation {
  /** The nearest pixel's. */
  NEAREST,
  /** A line between two pixels, both ways. */
  BILINEAR,
  /** A cubic curve through four pixels, both ways. */
  BICUBIC,
  /** A windowed sine of radius 3. */
  LANCZOS3,
  /** A windowed sine of radius 5. */
  LANCZOS5
}
