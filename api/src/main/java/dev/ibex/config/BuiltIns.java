package dev.ibex.config;

import dev.ibex.Input;
import dev.ibex.activations.Activations;
import dev.ibex.applications.CustomScaleLayer;
import dev.ibex.applications.LayerScale;
import dev.ibex.applications.StochasticDepth;
import dev.ibex.config.Registry.Row;
import dev.ibex.constraints.MaxNorm;
import dev.ibex.constraints.MinMaxNorm;
import dev.ibex.constraints.NonNeg;
import dev.ibex.constraints.UnitNorm;
import dev.ibex.core.Layer;
import dev.ibex.initializers.Constant;
import dev.ibex.initializers.GlorotNormal;
import dev.ibex.initializers.GlorotUniform;
import dev.ibex.initializers.HeNormal;
import dev.ibex.initializers.HeUniform;
import dev.ibex.initializers.Identity;
import dev.ibex.initializers.LecunNormal;
import dev.ibex.initializers.LecunUniform;
import dev.ibex.initializers.Ones;
import dev.ibex.initializers.Orthogonal;
import dev.ibex.initializers.RandomNormal;
import dev.ibex.initializers.RandomUniform;
import dev.ibex.initializers.TruncatedNormal;
import dev.ibex.initializers.VarianceScaling;
import dev.ibex.initializers.Zeros;
import dev.ibex.layers.Activation;
import dev.ibex.layers.ActivityRegularization;
import dev.ibex.layers.AdaptiveAveragePooling1D;
import dev.ibex.layers.AdaptiveAveragePooling2D;
import dev.ibex.layers.AdaptiveAveragePooling3D;
import dev.ibex.layers.AdaptiveMaxPooling1D;
import dev.ibex.layers.AdaptiveMaxPooling2D;
import dev.ibex.layers.AdaptiveMaxPooling3D;
import dev.ibex.layers.Add;
import dev.ibex.layers.AlphaDropout;
import dev.ibex.layers.Average;
import dev.ibex.layers.AveragePooling1D;
import dev.ibex.layers.AveragePooling2D;
import dev.ibex.layers.AveragePooling3D;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.CenterCrop;
import dev.ibex.layers.Concatenate;
import dev.ibex.layers.Conv1D;
import dev.ibex.layers.Conv1DTranspose;
import dev.ibex.layers.Conv2D;
import dev.ibex.layers.Conv2DTranspose;
import dev.ibex.layers.Conv3D;
import dev.ibex.layers.Conv3DTranspose;
import dev.ibex.layers.Cropping1D;
import dev.ibex.layers.Cropping2D;
import dev.ibex.layers.Cropping3D;
import dev.ibex.layers.Dense;
import dev.ibex.layers.DepthwiseConv1D;
import dev.ibex.layers.DepthwiseConv2D;
import dev.ibex.layers.Dot;
import dev.ibex.layers.Dropout;
import dev.ibex.layers.ELU;
import dev.ibex.layers.EinsumDense;
import dev.ibex.layers.Embedding;
import dev.ibex.layers.Flatten;
import dev.ibex.layers.GaussianDropout;
import dev.ibex.layers.GaussianNoise;
import dev.ibex.layers.GlobalAveragePooling1D;
import dev.ibex.layers.GlobalAveragePooling2D;
import dev.ibex.layers.GlobalAveragePooling3D;
import dev.ibex.layers.GlobalMaxPooling1D;
import dev.ibex.layers.GlobalMaxPooling2D;
import dev.ibex.layers.GlobalMaxPooling3D;
import dev.ibex.layers.GroupNormalization;
import dev.ibex.layers.LayerNormalization;
import dev.ibex.layers.LeakyReLU;
import dev.ibex.layers.Masking;
import dev.ibex.layers.MaxPooling1D;
import dev.ibex.layers.MaxPooling2D;
import dev.ibex.layers.MaxPooling3D;
import dev.ibex.layers.Maximum;
import dev.ibex.layers.Minimum;
import dev.ibex.layers.Multiply;
import dev.ibex.layers.Normalization;
import dev.ibex.layers.PReLU;
import dev.ibex.layers.Permute;
import dev.ibex.layers.RMSNormalization;
import dev.ibex.layers.ReLU;
import dev.ibex.layers.RepeatVector;
import dev.ibex.layers.Rescaling;
import dev.ibex.layers.Reshape;
import dev.ibex.layers.Resizing;
import dev.ibex.layers.ReversibleEmbedding;
import dev.ibex.layers.SeparableConv1D;
import dev.ibex.layers.SeparableConv2D;
import dev.ibex.layers.Softmax;
import dev.ibex.layers.SpatialDropout1D;
import dev.ibex.layers.SpatialDropout2D;
import dev.ibex.layers.SpatialDropout3D;
import dev.ibex.layers.SpectralNormalization;
import dev.ibex.layers.Subtract;
import dev.ibex.layers.TimeDistributed;
import dev.ibex.layers.UnitNormalization;
import dev.ibex.layers.UpSampling1D;
import dev.ibex.layers.UpSampling2D;
import dev.ibex.layers.UpSampling3D;
import dev.ibex.layers.ZeroPadding1D;
import dev.ibex.layers.ZeroPadding2D;
import dev.ibex.layers.ZeroPadding3D;
import dev.ibex.losses.BinaryCrossentropy;
import dev.ibex.losses.BinaryFocalCrossentropy;
import dev.ibex.losses.CTC;
import dev.ibex.losses.CategoricalCrossentropy;
import dev.ibex.losses.CategoricalFocalCrossentropy;
import dev.ibex.losses.CategoricalGeneralizedCrossEntropy;
import dev.ibex.losses.CategoricalHinge;
import dev.ibex.losses.Circle;
import dev.ibex.losses.CosineSimilarity;
import dev.ibex.losses.Dice;
import dev.ibex.losses.Hinge;
import dev.ibex.losses.Huber;
import dev.ibex.losses.KLDivergence;
import dev.ibex.losses.LogCosh;
import dev.ibex.losses.MeanAbsoluteError;
import dev.ibex.losses.MeanAbsolutePercentageError;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.losses.MeanSquaredLogarithmicError;
import dev.ibex.losses.Poisson;
import dev.ibex.losses.SparseCategoricalCrossentropy;
import dev.ibex.losses.SquaredHinge;
import dev.ibex.losses.Tversky;
import dev.ibex.metrics.AUC;
import dev.ibex.metrics.Accuracy;
import dev.ibex.metrics.BinaryAccuracy;
import dev.ibex.metrics.BinaryIoU;
import dev.ibex.metrics.CategoricalAccuracy;
import dev.ibex.metrics.ConcordanceCorrelation;
import dev.ibex.metrics.F1Score;
import dev.ibex.metrics.FBetaScore;
import dev.ibex.metrics.FalseNegatives;
import dev.ibex.metrics.FalsePositives;
import dev.ibex.metrics.IoU;
import dev.ibex.metrics.LogCoshError;
import dev.ibex.metrics.Mean;
import dev.ibex.metrics.MeanIoU;
import dev.ibex.metrics.OneHotIoU;
import dev.ibex.metrics.OneHotMeanIoU;
import dev.ibex.metrics.PearsonCorrelation;
import dev.ibex.metrics.Precision;
import dev.ibex.metrics.PrecisionAtRecall;
import dev.ibex.metrics.R2Score;
import dev.ibex.metrics.Recall;
import dev.ibex.metrics.RecallAtPrecision;
import dev.ibex.metrics.RootMeanSquaredError;
import dev.ibex.metrics.SensitivityAtSpecificity;
import dev.ibex.metrics.SparseCategoricalAccuracy;
import dev.ibex.metrics.SparseTopKCategoricalAccuracy;
import dev.ibex.metrics.SpecificityAtSensitivity;
import dev.ibex.metrics.Sum;
import dev.ibex.metrics.TopKCategoricalAccuracy;
import dev.ibex.metrics.TrueNegatives;
import dev.ibex.metrics.TruePositives;
import dev.ibex.optimizers.Adadelta;
import dev.ibex.optimizers.Adafactor;
import dev.ibex.optimizers.Adagrad;
import dev.ibex.optimizers.Adam;
import dev.ibex.optimizers.AdamW;
import dev.ibex.optimizers.Adamax;
import dev.ibex.optimizers.Ftrl;
import dev.ibex.optimizers.Lamb;
import dev.ibex.optimizers.Lion;
import dev.ibex.optimizers.LossScaleOptimizer;
import dev.ibex.optimizers.Nadam;
import dev.ibex.optimizers.RMSprop;
import dev.ibex.optimizers.SGD;
import dev.ibex.regularizers.L1;
import dev.ibex.regularizers.L1L2;
import dev.ibex.regularizers.L2;
import dev.ibex.regularizers.OrthogonalRegularizer;
import dev.ibex.schedules.CosineDecay;
import dev.ibex.schedules.CosineDecayRestarts;
import dev.ibex.schedules.ExponentialDecay;
import dev.ibex.schedules.InverseTimeDecay;
import dev.ibex.schedules.PiecewiseConstantDecay;
import dev.ibex.schedules.PolynomialDecay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The built-in classes, each once: an object with the defaults, and the keys that a file must have
 * because nothing could stand for them. The class's name is that in Keras's files.
 */
