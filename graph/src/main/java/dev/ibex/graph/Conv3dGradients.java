package dev.ibex.graph;

import java.util.List;
import java.util.stream.LongStream;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationAttributeInspector;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv3d;
import org.tensorflow.op.nn.Conv3dBackpropFilter;
import org.tensorflow.op.nn.Conv3dBackpropInput;
import org.tensorflow.types.family.TNumber;

/**
 * The gradients of the three ops of convolution over volumes. Each is linear in both of its
 * tensors, so that the derivatives of one are the other two.
 */
final class Conv3dGradients {
  private final Ops tf;
  private final List<Long> strides;
  private final String padding;
  private final List<Long> dilations;
  private final String format;

  private Conv3dGradients(Ops tf, GraphOperation op) {
    OperationAttributeInspector of = op.attributes();
    this.tf = tf;
    this.strides = LongStream.of(of.getAttrIntList("strides")).boxed().toList();
    this.padding = of.getAttrString("padding");
    this.dilations = LongStream.of(of.getAttrIntList("dilations")).boxed().toList();
    this.format = of.getAttrString("data_format");
  }

  /** Of the op with the inputs x and kernel. */
  static List<Operand<?>> ofConvolution(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Conv3dGradients g = new Conv3dGradients(tf, op);
    Operand<TNumber> x = Numbers.of(op.input(0));
    Operand<TNumber> kernel = Numbers.of(op.input(1));
    Operand<TNumber> y = Numbers.of(grads.get(0));
    return List.of(g.input(x, kernel, y), g.kernel(x, kernel, y));
  }

  /** Of the op with the inputs shape of x, kernel and y, which gives x. */
  static List<Operand<?>> ofInput(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Conv3dGradients g = new Conv3dGradients(tf, op);
    Operand<TNumber> x = Numbers.of(grads.get(0));
    Operand<TNumber> kernel = Numbers.of(op.input(1));
    Operand<TNumber> y = Numbers.of(op.input(2));
    return List.of(tf.zerosLike(op.input(0)), g.kernel(x, kernel, y), g.convolution(x, kernel));
  }

  /** Of the op with the inputs x, shape of the kernel and y, which gives the kernel. */
  static List<Operand<?>> ofKernel(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Conv3dGradients g = new Conv3dGradients(tf, op);
    Operand<TNumber> x = Numbers.of(op.input(0));
    Operand<TNumber> kernel = Numbers.of(grads.get(0));
    Operand<TNumber> y = Numbers.of(op.input(2));
    return List.of(g.input(x, kernel, y), tf.zerosLike(op.input(1)), g.convolution(x, kernel));
  }

  private Operand<TNumber> convolution(Operand<TNumber> x, Operand<TNumber> kernel) {
    return tf.nn.conv3d(
        x, kernel, strides, padding, Conv3d.dilations(dilations), Conv3d.dataFormat(format));
  }

  private Operand<TNumber> input(Operand<TNumber> x, Operand<TNumber> kernel, Operand<TNumber> y) {
    return tf.nn.conv3dBackpropInput(
        tf.shape(x),
        kernel,
        y,
        strides,
        padding,
        Conv3dBackpropInput.dilations(dilations),
        Conv3dBackpropInput.dataFormat(format));
  }

  private Operand<TNumber> kernel(Operand<TNumber> x, Operand<TNumber> kernel, Operand<TNumber> y) {
    return tf.nn.conv3dBackpropFilter(
        x,
        tf.shape(kernel),
        y,
        strides,
        padding,
        Conv3dBackpropFilter.dilations(dilations),
        Conv3dBackpropFilter.dataFormat(format));
  }
}
