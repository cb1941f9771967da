package dev.ibex.savedmodel.hdf5;

import java.lang.reflect.Method;

/**
 * Measures what this thread does. By reflection, since the module under test does not read the one
 * that has the counters.
 */
final class ThreadUse {
  private final Object threads;
  private final Method bytes;
  private final Method time;
  private long bytesBefore;
  private long timeBefore;

  ThreadUse() throws ReflectiveOperationException {
    threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Class<?> counters = Class.forName("com.sun.management.ThreadMXBean");
    bytes = counters.getMethod("getThreadAllocatedBytes", long.class);
    time = counters.getMethod("getThreadCpuTime", long.class);
  }

  void start() {
    bytesBefore = count(bytes);
    timeBefore = count(time);
  }

  /** Returns how many bytes were allocated since the start, whether or not they are free again. */
  long bytes() {
    return count(bytes) - bytesBefore;
  }

  /** Returns the time of computing since the start. */
  long millis() {
    return (count(time) - timeBefore) / 1_000_000;
  }

  private long count(Method method) {
    try {
      return (Long) method.invoke(threads, Thread.currentThread().getId());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no counter of what threads use", e);
    }
  }
}
