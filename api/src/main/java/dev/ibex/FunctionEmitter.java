package dev.ibex;

import dev.ibex.core.Emission;
import dev.ibex.core.Gradient;
import dev.ibex.core.Layer;
import dev.ibex.core.Metric;
import dev.ibex.core.Regularizer;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.Value;
import dev.ibex.core.Variable;
import dev.ibex.core.Weighting;
import dev.ibex.graph.DType;
import dev.ibex.graph.GraphFunction;
import dev.ibex.graph.Numbers;
import dev.ibex.graph.XlaCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.random.RandomUniformInt;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/** Emits a model's functions into a target. Used once a function. */
final class FunctionEmitter {
  private final Model model;
  private final GraphTarget target;
  private final Optional<Compiled> compiled;
  private final Figures figures;

  FunctionEmitter(Model model, GraphTarget target, Optional<Compiled> compiled) {
    this.model = model;
    this.target = target;
    this.compiled = compiled;
    this.figures = new Figures(target);
  }

  /** Returns the emitter of nodes of a function. */
  Ops scope(String function) {
    String name = model.name().isEmpty() ? Layer.snakeCase(model.className()) : model.name();
    return target
        .session()
        .tf()
        .withSubScope(
            name.replaceAll("[^A-Za-z0-9_.]", "_").replaceFirst("^([^A-Za-z0-9.])", "n$1"))
        .withSubScope(function);
  }

  private Emission emission(Ops tf, VariableReads reads, boolean training, Operand<TInt64> step) {
    Predicate<Layer> trains =
        layer -> compiled.map(c -> c.trainable(layer)).orElse(layer.trainable());
    return new Emission(
        tf, new EmissionTarget(target, reads, trains), training, model.seed(), step);
  }

  private List<Value> outputs(Emission emission, List<Operand<?>> inputs) {
    return model.network().emit(emission, "", inputs.stream().map(Value::of).toList());
  }

  /** Emits inputs to outputs. */
  StepFunction predict() {
    Ops tf = scope("predict");
    Feeds feeds = new Feeds(tf, model.inputs().stream().map(t -> t.spec()).toList());
    List<Operand<?>> out = new ArrayList<>();
    for (Operand<?> y : outputs(tf, false, feeds.batch()).results()) {
      boolean again = out.stream().anyMatch(o -> o.asOutput().equals(y.asOutput()));
      out.add(again ? tf.identity(y) : y); // a result is known by its op's name
    }
    return StepFunction.of(target.session(), "predict", feeds, out, List.of());
  }

  /** What was emitted: what it computes, and what it does beside that. */
  record Emitted(List<Operand<?>> results, List<Op> effects) {
    Op all(Ops tf) {
      return tf.withControlDependencies(effects).noOp();
    }
  }

  /** Emits inputs to outputs, of layers that train or do not; no weight is changed. */
  Emitted outputs(Ops tf, boolean training, List<? extends Operand<?>> inputs) {
    VariableReads reads = new VariableReads(target, tf);
    Emission emission = emission(tf, reads, training, training ? drawn(tf) : tf.constant(0L));
    List<Operand<?>> out = new ArrayList<>();
    outputs(emission, List.copyOf(inputs)).forEach(v -> out.add(v.tensor()));
    return new Emitted(out, updates(tf, reads, emission));
  }

  /** Where no optimizer counts steps, random numbers depend on one that is drawn. */
  private Operand<TInt64> drawn(Ops tf) {
    return tf.random.randomUniformInt(
        tf.array(new long[0]),
        tf.constant(0L),
        tf.constant(Long.MAX_VALUE),
        RandomUniformInt.seed(model.seed()));
  }

  /** Returns what layers do to their state. */
  private List<Op> updates(Ops tf, VariableReads reads, Emission emission) {
    List<Op> ops = new ArrayList<>(reads.assigned());
    emission
        .updates()
        .forEach((v, value) -> ops.add(tf.assignVariableOp(target.handle(v).handle(), value)));
    return ops;
  }

  /** Emits a step that gathers loss and metrics and, if it trains, updates the weights. */
  StepFunction step(boolean training, Binding binding, Compiled c) {
    return step(training, binding, c, false);
  }

  /** Emits a step that returns loss and metrics of its batch alone. */
  GraphFunction onBatch(boolean training, Binding binding, Compiled c) {
    return step(training, binding, c, true).direct();
  }

