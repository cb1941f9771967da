package dev.ibex.config;

import dev.ibex.config.Registry.Row;
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
   * Returns a record like that of a class's prototype, with the values of a file.
   *
   * @throws UnsupportedConfigException if the file sets a key that the record does not have
   * @throws ConfigException if a value does not fit
   */
  static Record read(Row row, Place config) {
    Map<String, Place> left = new LinkedHashMap<>(config.fields());
    Record read = bind(row.config(), row.required(), config, left);
    left.forEach(
        (key, value) -> {
          if (!Harmless.key(row, key, value)) {
            throw unknown(row, key, value);
          }
        });
    return read;
  }

  /**
   * Returns a record of optional settings with the values of an object.
   *
   * @throws UnsupportedConfigException if the object has another key
   */
  static Record settings(Record prototype, Place place) {
    Map<String, Place> left = new LinkedHashMap<>(place.fields());
    Record read = bind(prototype, Set.of(), place, left);
    left.forEach(
        (key, value) -> {
          throw new UnsupportedConfigException(
              value.pointer(),
              Kind.OPTION,
              key,
              "expected one of " + String.join(", ", Keys.of(prototype.getClass())));
        });
    return read;
  }

  private static UnsupportedConfigException unknown(Row row, String key, Place value) {
    return new UnsupportedConfigException(
        value.pointer(),
        Kind.OPTION,
        key,
        "there is no such option, and the file sets it to "
            + value.shortText()
            + (row.registeredName().isPresent()
                ? "; give "
                    + row.config().getClass().getSimpleName()
                    + " a component for it, for your class in Python may depend on it"
                : ""));
  }

  private static Record bind(
      Record prototype, Set<String> required, Place config, Map<String, Place> left) {
    RecordComponent[] components = prototype.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent c = components[i];
      Object before = Records.get(prototype, c);
      if (Keys.flattened(c)) {
        values[i] = bind((Record) before, required, config, left);
        continue;
      }
      boolean written = !c.isAnnotationPresent(NotWritten.class);
      Place place = written ? left.remove(Keys.of(c, config)) : null;
      if (place == null && required.contains(Keys.of(c))) {
        config.need(Keys.of(c));
      }
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
