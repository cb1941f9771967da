package dev.ibex.core;

/** Activation functions of a symbolic tensor. Source: {@code keras.ops}. */
interface ActivationMethods extends OfTensor {
  /** Returns 1 / (1 + exp(-this)). */
  default SymbolicTensor sigmoid() {
    return Operation.of("Sigmoid", symbolic());
  }

  /** Returns max(this, 0). */
  default SymbolicTensor relu() {
    return Operation.of("Relu", symbolic());
  }

  /** Returns this where it is positive, else negativeSlope · this. */
  default SymbolicTensor leakyRelu(double negativeSlope) {
    return Operation.of("LeakyRelu", symbolic(), negativeSlope);
  }

  /** Returns exp(this) over its sum along an axis, which may count from the end. */
  default SymbolicTensor softmax(int axis) {
    return Operation.of("Softmax", symbolic(), axis);
  }

  /** Returns this clipped to [0, 6]. */
  default SymbolicTensor relu6() {
    return Operation.of("Relu6", symbolic());
  }

  /** Returns this · sigmoid(this). */
  default SymbolicTensor silu() {
    return Operation.of("Silu", symbolic());
  }

  /** Returns this · relu6(this + 3) / 6. */
  default SymbolicTensor hardSilu() {
    return Operation.of("HardSilu", symbolic());
  }

  /** Returns relu6(this + 3) / 6. */
  default SymbolicTensor hardSigmoid() {
    return Operation.of("HardSigmoid", symbolic());
  }

  /** Returns log(sigmoid(this)). */
  default SymbolicTensor logSigmoid() {
    return Operation.of("LogSigmoid", symbolic());
  }

  /** Returns this clipped to [-1, 1]. */
  default SymbolicTensor hardTanh() {
    return Operation.of("HardTanh", symbolic());
  }

  /** Returns this - tanh(this). */
  default SymbolicTensor tanhShrink() {
    return Operation.of("TanhShrink", symbolic());
  }

  /** Returns log(exp(this) + 1). */
  default SymbolicTensor softplus() {
    return Operation.of("Softplus", symbolic());
  }

  /** Returns this / (|this| + 1). */
  default SymbolicTensor softsign() {
    return Operation.of("Softsign", symbolic());
  }

  /** Returns 0 up to -1, this from 1 on, (this + 1)² / 4 between. */
  default SymbolicTensor sparsePlus() {
    return Operation.of("SparsePlus", symbolic());
  }

  /** Returns 0 up to -1, 1 from 1 on, (this + 1) / 2 between. */
  default SymbolicTensor sparseSigmoid() {
    return Operation.of("SparseSigmoid", symbolic());
  }

  /** Returns 1.0507 this where it is positive, else 1.0507 · 1.6733 · (exp(this) - 1). */
  default SymbolicTensor selu() {
    return Operation.of("Selu", symbolic());
  }

  /** Returns this where it is positive, else alpha · (exp(this) - 1). */
  default SymbolicTensor elu(double alpha) {
    return Operation.of("Elu", symbolic(), alpha);
  }

  /** Returns max(this, 0) + alpha · (exp(min(this, 0) / alpha) - 1). */
  default SymbolicTensor celu(double alpha) {
    return Operation.of("Celu", symbolic(), alpha);
  }

  /** Returns this · P(X &lt;= this) for a standard normal X, exactly or by tanh. */
  default SymbolicTensor gelu(boolean approximate) {
    return Operation.of("Gelu", symbolic(), approximate);
  }

  /** Returns this where |this| &gt; threshold, else 0. */
  default SymbolicTensor hardShrink(double threshold) {
    return Operation.of("HardShrink", symbolic(), threshold);
  }

  /** Returns this moved towards 0 by a threshold, 0 within that distance of 0. */
  default SymbolicTensor softShrink(double threshold) {
    return Operation.of("SoftShrink", symbolic(), threshold);
  }

  /** Returns (this + sqrt(this² + b)) / 2. */
  default SymbolicTensor squareplus(double b) {
    return Operation.of("Squareplus", symbolic(), b);
  }

  /** Returns this where this &gt; threshold, else value; whole numbers take whole ones. */
  default SymbolicTensor threshold(Number threshold, Number value) {
    return Operation.of("Threshold", symbolic(), threshold, value);
  }

  /** Returns the logarithm of softmax along an axis, which may count from the end. */
  default SymbolicTensor logSoftmax(int axis) {
    return Operation.of("LogSoftmax", symbolic(), axis);
  }

  /** Returns sparsemax along an axis, which may count from the end. */
  default SymbolicTensor sparsemax(int axis) {
    return Operation.of("Sparsemax", symbolic(), axis);
  }

  /** Returns a · sigmoid(b) for the halves a, b of an axis, which may count from the end. */
  default SymbolicTensor glu(int axis) {
    return Operation.of("Glu", symbolic(), axis);
  }
}