  private StepFunction step(boolean training, Binding binding, Compiled c, boolean alone) {
    Ops tf = scope(training ? "train" : "test");
    Feeds feeds = new Feeds(tf, specs(binding));
    Emitted emitted =
        step(tf, training, binding, c, c.trackers(binding, model), alone, feeds.batch());
    Op all = emitted.all(tf);
    XlaCall step =
        c.jitCompile()
            ? target.session().compiled(tf, feeds.batch(), emitted.results(), all)
            : new XlaCall(emitted.results(), all);
    return StepFunction.of(
        target.session(),
        training ? "a training step" : "an evaluation step",
        feeds,
        step.outputs(),
        List.of(step.op()));
  }

  /**
   * Emits a step on a batch.
   *
   * @param trackers what is gathered
   * @param alone whether it returns loss and metrics of the batch, instead of gathering them
   * @param batch inputs, targets and weights, as in {@link Binding#arrays()}
   */
  Emitted step(
      Ops tf,
      boolean training,
      Binding binding,
      Compiled c,
      List<Tracker> trackers,
      boolean alone,
      List<? extends Operand<?>> batch) {
    int inputs = binding.inputs().size();
    Operand<TInt64> iteration =
        training ? Numbers.as(target.handle(c.optimizer().iteration()).value()) : tf.constant(0L);
    VariableReads reads = new VariableReads(target, tf);
    Emission emission = emission(tf, reads, training, iteration);
    List<Value> out = outputs(emission, List.copyOf(batch.subList(0, inputs)));
    List<Optional<Operand<?>>> targets = new ArrayList<>();
    List<Optional<Operand<?>>> weights = new ArrayList<>();
    int at = inputs;
    for (var y : binding.targets()) {
      targets.add(y.isPresent() ? Optional.of(batch.get(at++)) : Optional.empty());
    }
    for (var w : binding.weights()) {
      weights.add(w.isPresent() ? Optional.of(batch.get(at++)) : Optional.empty());
    }
    List<Op> effects = new ArrayList<>();
    List<Operand<TNumber>> losses = losses(tf, c, out, targets, weights);
    Operand<TNumber> total = total(tf, reads, c, losses, emission);
    List<Operand<?>> results = new ArrayList<>();
    for (Tracker t : trackers) {
      List<Operand<TNumber>> state = alone ? figures.zero(tf, t) : figures.read(t);
      List<Operand<TNumber>> next =
          gather(tf, t, state, total, losses, batch.get(0), out, targets, weights);
      if (alone) {
        results.add(figures.result(tf, t, next));
      } else {
        effects.addAll(figures.assign(tf, t, next));
      }
    }
    if (training) {
      effects.addAll(train(tf, reads, c, total, emission));
      effects.addAll(updates(tf, reads, emission));
    }
    return new Emitted(results, effects);
  }

  private static List<TensorSpec> specs(Binding binding) {
    return binding.arrays().stream().map(a -> new TensorSpec(a.shape(), a.dtype())).toList();
  }

  /** Returns the loss of each output; a null object of 0 where an output has none. */
  private List<Operand<TNumber>> losses(
      Ops tf,
      Compiled c,
      List<Value> out,
      List<Optional<Operand<?>>> targets,
      List<Optional<Operand<?>>> weights) {
    List<Operand<TNumber>> losses = new ArrayList<>();
    for (int i = 0; i < out.size(); i++) {
      var loss = c.target(i).loss();
      if (loss.isEmpty()) {
        losses.add(Numbers.constant(tf, DType.FLOAT32, 0));
        continue;
      }
      String place = "Loss \"" + loss.get().name() + "\" of output \"" + name(i) + "\"";
      Ops scoped = placed(tf, "loss", place);
      Operand<?> target = targets.get(i).orElseThrow();
      Value output = out.get(i);
      Optional<Operand<?>> weight = weights.get(i);
      Operand<TNumber> value =
          emitted(place, () -> Weighting.loss(scoped, loss.get(), target, output, weight));
      if (value.shape().numDimensions() != 0) {
        throw new IllegalArgumentException(
            "loss: output \""
                + name(i)
                + "\" has a loss without a reduction, of shape "
                + TensorSpec.text(value.shape())
                + "; training needs one number, so use another reduction than NONE");
      }
      losses.add(Numbers.cast(tf, value, DType.FLOAT32));
    }
    return losses;
  }

