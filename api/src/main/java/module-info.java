/** Models in Keras's words, run by TensorFlow. */
module dev.ibex.api {
  requires transitive dev.ibex.graph;

  exports dev.ibex;
  exports dev.ibex.core;
  exports dev.ibex.losses;
  exports dev.ibex.metrics;
  exports dev.ibex.optimizers;

  uses dev.ibex.core.ConfigCodec;
}
