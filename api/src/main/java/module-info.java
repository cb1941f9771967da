/** Models in Keras's words, run by TensorFlow. */
module dev.ibex.api {
  requires transitive dev.ibex.graph;

  exports dev.ibex;
  exports dev.ibex.activations;
  exports dev.ibex.constraints;
  exports dev.ibex.core;
  exports dev.ibex.initializers;
  exports dev.ibex.layers;
  exports dev.ibex.regularizers;

  uses dev.ibex.core.ConfigCodec;
}
