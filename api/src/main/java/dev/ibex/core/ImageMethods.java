package dev.ibex.core;

import java.util.List;

/** Normalisation, and images with channels last. Source: {@code keras.ops}. */
interface ImageMethods extends OfTensor {
  /** Returns vectors along an axis divided by their length. */
  default SymbolicTensor normalize(int axis) {
    return Operation.of("Normalize", symbolic(), axis);
  }

  /** Returns the elements with mean 0 and variance 1 along axes. */
  default SymbolicTensor layerNormalization(double epsilon, int... axes) {
    return Operation.of("LayerNorm", symbolic(), null, null, axes, epsilon);
  }

  /** Returns the elements with a mean square of 1 along axes. */
  default SymbolicTensor rmsNormalization(double epsilon, int... axes) {
    return Operation.of("RMSNorm", symbolic(), null, axes, epsilon);
  }

  /**
   * Returns the elements minus means, divided by the roots of variances, of each place of an axis.
   */
  default SymbolicTensor batchNormalization(
      Symbolic mean, Symbolic variance, int axis, double epsilon) {
    return Operation.of("BatchNorm", symbolic(), mean, variance, null, null, axis, epsilon);
  }

  /** Returns images with channels made blocks of pixels. */
  default SymbolicTensor depthToSpace(int blockSize) {
    return Operation.of("DepthToSpace", symbolic(), blockSize);
  }

  /** Returns images with blocks of pixels made channels. */
  default SymbolicTensor spaceToDepth(int blockSize) {
    return Operation.of("SpaceToDepth", symbolic(), blockSize);
  }

  /** Returns the brightness of red, green and blue. */
  default SymbolicTensor rgbToGrayscale() {
    return Operation.of("RGBToGrayscale", symbolic());
  }

  /** Returns hue, saturation and value; without a derivative. */
  default SymbolicTensor rgbToHsv() {
    return Operation.of("RGBToHSV", symbolic());
  }

  /** Returns red, green and blue; without a derivative. */
  default SymbolicTensor hsvToRgb() {
    return Operation.of("HSVToRGB", symbolic());
  }

  /** Returns images of another size: by bilinear, nearest, bicubic, lanczos3 or lanczos5. */
  default SymbolicTensor resize(int height, int width, String interpolation) {
    return Operation.of("Resize", symbolic(), List.of(height, width), interpolation);
  }

  /**
   * As {@link #resize(int, int, String)}, where {@code antialias} takes all pixels into account
   * that a smaller image's pixel covers.
   */
  default SymbolicTensor resize(int height, int width, String interpolation, boolean antialias) {
    return Operation.of("Resize", symbolic(), List.of(height, width), interpolation, antialias);
  }

  /** Returns images with pixels of 0 around. */
  default SymbolicTensor padImages(int top, int left, int bottom, int right) {
    return Operation.of("PadImages", symbolic(), top, left, bottom, right);
  }

  /** Returns images without some pixels at the edges. */
  default SymbolicTensor cropImages(int top, int left, int bottom, int right) {
    return Operation.of("CropImages", symbolic(), top, left, bottom, right);
  }

  /** Returns the pixels of each window as channels; {@code padding} is valid or same. */
  default SymbolicTensor extractPatches(int height, int width, int stride, String padding) {
    return Operation.of("ExtractPatches", symbolic(), List.of(height, width), stride, 1, padding);
  }
}
