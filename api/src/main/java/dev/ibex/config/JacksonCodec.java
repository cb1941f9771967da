package dev.ibex.config;

import dev.ibex.config.Registry.Row;
import dev.ibex.core.ConfigCodec;
import java.util.Optional;

/** The codec as a service. */
public final class JacksonCodec implements ConfigCodec {
  /** Creates the codec; for the service loader. */
  public JacksonCodec() {}

  @Override
  public String toJson(Object object) {
    return Place.text(ObjectWriter.object(object, ""));
  }

  @Override
  public <T> T fromJson(Class<T> type, String json) {
    Place place = Place.parse(json);
    Family family =
        Family.of(type)
            .orElseThrow(
                () ->
                    new IllegalArgumentException("type: " + type.getName() + " has no JSON form"));
    Object read = ObjectReader.read(family, place);
    if (!type.isInstance(read)) {
      throw place.fail(
          "expected " + type.getSimpleName() + ", got " + read.getClass().getSimpleName());
    }
    return type.cast(read);
  }

  @Override
  public void register(String registeredName, Object prototype, String... required) {
    Registry.INSTANCE.register(registeredName, prototype, required);
  }

  @Override
  public Optional<String> registeredName(Object object) {
    return Registry.INSTANCE.of(object).flatMap(Row::registeredName);
  }
}
