/** TensorFlow plumbing: sessions, variables, functions, gradients, checkpoints. */
module dev.ibex.graph {
  requires transitive tensorflow;
  requires transitive org.tensorflow.ndarray;
  requires transitive tensorflow.nativelib;
  requires transitive org.jspecify;

  exports dev.ibex.graph;
}
