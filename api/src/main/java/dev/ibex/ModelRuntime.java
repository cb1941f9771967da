package dev.ibex;

import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.GraphSession;
import dev.ibex.graph.ResourceVariable;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One session that holds the variables of models that share layers, and the functions emitted for
 * them.
 *
 * <p>A runtime is a cache. Dissolving it moves all values back to the heap; the next use opens
 * another. Functions run under the read lock, from any number of threads; dissolving takes the
 * write lock.
 */
final class ModelRuntime implements Variable.Home, GraphTarget {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final Object JOINING = new Object();

  private final GraphSession session;
  private final Cleaner.Cleanable cleanable;
  private final String device;
  private final Map<Variable, ResourceVariable> variables = new LinkedHashMap<>();
  private final Map<Object, Object> functions = new HashMap<>();
  private final Set<Model> users = new LinkedHashSet<>();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile boolean dissolved;
  private @Nullable Thread worker;
  private int depth;

  private ModelRuntime(String device) {
    GraphSession opened = new GraphSession(device);
    this.session = opened;
    this.device = device;
    this.cleanable = CLEANER.register(this, opened::close);
  }

  /** A key of the table of functions that belongs to models. */
  interface Owned {
    /** Returns whether the function ends with a model. */
    boolean belongsTo(Model model);
  }

  /**
   * Returns the runtime that holds all the given variables, opening or joining as needed, with the
   * read lock held: the caller calls {@link #release()}.
   *
   * <p>Under the one monitor that orders joins, locks are tried and never waited for.
   */
  @SuppressWarnings("LockNotBeforeTry") // the caller unlocks
  static ModelRuntime acquire(List<Model> models, String device, Collection<Variable> needed) {
    while (true) {
      synchronized (JOINING) {
        Set<ModelRuntime> homes = new LinkedHashSet<>();
        needed.forEach(v -> v.home().ifPresent(h -> homes.add((ModelRuntime) h)));
        ModelRuntime runtime;
        if (homes.size() == 1 && homes.iterator().next().serves(device)) {
          runtime = homes.iterator().next();
        } else {
          String joined = device(homes, device);
          homes.forEach(r -> r.dissolve("models that share layers cannot be joined"));
          runtime = new ModelRuntime(joined);
        }
        if (runtime.lock.readLock().tryLock()) {
          if (!runtime.dissolved) {
            runtime.adopt(needed);
            runtime.users.addAll(models);
            return runtime;
          }
          runtime.lock.readLock().unlock();
        }
      }
      Thread.onSpinWait(); // another thread is dissolving it
    }
  }

  private boolean serves(String wanted) {
    return wanted.isEmpty() || wanted.equals(device);
  }

  /** Returns the one device that models ask for; empty if none does. */
  private static String device(Set<ModelRuntime> homes, String wanted) {
    Set<String> asked = new LinkedHashSet<>();
    homes.forEach(r -> asked.add(r.device));
    asked.add(wanted);
    asked.remove("");
    if (asked.size() > 1) {
      throw new IllegalStateException(
          "device: models that share layers are on one device, but "
              + String.join(" and ", asked)
              + " are asked for");
    }
    return asked.isEmpty() ? "" : asked.iterator().next();
  }

  /** Takes the read lock if this runtime still lives on that device. */
  @SuppressWarnings("LockNotBeforeTry") // the caller unlocks
  boolean tryAcquire(String onDevice) {
    lock.readLock().lock();
    if (!dissolved && serves(onDevice)) {
      return true;
    }
    lock.readLock().unlock();
    return false;
  }

  void release() {
    lock.readLock().unlock();
  }

  /** Moves variables from the heap into the session. */
  void adopt(Collection<Variable> more) {
    if (more.isEmpty()) {
      return; // a prediction needs nothing beside the weights
    }
    synchronized (functions) {
      List<Variable> open =
          more.stream().filter(v -> !variables.containsKey(v)).distinct().toList();
      if (open.isEmpty()) {
        return;
      }
      Variable.initialize(open);
      List<ResourceVariable> handles = new ArrayList<>();
      List<Array> values = new ArrayList<>();
      for (Variable v : open) {
        handles.add(session.variable(v.path(), v.dtype(), v.shape()));
        values.add(v.value());
      }
      session.assign(handles, values);
      for (int i = 0; i < open.size(); i++) {
        variables.put(open.get(i), handles.get(i));
        open.get(i).moveTo(this);
      }
    }
  }

  @Override
  public GraphSession session() {
    return session;
  }

  @Override
  public ResourceVariable handle(Variable v) {
    synchronized (functions) {
      return Objects.requireNonNull(variables.get(v), v::name);
    }
  }

  /** Returns the function of a key, emitting it the first time. */
  @SuppressWarnings("unchecked")
  <F> F function(Object key, Supplier<F> emit) {
    synchronized (functions) {
      Object f = functions.get(key);
      if (f == null) {
        f = emit.get();
        functions.put(key, f);
      }
      return (F) f;
    }
  }

  @Override
  public Array read(Variable v) {
    lock.readLock().lock();
    try {
      return dissolved ? v.value() : session.read(List.of(handle(v))).get(0);
    } finally {
      lock.readLock().unlock();
    }
  }

  private List<Array> readAll(List<Variable> all) {
    return session.read(all.stream().map(this::handle).toList());
  }

