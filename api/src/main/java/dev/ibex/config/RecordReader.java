package dev.ibex.config;

import dev.ibex.core.ConfigException;
import dev.ibex.core.NotWritten;
import dev.ibex.core.Records;
import dev.ibex.core.UnsupportedConfigException;
import dev.ibex.core.UnsupportedConfigException.Kind;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Binds a JSON object to a record: a prototype's values, overlaid with those of the file. */
final class RecordReader {
  private RecordReader() {}

  /**
   * Returns a record like the prototype with the values of a file.
   *
   * @param required keys that must be there
   * @throws UnsupportedConfigException if the file sets a key that the record does not have
   * @throws ConfigException if a value does not fit
   */
  static Record read(Record prototype, Set<String> required, Place config) {
    Map<String, Place> left = new LinkedHashMap<>(config.fields());
    required.stream().sorted().forEach(config::need);
    Record read = bind(prototype, config, left);
    for (Map.Entry<String, Place> unknown : left.entrySet()) {
      if (!Harmless.key(unknown.getValue())) {
        throw new UnsupportedConfigException(
            unknown.getValue().pointer(),
            Kind.OPTION,
            unknown.getKey(),
            "there is no such option, and the file sets it to " + unknown.getValue().shortText());
      }
    }
    return read;
  }

  private static Record bind(Record prototype, Place config, Map<String, Place> left) {
    RecordComponent[] components = prototype.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent c = components[i];
      Object before = Records.get(prototype, c);
      if (Keys.flattened(c)) {
        values[i] = bind((Record) before, config, left);
        continue;
      }
      boolean written = !c.isAnnotationPresent(NotWritten.class);
      Place place = written ? left.remove(Keys.of(c, config)) : null;
      values[i] = place == null ? before : ValueReader.read(c, before, place);
    }
    try {
      return Records.create(prototype, values);
    } catch (ConfigException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()), prototype, config);
    }
  }

  /** Returns the error of a check, whose text begins with a component's name: that is its place. */
  static ConfigException refused(String text, Record record, Place config) {
    for (RecordComponent c : record.getClass().getRecordComponents()) {
      Place place = config.at(Keys.of(c, config));
      if (text.startsWith(c.getName() + ": ") && !place.missing()) {
        return place.fail(text.substring(c.getName().length() + 2));
      }
    }
    return config.fail(text);
  }
}
