package dev.ibex.tests.files;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.layers.AdaptiveAveragePooling1D;
import dev.ibex.layers.AdaptiveAveragePooling2D;
import dev.ibex.layers.AdaptiveAveragePooling3D;
import dev.ibex.layers.AdaptiveMaxPooling1D;
import dev.ibex.layers.AdaptiveMaxPooling2D;
import dev.ibex.layers.AdaptiveMaxPooling3D;
import dev.ibex.layers.AveragePooling3D;
import dev.ibex.layers.CenterCrop;
import dev.ibex.layers.Concatenate;
import dev.ibex.layers.Cropping1D;
import dev.ibex.layers.Cropping3D;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Flatten;
import dev.ibex.layers.GlobalAveragePooling3D;
import dev.ibex.layers.GlobalMaxPooling3D;
import dev.ibex.layers.Interpolation;
import dev.ibex.layers.MaxPooling3D;
import dev.ibex.layers.Padding;
import dev.ibex.layers.Reshape;
import dev.ibex.layers.Resizing;
import dev.ibex.layers.UpSampling1D;
import dev.ibex.layers.UpSampling3D;
import dev.ibex.layers.ZeroPadding1D;
import dev.ibex.layers.ZeroPadding3D;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.Adam;
import java.util.List;

/** Volumes, images and sequences that become larger and smaller. All names are automatic. */
final class VolumeKinds {
  private VolumeKinds() {}

  static List<Kind> all() {
    return List.of(volumes());
  }

  private static Kind volumes() {
    Input in = Input.of(4, 5, 6, 2).named("given");
    SymbolicTensor volume = Dense.of(3).apply(in);
    SymbolicTensor y = ZeroPadding3D.of(1, 0, 0, 1, 2, 0).apply(volume);
    y = Cropping3D.of(0, 1, 1).apply(y);
    y = MaxPooling3D.of(2).padding(Padding.SAME).apply(y);
    y = UpSampling3D.of(1, 2, 2).apply(y);
    y = AveragePooling3D.of(1, 2, 2).strides(1).apply(y);
    SymbolicTensor max = AdaptiveMaxPooling3D.of(2, 3, 2).apply(volume);
    SymbolicTensor mean = AdaptiveAveragePooling3D.of(3).apply(y);
    SymbolicTensor one = GlobalMaxPooling3D.of().apply(max);
    SymbolicTensor other = GlobalAveragePooling3D.of().keepdims(true).apply(mean);
    SymbolicTensor images = Reshape.of(4, 5, 18).apply(volume);
    images =
        Resizing.of(5, 5)
            .cropToAspectRatio(true)
            .interpolation(Interpolation.BICUBIC)
            .antialias(true)
            .apply(images);
    images = CenterCrop.of(4, 3).apply(images);
    SymbolicTensor bins = AdaptiveMaxPooling2D.of(3, 2).apply(images);
    // nothing largest is looked for where numbers are equal: TensorFlow's kernels differ in which
    // it is
    SymbolicTensor padded = Resizing.of(6, 7).padToAspectRatio(true).fillValue(0.5).apply(images);
    SymbolicTensor means = AdaptiveAveragePooling2D.of(4).apply(padded);
    SymbolicTensor steps = Reshape.of(12, 18).apply(images);
    steps = Cropping1D.of(0, 3).apply(steps);
    SymbolicTensor most = AdaptiveMaxPooling1D.of(4).apply(steps);
    steps = ZeroPadding1D.of(1, 2).apply(UpSampling1D.of(2).apply(steps));
    SymbolicTensor mid = AdaptiveAveragePooling1D.of(5).apply(steps);
    SymbolicTensor all =
        Concatenate.of()
            .apply(
                one,
                Flatten.of().apply(other),
                Flatten.of().apply(bins),
                Flatten.of().apply(means),
                Flatten.of().apply(most),
                Flatten.of().apply(mid));
    return Kind.of("volumes", Model.of(in, Dense.of(2).apply(all)))
        .inputs(Samples.floats(4, 5, 6, 2))
        .targets(Samples.floats(2))
        .compile(Adam.of(0.01), MeanSquaredError.of());
  }
}
