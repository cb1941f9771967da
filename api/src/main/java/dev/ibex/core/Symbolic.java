package dev.ibex.core;

/**
 * Something that stands for one tensor of a model that is being described.
 *
 * <p>Its methods add operation nodes, as functions of {@code keras.ops} do; those of several
 * tensors are in {@link Operations}.
 */
@FunctionalInterface
public interface Symbolic
    extends ArithmeticMethods,
        ComparisonMethods,
        ElementwiseMethods,
        ActivationMethods,
        ReductionMethods,
        StatisticsMethods,
        NanMethods,
        ShapeMethods,
        ArrangementMethods,
        IndexMethods,
        LinearAlgebraMethods,
        ImageMethods,
        TrigonometryMethods,
        ExponentMethods,
        RoundingMethods,
        BitwiseMethods,
        PredicateMethods,
        ChoiceMethods,
        CopyMethods {
  /** Returns the tensor. */
  @Override
  SymbolicTensor symbolic();
}
