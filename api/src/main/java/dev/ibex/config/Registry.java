package dev.ibex.config;

import dev.ibex.core.Check;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerProvider;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The table of classes that files may name: built-ins by family and class, users' by registered
 * name. No text of a file is ever taken for the name of a Java class. Thread-safe.
 */
final class Registry {
  static final Registry INSTANCE = new Registry();

  /** Begins the names by which layers stand for Python code, built-in ones too. */
  private static final String LAMBDA = "Lambda>";

  private final Map<String, Row> rows = new ConcurrentHashMap<>();
  private final Map<Class<?>, Row> byClass = new ConcurrentHashMap<>();

  /**
   * One class.
   *
   * @param module the module in Keras's files
   * @param className the class there
   * @param registeredName empty for a built-in
   * @param prototype an object with the defaults
   * @param required keys that a file must have
   */
  record Row(
      Family family,
      String module,
      String className,
      Optional<String> registeredName,
      Object prototype,
      Set<String> required) {
    /** Returns the record whose components are the keys. */
    Record config() {
      return (Record) (prototype instanceof Layer layer ? layer.givenConfig() : prototype);
    }

    @Override
    public String toString() {
      return registeredName.orElse(module + "." + className);
    }
  }

  private Registry() {
    BuiltIns.rows().forEach(r -> add(r.registeredName().orElse(key(r.family(), r.className())), r));
    ServiceLoader.load(LayerProvider.class, LayerProvider.class.getClassLoader())
        .forEach(p -> p.prototypes().forEach(this::addProvided));
  }

  private void addProvided(Layer prototype, Set<String> required) {
    String name = prototype.className();
    add(
        key(Family.LAYER, name),
        new Row(Family.LAYER, Family.LAYER.module(), name, Optional.empty(), prototype, required));
  }

  private synchronized void add(String key, Row row) {
    Class<?> type = row.prototype().getClass();
    Row before = rows.get(key);
    Check.that(
        before == null || before.prototype().getClass() == type,
        "registeredName: \"%s\" is taken by %s",
        row,
        before == null ? "" : before.prototype().getClass().getName());
    Row written = byClass.get(type);
    boolean builtIn =
        written != null && written.registeredName().isEmpty() && row.registeredName().isPresent();
    Check.that(
        !builtIn || key.startsWith(LAMBDA),
        "registeredName: %s is one of Keras's own and is written as such; register a class of your"
            + " own",
        type.getName());
    rows.put(key, row);
    if (written == null || written.toString().equals(row.toString())) {
      byClass.put(type, row); // of several names, it is written under the first
    }
  }

  /** Adds a user's class. */
  void register(String registeredName, Object prototype, String... required) {
    int split = registeredName.indexOf('>');
    Check.that(
        split > 0 && split < registeredName.length() - 1,
        "registeredName: expected package and class as \"my_package>MyClass\", got \"%s\"",
        registeredName);
    Family family =
        Family.of(prototype.getClass())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "prototype: "
                            + prototype.getClass().getName()
                            + " is no layer, loss, metric, optimizer, initializer, regularizer,"
                            + " constraint or activation"));
    Check.that(
        prototype instanceof Layer layer ? layer.configured() : prototype instanceof Record,
        "prototype: %s has no record of its settings; make it one, so that they can be written",
        prototype.getClass().getName());
    add(
        registeredName,
        new Row(
            family,
            registeredName.substring(0, split),
            registeredName.substring(split + 1),
            Optional.of(registeredName),
            prototype,
            Set.of(required)));
  }

  /** Returns a built-in by class name or short name: {@code GlorotUniform}, {@code l1_l2}. */
  Optional<Row> find(Family family, String name) {
    return Optional.ofNullable(rows.get(key(family, name)));
  }

  /** Returns a user's class. */
  Optional<Row> find(String registeredName) {
    return registeredName.indexOf('>') < 0
        ? Optional.empty()
        : Optional.ofNullable(rows.get(registeredName));
  }

  /** Returns the row that an object is written by. */
  Optional<Row> of(Object object) {
    return Optional.ofNullable(byClass.get(object.getClass()));
  }

  /** Returns all rows. */
  Collection<Row> rows() {
    return List.copyOf(rows.values());
  }

  private static String key(Family family, String name) {
    return family + " " + name.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
