package dev.ibex.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.Compile;
import dev.ibex.Model;
import dev.ibex.ModelCodec;
import dev.ibex.core.LayerFiles;
import java.util.Optional;

/** The codec of models as a service. */
public final class JacksonModelCodec implements ModelCodec {
  /** Creates the codec; for the service loader. */
  public JacksonModelCodec() {}

  @Override
  public String toJson(Model model) {
    return Place.text(ModelWriter.model(model, ""));
  }

  @Override
  public String toCompiledJson(Model model) {
    ObjectNode written = ModelWriter.model(model, "");
    model
        .compilation()
        .ifPresent(
            c -> written.set("compile_config", CompileWriter.write(model, c, "/compile_config")));
    return Place.text(written);
  }

  @Override
  public Model fromJson(String json, LayerFiles files) {
    Place place = Place.parse(json).with(files);
    if (ObjectReader.read(Family.LAYER, place) instanceof Model model) {
      return model;
    }
    throw place.fail("expected a model, got the layer " + place.need("class_name").shortText());
  }

  @Override
  public Optional<Compile> compilation(String json, Model model) {
    Place place = Place.parse(json).at("compile_config");
    return place.none() || place.node().isEmpty()
        ? Optional.empty()
        : Optional.of(CompileReader.read(place, model.outputNames()));
  }

  @Override
  public String toTrainingJson(Model model) {
    Compile compile =
        model.compilation().orElseThrow(() -> new IllegalStateException("not compiled"));
    ObjectNode written = CompileWriter.write(model, compile, "");
    written.set(CompileReader.OPTIMIZER_CONFIG, written.remove("optimizer"));
    return Place.text(written);
  }

  @Override
  public Compile training(String json, Model model) {
    return CompileReader.read(Place.parse(json), model.outputNames()).jitCompile(false);
  }
}
