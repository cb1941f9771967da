/** Models in Keras's words, run by TensorFlow. */
module dev.ibex.api {
  requires transitive dev.ibex.graph;
  requires de.siegmar.fastcsv;

  exports dev.ibex;
  exports dev.ibex.callbacks;
  exports dev.ibex.core;
  exports dev.ibex.data;

  uses dev.ibex.core.ConfigCodec;
}