final class BuiltIns {
  private BuiltIns() {}

  /** Returns the table. */
  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    layers(rows);
    initializers(rows);
    losses(rows);
    metrics(rows);
    optimizers(rows);
    schedules(rows);
    add(rows, L1.of());
    add(rows, L1L2.of());
    add(rows, L2.of());
    add(rows, OrthogonalRegularizer.of());
    add(rows, MaxNorm.of());
    add(rows, MinMaxNorm.of());
    add(rows, NonNeg.of());
    add(rows, UnitNorm.of());
    return rows;
  }

  private static void layers(List<Row> rows) {
    add(rows, Input.of(1), "batch_shape");
    add(rows, Activation.of(Activations.LINEAR), "activation");
    add(rows, ActivityRegularization.of());
    add(rows, AdaptiveAveragePooling1D.of(1), "output_size");
    add(rows, AdaptiveAveragePooling2D.of(1), "output_size");
    add(rows, AdaptiveAveragePooling3D.of(1), "output_size");
    add(rows, AdaptiveMaxPooling1D.of(1), "output_size");
    add(rows, AdaptiveMaxPooling2D.of(1), "output_size");
    add(rows, AdaptiveMaxPooling3D.of(1), "output_size");
    add(rows, Add.of());
    add(rows, AlphaDropout.of(0), "rate");
    add(rows, Average.of());
    add(rows, AveragePooling1D.of(1), "pool_size");
    add(rows, AveragePooling2D.of(1), "pool_size");
    add(rows, AveragePooling3D.of(1), "pool_size");
    add(rows, BatchNormalization.of());
    add(rows, CenterCrop.of(1, 1), "height", "width");
    add(rows, Concatenate.of());
    add(rows, Conv1D.of(1, 1), "filters", "kernel_size");
    add(rows, Conv1DTranspose.of(1, 1), "filters", "kernel_size");
    add(rows, Conv2D.of(1, 1), "filters", "kernel_size");
    add(rows, Conv2DTranspose.of(1, 1), "filters", "kernel_size");
    add(rows, Conv3D.of(1, 1), "filters", "kernel_size");
    add(rows, Conv3DTranspose.of(1, 1), "filters", "kernel_size");
    add(rows, Cropping1D.of());
    add(rows, Cropping2D.of());
    add(rows, Cropping3D.of());
    add(rows, Dense.of(1), "units");
    add(rows, DepthwiseConv1D.of(1), "kernel_size");
    add(rows, DepthwiseConv2D.of(1), "kernel_size");
    add(rows, Dot.of(1), "axes");
    add(rows, Dropout.of(0), "rate");
    add(rows, EinsumDense.of("ab,bc->ac", 1), "equation", "output_shape");
    add(rows, ELU.of());
    add(rows, Embedding.of(1, 1), "input_dim", "output_dim");
    add(rows, Flatten.of());
    add(rows, GaussianDropout.of(0), "rate");
    add(rows, GaussianNoise.of(0), "stddev");
    add(rows, GlobalAveragePooling1D.of());
    add(rows, GlobalAveragePooling2D.of());
    add(rows, GlobalAveragePooling3D.of());
    add(rows, GlobalMaxPooling1D.of());
    add(rows, GlobalMaxPooling2D.of());
    add(rows, GlobalMaxPooling3D.of());
    add(rows, GroupNormalization.of());
    add(rows, dev.ibex.layers.Identity.of());
    add(rows, LayerNormalization.of());
    add(rows, LeakyReLU.of());
    add(rows, Masking.of());
    add(rows, Maximum.of());
    add(rows, MaxPooling1D.of(2));
    add(rows, MaxPooling2D.of(2));
    add(rows, MaxPooling3D.of(2));
    add(rows, Minimum.of());
    add(rows, Multiply.of());
    add(rows, Normalization.of());
    add(rows, Permute.of(1), "dims");
    add(rows, PReLU.of());
    add(rows, ReLU.of());
    add(rows, RepeatVector.of(1), "n");
    add(rows, Rescaling.of(1), "scale");
    add(rows, Reshape.of(1), "target_shape");
    add(rows, Resizing.of(1, 1), "height", "width");
    add(rows, ReversibleEmbedding.of(1, 1), "input_dim", "output_dim");
    add(rows, RMSNormalization.of());
    add(rows, SeparableConv1D.of(1, 1), "filters", "kernel_size");
    add(rows, SeparableConv2D.of(1, 1), "filters", "kernel_size");
    add(rows, Softmax.of());
    add(rows, SpatialDropout1D.of(0), "rate");
    add(rows, SpatialDropout2D.of(0), "rate");
    add(rows, SpatialDropout3D.of(0), "rate");
    add(rows, SpectralNormalization.of(Dense.of(1)), "layer");
    add(rows, Subtract.of());
    add(rows, TimeDistributed.of(Dense.of(1)), "layer");
    add(rows, UnitNormalization.of());
    add(rows, UpSampling1D.of());
    add(rows, UpSampling2D.of());
    add(rows, UpSampling3D.of());
    add(rows, ZeroPadding1D.of());
    add(rows, ZeroPadding2D.of());
    add(rows, ZeroPadding3D.of());
    ofNetwork(rows, "convnext", LayerScale.of(0, 1), "init_values", "projection_dim");
    ofNetwork(rows, "convnext", StochasticDepth.of(0), "drop_path_rate");
    ofNetwork(rows, "inception_resnet_v2", CustomScaleLayer.of(0), "scale");
  }

  private static void initializers(List<Row> rows) {
    add(rows, Constant.of(0));
    add(rows, GlorotNormal.of());
    add(rows, GlorotUniform.of());
    add(rows, HeNormal.of());
    add(rows, HeUniform.of());
    add(rows, Identity.of());
    add(rows, LecunNormal.of());
    add(rows, LecunUniform.of());
    add(rows, Ones.of());
    add(rows, Orthogonal.of());
    add(rows, RandomNormal.of());
    add(rows, RandomUniform.of());
    add(rows, TruncatedNormal.of());
    add(rows, VarianceScaling.of());
    add(rows, Zeros.of());
  }

  private static void losses(List<Row> rows) {
    add(rows, BinaryCrossentropy.of());
    add(rows, BinaryFocalCrossentropy.of());
    add(rows, CategoricalCrossentropy.of());
    add(rows, CategoricalFocalCrossentropy.of());
    add(rows, CategoricalGeneralizedCrossEntropy.of());
    add(rows, CategoricalHinge.of());
    add(rows, Circle.of());
    add(rows, CosineSimilarity.of());
    add(rows, CTC.of());
    add(rows, Dice.of());
    add(rows, Hinge.of());
    add(rows, Huber.of());
    add(rows, KLDivergence.of());
    add(rows, LogCosh.of());
    add(rows, MeanAbsoluteError.of());
    add(rows, MeanAbsolutePercentageError.of());
    add(rows, MeanSquaredError.of());
    add(rows, MeanSquaredLogarithmicError.of());
    add(rows, Poisson.of());
    add(rows, SparseCategoricalCrossentropy.of());
    add(rows, SquaredHinge.of());
    add(rows, Tversky.of());
  }

  private static void metrics(List<Row> rows) {
    add(rows, Accuracy.of());
    add(rows, BinaryAccuracy.of());
    add(rows, CategoricalAccuracy.of());
    add(rows, LogCoshError.of());
    add(rows, Mean.of());
    add(rows, RootMeanSquaredError.of());
    add(rows, SparseCategoricalAccuracy.of());
    add(rows, SparseTopKCategoricalAccuracy.of());
    add(rows, Sum.of());
    add(rows, TopKCategoricalAccuracy.of());
    add(rows, AUC.of());
    add(rows, BinaryIoU.of());
    add(rows, ConcordanceCorrelation.of());
    add(rows, F1Score.of());
    add(rows, FBetaScore.of());
    add(rows, FalseNegatives.of());
    add(rows, FalsePositives.of());
    add(rows, PearsonCorrelation.of());
    add(rows, Precision.of());
    add(rows, R2Score.of());
    add(rows, Recall.of());
    add(rows, TrueNegatives.of());
    add(rows, TruePositives.of());
    add(rows, IoU.of(1, 0), "num_classes", "target_class_ids");
    add(rows, MeanIoU.of(1), "num_classes");
    add(rows, OneHotIoU.of(1, 0), "num_classes", "target_class_ids");
    add(rows, OneHotMeanIoU.of(1), "num_classes");
    add(rows, PrecisionAtRecall.of(0), "recall");
    add(rows, RecallAtPrecision.of(0), "precision");
    add(rows, SensitivityAtSpecificity.of(0), "specificity");
    add(rows, SpecificityAtSensitivity.of(0), "sensitivity");
    add(rows, dev.ibex.metrics.BinaryCrossentropy.of());
    add(rows, dev.ibex.metrics.CategoricalCrossentropy.of());
    add(rows, dev.ibex.metrics.CategoricalHinge.of());
    add(rows, dev.ibex.metrics.CosineSimilarity.of());
    add(rows, dev.ibex.metrics.Hinge.of());
    add(rows, dev.ibex.metrics.KLDivergence.of());
    add(rows, dev.ibex.metrics.MeanAbsoluteError.of());
    add(rows, dev.ibex.metrics.MeanAbsolutePercentageError.of());
    add(rows, dev.ibex.metrics.MeanSquaredError.of());
    add(rows, dev.ibex.metrics.MeanSquaredLogarithmicError.of());
    add(rows, dev.ibex.metrics.Poisson.of());
    add(rows, dev.ibex.metrics.SparseCategoricalCrossentropy.of());
    add(rows, dev.ibex.metrics.SquaredHinge.of());
  }

  private static void optimizers(List<Row> rows) {
    add(rows, Adadelta.of());
    add(rows, Adafactor.of());
    add(rows, Adagrad.of());
    add(rows, Adam.of());
    add(rows, AdamW.of());
    add(rows, Adamax.of());
    add(rows, Ftrl.of());
    add(rows, Lamb.of());
    add(rows, Lion.of());
    add(rows, LossScaleOptimizer.of(SGD.of()), "inner_optimizer");
    add(rows, Nadam.of());
    add(rows, RMSprop.of());
    add(rows, SGD.of());
  }

  private static void schedules(List<Row> rows) {
    String rate = "initial_learning_rate";
    add(rows, CosineDecay.of(0, 1), rate, "decay_steps");
    add(rows, CosineDecayRestarts.of(0, 1), rate, "first_decay_steps");
    add(rows, ExponentialDecay.of(0, 1, 1), rate, "decay_steps", "decay_rate");
    add(rows, InverseTimeDecay.of(0, 1, 1), rate, "decay_steps", "decay_rate");
    add(rows, PiecewiseConstantDecay.of(new long[] {1}, 0, 0), "boundaries", "values");
    add(rows, PolynomialDecay.of(0, 1), rate, "decay_steps");
  }

  /** Adds a class that Keras has beside a network; such are known by their module. */
  private static void ofNetwork(
      List<Row> rows, String network, Layer prototype, String... required) {
    String module = "keras.src.applications." + network;
    String name = module + ">" + prototype.className();
    rows.add(
        new Row(
            Family.LAYER,
            module,
            prototype.className(),
            Optional.of(name),
            prototype,
            Set.of(required)));
  }

  private static void add(List<Row> rows, Object prototype, String... required) {
    String name =
        prototype instanceof Layer layer ? layer.className() : prototype.getClass().getSimpleName();
    Family family = Family.of(prototype.getClass()).orElseThrow();
    rows.add(new Row(family, family.module(), name, Optional.empty(), prototype, Set.of(required)));
  }
}