  /** Returns copies of values, wherever they are, in one run for each runtime. */
  static List<Array> values(Collection<Variable> wanted) {
    Variable.initialize(wanted);
    Map<Variable, Array> found = new HashMap<>();
    byHome(new LinkedHashSet<>(wanted))
        .forEach(
            (runtime, variables) -> {
              runtime.lock.readLock().lock();
              try {
                if (!runtime.dissolved) {
                  List<Array> read = runtime.readAll(variables);
                  for (int i = 0; i < read.size(); i++) {
                    found.put(variables.get(i), read.get(i));
                  }
                }
              } finally {
                runtime.lock.readLock().unlock();
              }
            });
    return wanted.stream().map(v -> Objects.requireNonNullElseGet(found.get(v), v::value)).toList();
  }

  /** Stores values, wherever the variables are, in one run for each runtime. */
  static void assignAll(Map<Variable, Array> values) {
    Map<ModelRuntime, List<Variable>> homes = byHome(values.keySet());
    homes.keySet().forEach(r -> r.refuseBesideOthers("weights cannot be set"));
    values.forEach(
        (v, a) -> {
          if (v.home().isEmpty()) {
            v.assign(a);
          }
        });
    homes.forEach(
        (runtime, variables) ->
            runtime.assign(
                variables,
                variables.stream()
                    .map(v -> Objects.requireNonNull(values.get(v)).cast(v.dtype()))
                    .toList()));
  }

  private static Map<ModelRuntime, List<Variable>> byHome(Collection<Variable> variables) {
    Map<ModelRuntime, List<Variable>> homes = new LinkedHashMap<>();
    for (Variable v : variables) {
      v.home()
          .ifPresent(h -> homes.computeIfAbsent((ModelRuntime) h, k -> new ArrayList<>()).add(v));
    }
    return homes;
  }

  @Override
  public void assign(List<Variable> all, List<Array> values) {
    refuseBesideOthers("weights cannot be set");
    lock.readLock().lock();
    try {
      if (dissolved) {
        for (int i = 0; i < values.size(); i++) {
          all.get(i).assign(values.get(i));
        }
      } else {
        session.assign(all.stream().map(this::handle).toList(), values);
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Makes this thread the only one that trains or evaluates; callbacks of a fit may evaluate.
   *
   * @throws IllegalStateException beside another, or for a fit inside a fit
   */
  private synchronized void begin(String what) {
    if (worker != null && (worker != Thread.currentThread() || what.equals("fit"))) {
      throw new IllegalStateException(
          what
              + ": another fit or evaluate is running on this model or one that shares layers with"
              + " it; wait for it to end");
    }
    worker = Thread.currentThread();
    depth++;
  }

  /** Does what only one thread may do at a time, with the read lock held, and releases it. */
  <R> R exclusively(String what, Supplier<R> work) {
    try {
      begin(what);
      try {
        return work.get();
      } finally {
        end();
      }
    } finally {
      release();
    }
  }

  private synchronized void end() {
    depth--;
    if (depth == 0) {
      worker = null;
    }
  }

  private synchronized void refuseBesideOthers(String what) {
    if (worker != null && worker != Thread.currentThread()) {
      throw new IllegalStateException(
          what + " while a fit is running on this model or one that shares layers with it");
    }
  }

  /** Dissolves the homes of variables, and one runtime more. */
  static void dissolveAll(
      Collection<Variable> variables, Optional<ModelRuntime> more, String what) {
    synchronized (JOINING) {
      Set<ModelRuntime> all = new LinkedHashSet<>(byHome(variables).keySet());
      more.ifPresent(all::add);
      all.forEach(r -> r.dissolve(what));
    }
  }

  /**
   * Moves all values to the heap and frees the session.
   *
   * @param what what cannot be done while something runs, for the error
   * @throws IllegalStateException if anything is running
   */
  private void dissolve(String what) {
    if (!lock.writeLock().tryLock()) {
      throw new IllegalStateException(
          what
              + " while a fit, evaluate or predict is running on this model or one that shares layers"
              + " with it; wait for it to end");
    }
    try {
      moveToHeap();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void moveToHeap() {
    if (dissolved) {
      return;
    }
    List<Variable> all = List.copyOf(variables.keySet());
    List<Array> values = readAll(all);
    for (int i = 0; i < values.size(); i++) {
      all.get(i).moveToHeap(values.get(i));
    }
    dissolved = true;
    functions.values().forEach(ModelRuntime::free);
    functions.clear();
    variables.clear();
    cleanable.clean();
  }

  /** Frees the tensors that a function keeps. */
  private static void free(Object function) {
    if (function instanceof Predictor predictor) {
      predictor.close();
    } else if (function instanceof BatchFunction batch) {
      batch.close();
    }
  }

  /**
   * Notes that a model is closed; waits for running calls. The last model frees the session.
   *
   * @throws IllegalStateException inside a call of the model's own
   */
  void leave(Model model) {
    if (lock.getReadHoldCount() > 0) {
      throw new IllegalStateException(
          "close: a call of this model, or of one that shares layers with it, is running on this"
              + " thread; close when it has ended");
    }
    lock.writeLock().lock();
    try {
      synchronized (JOINING) {
        users.remove(model);
        functions
            .entrySet()
            .removeIf(
                f -> {
                  boolean own = f.getKey() instanceof Owned o && o.belongsTo(model);
                  if (own) {
                    free(f.getValue());
                  }
                  return own;
                });
        if (users.isEmpty()) {
          moveToHeap();
        }
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  boolean dissolved() {
    return dissolved;
  }
}
