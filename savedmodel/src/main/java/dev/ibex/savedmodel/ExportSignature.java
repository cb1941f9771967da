package dev.ibex.savedmodel;

import dev.ibex.Data;
import dev.ibex.Model;
import dev.ibex.ModelFunction;
import dev.ibex.ModelFunctions;
import java.util.function.BiFunction;

/**
 * A function of an exported model that programs call by name, with named inputs and outputs.
 *
 * <p>All functions share the model's weights: what {@link #training} changes, the others see.
 */
public final class ExportSignature {
  private final BiFunction<Model, String, ModelFunction> maker;

  private ExportSignature(BiFunction<Model, String, ModelFunction> maker) {
    this.maker = maker;
  }

  /**
   * Makes the function.
   *
   * @param model the model that is exported
   * @param name the function's name in files
   */
  ModelFunction function(Model model, String name) {
    return maker.apply(model, name);
  }

  /** Returns the outputs of the model, without training: the signature {@code serving_default}. */
  public static ExportSignature outputs() {
    return new ExportSignature((model, name) -> ModelFunctions.outputs(model, name, false));
  }

  /**
   * Returns the outputs of another model, such as the features of an inner layer: {@code
   * ExportSignature.of(Model.of(model.input(), model.layer("features").output()))}. Layers that
   * both have are written once.
   */
  public static ExportSignature of(Model other) {
    return new ExportSignature((model, name) -> ModelFunctions.outputs(other, name, false));
  }

  /**
   * Returns a training step: from a batch to its loss and metrics, without axes, with the optimizer
   * that the model was compiled with. Targets are called as the outputs, sample weights {@code
   * OUTPUT_weight}; a target whose output is called as an input is called {@code OUTPUT_target}.
   *
   * @param example data of the kind that will be trained on; any number of samples
   */
  public static ExportSignature training(Data example) {
    return new ExportSignature((model, name) -> ModelFunctions.step(model, name, true, example));
  }

  /** Returns the loss and the metrics of a batch, as {@link #training}, with no weight changed. */
  public static ExportSignature evaluation(Data example) {
    return new ExportSignature((model, name) -> ModelFunctions.step(model, name, false, example));
  }

  /**
   * Returns the outputs for serialized {@code tf.Example} records: one input {@code examples} of
   * strings. Each of the model's inputs is a feature of its name and full shape: floats are read
   * from {@code float_list}, integers and bools from {@code int64_list}, strings from {@code
   * bytes_list}. A record without one is an error.
   *
   * @throws IllegalArgumentException at export, if an input has an axis of unknown size
   */
  public static ExportSignature examples() {
    return new ExportSignature(
        (model, name) -> ModelFunctions.outputs(model, name, new ExampleEntrance(model)));
  }

  /**
   * Returns the outputs for encoded images (JPEG, PNG, GIF's first frame, BMP): one input {@code
   * image_bytes} of strings. Each is brought to the size of the model's input, bilinearly, and to
   * its number of channels as TensorFlow's op DecodeImage does it: 4 are for PNG alone. Bytes that
   * are no image fail the whole batch.
   *
   * @param factor what the pixels, 0 to 255, are multiplied by; 1 where the model rescales them
   * @throws IllegalArgumentException at export, unless the model has one input of known height,
   *     width and 1, 3 or 4 channels
   */
  public static ExportSignature images(double factor) {
    return new ExportSignature(
        (model, name) -> ModelFunctions.outputs(model, name, new ImageEntrance(model, factor)));
  }
}
