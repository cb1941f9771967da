/** Model files. */
@SuppressWarnings("requires-automatic")
module dev.ibex.savedmodel {
  requires transitive dev.ibex.api;
  requires com.fasterxml.jackson.databind;
  requires com.google.protobuf;
  requires static info.picocli; // dev.ibex.savedmodel.tool alone

  exports dev.ibex.savedmodel;
  exports dev.ibex.savedmodel.npy;

  opens dev.ibex.savedmodel.tool to
      info.picocli;

  uses dev.ibex.ModelFormat;
  uses dev.ibex.WeightsFormat;

  provides dev.ibex.ModelFormat with
      dev.ibex.savedmodel.keras.KerasFormat,
      dev.ibex.savedmodel.legacy.LegacyFormat,
      dev.ibex.savedmodel.bundle.SavedModelFormat;
  provides dev.ibex.core.LayerProvider with
      dev.ibex.savedmodel.SavedModelLayers;
  provides dev.ibex.WeightsFormat with
      dev.ibex.savedmodel.keras.KerasWeightsFormat,
      dev.ibex.savedmodel.legacy.LegacyWeightsFormat;
}
