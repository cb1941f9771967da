/** Models in Keras's words, run by TensorFlow. */
module dev.ibex.api {
  requires transitive dev.ibex.graph;
  requires transitive tensorflow.framework;
  requires com.fasterxml.jackson.databind;
  requires de.siegmar.fastcsv;

  exports dev.ibex.activations;
  exports dev.ibex.callbacks;
  exports dev.ibex.constraints;
  exports dev.ibex.core;
  exports dev.ibex.data;
  exports dev.ibex.framework;
  exports dev.ibex.initializers;
  exports dev.ibex.layers;
  exports dev.ibex.losses;
  exports dev.ibex.metrics;
  exports dev.ibex.optimizers;
  exports dev.ibex.regularizers;
  exports dev.ibex.schedules;
  exports dev.ibex;

  uses dev.ibex.ModelCodec;
  uses dev.ibex.ModelFormat;
  uses dev.ibex.core.ConfigCodec;

  provides dev.ibex.ModelCodec with
      dev.ibex.config.JacksonModelCodec;
  provides dev.ibex.core.ConfigCodec with
      dev.ibex.config.JacksonCodec;
}
