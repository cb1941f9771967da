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
final class ModelRuntime implements Variable.Home {
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
  private @Nullable Thread trainer;

  private ModelRuntime(String device) {
    GraphSession opened = new GraphSession(device);
    this.session = opened;
    this.device = device;
    this.cleanable = CLEANER.register(this, opened::close);
  }

  /**
   * Returns the runtime that holds all the given variables, opening or joining as needed, with the
   * read lock held: the caller calls {@link #release()}.
   */
  @SuppressWarnings("LockNotBeforeTry") // the caller unlocks
  static ModelRuntime acquire(Model model, String device, Collection<Variable> needed) {
    while (true) {
      ModelRuntime runtime;
      synchronized (JOINING) {
        Set<ModelRuntime> homes = new LinkedHashSet<>();
        needed.forEach(v -> v.home().ifPresent(h -> homes.add((ModelRuntime) h)));
        boolean one = homes.size() == 1 && homes.iterator().next().device.equals(device);
        if (!one) {
          homes.forEach(r -> r.dissolve(true));
        }
        runtime = one ? homes.iterator().next() : new ModelRuntime(device);
        runtime.adopt(needed);
        runtime.users.add(model);
      }
      runtime.lock.readLock().lock();
      if (!runtime.dissolved) {
        return runtime;
      }
      runtime.lock.readLock().unlock();
    }
  }

  /** Takes the read lock if this runtime still lives on that device. */
  @SuppressWarnings("LockNotBeforeTry") // the caller unlocks
  boolean tryAcquire(String onDevice) {
    lock.readLock().lock();
    if (!dissolved && device.equals(onDevice)) {
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

  GraphSession session() {
    return session;
  }

  ResourceVariable handle(Variable v) {
    synchronized (functions) {
      return java.util.Objects.requireNonNull(variables.get(v), v::name);
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

  List<Array> readAll(List<Variable> all) {
    return session.read(all.stream().map(this::handle).toList());
  }

  @Override
  public void assign(Variable v, Array value) {
    assignAll(List.of(v), List.of(value));
  }

  void assignAll(List<Variable> all, List<Array> values) {
    refuseBesideFit("weights cannot be set");
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

  /** Marks this thread as the one that trains. */
  synchronized void beginFit() {
    if (trainer != null) {
      throw new IllegalStateException(
          "fit: another fit is running on this model or one that shares layers with it; wait for"
              + " it to end");
    }
    trainer = Thread.currentThread();
  }

  synchronized void endFit() {
    trainer = null;
  }

  synchronized void refuseBesideFit(String what) {
    if (trainer != null && trainer != Thread.currentThread()) {
      throw new IllegalStateException(
          what + " while a fit is running on this model or one that shares layers with it");
    }
  }

  /**
   * Moves all values to the heap and frees the session.
   *
   * @param refuse whether to refuse while something runs, instead of waiting for it
   * @throws IllegalStateException if a fit is running, or anything is and {@code refuse} is set
   */
  void dissolve(boolean refuse) {
    synchronized (this) {
      if (trainer != null) {
        throw new IllegalStateException(
            "a fit is running on this model or one that shares layers with it; compile, load and"
                + " close when it has ended");
      }
    }
    if (refuse ? !lock.writeLock().tryLock() : !waitForWrite()) {
      throw new IllegalStateException(
          "the model is in use by another thread; compile and load when its calls have ended");
    }
    try {
      if (dissolved) {
        return;
      }
      List<Variable> all = List.copyOf(variables.keySet());
      List<Array> values = readAll(all);
      for (int i = 0; i < values.size(); i++) {
        all.get(i).moveToHeap(values.get(i));
      }
      dissolved = true;
      for (Object f : functions.values()) {
        if (f instanceof Predictor predictor) {
          predictor.close();
        }
      }
      functions.clear();
      variables.clear();
      cleanable.clean();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private boolean waitForWrite() {
    lock.writeLock().lock();
    return true;
  }

  /** Notes that a model is closed; the last one frees the session. */
  void leave(Model model) {
    synchronized (JOINING) {
      users.remove(model);
      if (users.isEmpty() && !dissolved) {
        dissolve(false);
      }
    }
  }

  boolean dissolved() {
    return dissolved;
  }
}
