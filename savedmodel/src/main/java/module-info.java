/** Model files. */
@SuppressWarnings("requires-automatic")
module dev.ibex.savedmodel {
  requires transitive dev.ibex.api;
  requires com.fasterxml.jackson.databind;
  requires static info.picocli; // dev.ibex.savedmodel.tool alone

  exports dev.ibex.savedmodel.npy;

  opens dev.ibex.savedmodel.tool to
      info.picocli;

  uses dev.ibex.ModelFormat;
  uses dev.ibex.WeightsFormat;

  provides dev.ibex.ModelFormat with
      dev.ibex.savedmodel.keras.KerasFormat,
      dev.ibex.savedmodel.legacy.LegacyFormat;
  provides dev.ibex.WeightsFormat with
      dev.ibex.savedmodel.keras.KerasWeightsFormat,
      dev.ibex.savedmodel.legacy.LegacyWeightsFormat;
}
