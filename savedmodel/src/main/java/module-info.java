/** Model files. */
@SuppressWarnings("requires-automatic")
module dev.ibex.savedmodel {
  requires transitive dev.ibex.api;
  requires io.jhdf;

  exports dev.ibex.savedmodel.npy;

  provides dev.ibex.ModelFormat with
      dev.ibex.savedmodel.keras.KerasFormat;
}
