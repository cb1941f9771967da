package dev.ibex.optimizers;

import dev.ibex.core.Names;
import dev.ibex.core.Optimizer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The optimizers under Keras's names.
 *
 * <p>Source: {@code keras.optimizers.get}.
 */
public final class Optimizers {
  private static final Map<String, Supplier<Optimizer>> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put("sgd", SGD::of);
    BY_NAME.put("adam", Adam::of);
    BY_NAME.put("adamw", AdamW::of);
    BY_NAME.put("rmsprop", RMSprop::of);
    BY_NAME.put("adagrad", Adagrad::of);
    BY_NAME.put("adadelta", Adadelta::of);
    BY_NAME.put("adamax", Adamax::of);
    BY_NAME.put("nadam", Nadam::of);
    BY_NAME.put("adafactor", Adafactor::of);
    BY_NAME.put("ftrl", Ftrl::of);
    BY_NAME.put("lion", Lion::of);
    BY_NAME.put("lamb", Lamb::of);
  }

  private Optimizers() {}

  /**
   * Returns a new optimizer of a name, with its default options.
   *
   * @param name a class's name in any case, such as {@code adam}
   * @throws IllegalArgumentException if there is none; the text offers the nearest name
   */
  public static Optimizer get(String name) {
    Supplier<Optimizer> optimizer = BY_NAME.get(name.toLowerCase(Locale.ROOT));
    if (optimizer == null) {
      throw Names.unknown("optimizer", name, BY_NAME.keySet());
    }
    return optimizer.get();
  }

  /** Returns gradient descent with a learning rate. */
  public static SGD sgd(double learningRate) {
    return SGD.of(learningRate);
  }

  /** Returns Adam with a learning rate. */
  public static Adam adam(double learningRate) {
    return Adam.of(learningRate);
  }
}