  private String name(int output) {
    return model.outputNames().get(output);
  }

  /** Returns an emitter whose nodes' errors name the place. */
  private Ops placed(Ops tf, String scope, String place) {
    Ops scoped = tf.withSubScope(scope);
    String probe = scoped.scope().makeOpName("x");
    target.session().place(probe.substring(0, probe.lastIndexOf('/')), place);
    return scoped;
  }

  /** Runs an emission by a loss or metric, which may be a user's. */
  private static <R> R emitted(String place, Supplier<R> emission) {
    try {
      return Objects.requireNonNull(emission.get(), "it returned null");
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
    }
  }

  /** Returns the weighted sum of the losses and the penalties of weights and layers. */
  private Operand<TNumber> total(
      Ops tf, VariableReads reads, Compiled c, List<Operand<TNumber>> losses, Emission emission) {
    List<Operand<TNumber>> terms = new ArrayList<>();
    for (int i = 0; i < losses.size(); i++) {
      if (c.target(i).loss().isPresent()) {
        double w = c.target(i).weight();
        terms.add(
            w == 1
                ? losses.get(i)
                : tf.math.mul(losses.get(i), Numbers.constant(tf, DType.FLOAT32, w)));
      }
    }
    for (Variable v : c.optimizer().weights()) {
      Regularizer r = v.spec().regularizer();
      if (r != Regularizer.NONE) {
        terms.add(r.apply(tf, Numbers.of(reads.read(v))));
      }
    }
    terms.addAll(emission.losses());
    if (terms.isEmpty()) {
      throw new IllegalArgumentException(
          "loss: there is nothing to minimise: no output has a loss, and no layer adds one; give"
              + " compile a loss");
    }
    Operand<TNumber> sum = Numbers.cast(tf, terms.get(0), DType.FLOAT32);
    for (Operand<TNumber> term : terms.subList(1, terms.size())) {
      sum = tf.math.add(sum, Numbers.cast(tf, term, DType.FLOAT32));
    }
    return sum;
  }

  private List<Op> train(
      Ops tf, VariableReads reads, Compiled c, Operand<TNumber> total, Emission emission) {
    OptimizerEmitter optimizer = new OptimizerEmitter(c.optimizer(), target::handle, reads::read);
    List<Variable> weights = c.optimizer().weights();
    Map<Variable, Gradient> gradients =
        emitted(
            "The gradient of the loss",
            () -> emission.gradients(optimizer.scaled(tf, total), weights));
    if (gradients.isEmpty() && !weights.isEmpty()) {
      throw new IllegalArgumentException(
          "loss: it depends on no weight that trains, so nothing would be learned; the weights are "
              + weights.stream().map(Variable::path).toList());
    }
    return optimizer.emit(tf, gradients);
  }

  /** Returns what is gathered after a batch. */
  private List<Operand<TNumber>> gather(
      Ops tf,
      Tracker t,
      List<Operand<TNumber>> state,
      Operand<TNumber> total,
      List<Operand<TNumber>> losses,
      Operand<?> firstInput,
      List<Value> out,
      List<Optional<Operand<?>>> targets,
      List<Optional<Operand<?>>> weights) {
    if (t.metric().isPresent()) {
      int i = t.output();
      String place = "Metric \"" + t.key() + "\" of output \"" + name(i) + "\"";
      Metric.Batch batch =
          new Metric.Batch(
              placed(tf, "metric", place),
              state,
              targets.get(i).orElseThrow(),
              out.get(i),
              t.weighted() ? weights.get(i).map(Numbers::of) : Optional.empty());
      return emitted(place, () -> t.metric().get().update(batch));
    }
    // the sum is weighted by the batch's size, the single losses are not: as Keras in graphs
    Operand<TNumber> value = t.output() < 0 ? total : losses.get(t.output());
    Operand<TNumber> n =
        t.output() < 0
            ? Weighting.rows(tf, firstInput, DType.FLOAT32)
            : Numbers.constant(tf, DType.FLOAT32, 1);
    return List.of(tf.math.add(state.get(0), tf.math.mul(value, n)), tf.math.add(state.get(1), n));
  }
}
