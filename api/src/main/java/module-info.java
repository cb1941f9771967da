/** Models in Keras's words, run by TensorFlow. */
module dev.ibex.api {
  requires transitive dev.ibex.graph;
  requires transitive tensorflow.framework;
  requires com.fasterxml.jackson.databind;
  requires de.siegmar.fastcsv;

  // dev.ibex.pictures alone, where they are there
  requires static java.desktop;
  requires static xchart;
  requires static org.apache.xmlgraphics.batik.svggen;
  requires static org.eclipse.elk.alg.layered;
  requires static org.eclipse.elk.core;
  requires static org.eclipse.elk.graph;
  requires static org.eclipse.emf.common;
  requires static org.eclipse.emf.ecore;

  exports dev.ibex.activations;
  exports dev.ibex.applications;
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
  exports dev.ibex.pictures;
  exports dev.ibex.regularizers;
  exports dev.ibex.schedules;
  exports dev.ibex;

  uses dev.ibex.ModelCodec;
  uses dev.ibex.ModelFormat;
  uses dev.ibex.WeightsFormat;
  uses dev.ibex.core.ConfigCodec;
  uses dev.ibex.core.LayerProvider;
  uses dev.ibex.core.OperationTable;

  provides dev.ibex.ModelCodec with
      dev.ibex.config.JacksonModelCodec;
  provides dev.ibex.core.ConfigCodec with
      dev.ibex.config.JacksonCodec;
  provides dev.ibex.core.OperationTable with
      dev.ibex.ops.KerasOperations;
}
