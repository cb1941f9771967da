package dev.ibex.metrics;

import dev.ibex.core.Loss;

/**
 * The mean of a function of target and output, such as a lambda.
 *
 * <p>Source: {@code keras.metrics.MeanMetricWrapper}.
 *
 * @param options name, type
 * @param loss the function: one value for each element
 */
record FunctionMetric(MetricOptions options, Loss loss) implements LossMetric<FunctionMetric> {}
