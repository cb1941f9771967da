package dev.ibex.tests.files;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.ConfigCodec;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Loss;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.WeightSpec;
import dev.ibex.initializers.Initializers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Classes of a user. */
public final class Own {
  private Own() {}

  /** Makes them known. */
  static void register() {
    ConfigCodec.get().register("my_package>Scale", Scale.of(1));
    ConfigCodec.get().register("my_package>Offset", Offset.of(0));
    ConfigCodec.get().register("my_package>Power", new Power(2));
  }

  /** Multiplies by a factor and by weights. */
  public static final class Scale extends UnaryLayer {
    private final Config config;

    /** The description. */
    public record Config(LayerOptions options, double factor) implements LayerConfig {}

    private Scale(Config config) {
      super(config, Scale::new);
      this.config = config;
    }

    static Scale of(double factor) {
      return new Scale(new Config(LayerOptions.DEFAULT, factor));
    }

    @Override
    protected List<WeightSpec> weights(Shape in) {
      return List.of(WeightSpec.of("scale", Shape.of(in.get(-1)), Initializers.ones()));
    }

    @Override
    protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
      Ops tf = call.tf();
      Operand<TNumber> factor = tf.dtypes.cast(tf.constant(config.factor()), x.type());
      return tf.math.mul(tf.math.mul(x, factor), call.weight("scale"));
    }
  }

  /** Adds a number that it keeps in a file. */
  public static final class Offset extends UnaryLayer {
    private static final String FILE = "offset.txt";

    private double offset;

    /** The description, without the number. */
    public record OffsetConfig(LayerOptions options) implements LayerConfig {}

    private Offset(OffsetConfig config) {
      super(config, Offset::new);
    }

    static Offset of(double offset) {
      Offset layer = new Offset(new OffsetConfig(LayerOptions.DEFAULT));
      layer.offset = offset;
      return layer;
    }

    @Override
    public Map<String, byte[]> assets() {
      return Map.of(FILE, Double.toString(offset).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void loadAssets(Map<String, byte[]> files) {
      Check.that(files.keySet().equals(Set.of(FILE)), "expected %s, got %s", FILE, files.keySet());
      offset = Double.parseDouble(new String(files.get(FILE), StandardCharsets.UTF_8));
    }

    @Override
    protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
      Ops tf = call.tf();
      return tf.math.add(x, tf.dtypes.cast(tf.constant(offset), x.type()));
    }
  }

  /** The size of the error to a power. */
  public record Power(double exponent) implements Loss {
    @Override
    public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
      Operand<TNumber> size = tf.math.abs(tf.math.sub(yPred, yTrue));
      Operand<TNumber> power = tf.dtypes.cast(tf.constant(exponent), size.type());
      return tf.reduceSum(tf.math.pow(size, power), tf.constant(-1));
    }

    @Override
    public String name() {
      return "power";
    }
  }
}
