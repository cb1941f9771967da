package dev.ibex.savedmodel.files;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Tasks that begin at once. */
public final class Threads {
  private static final int MAX_SECONDS = 120;

  private Threads() {}

  /** Runs tasks numbered from 0 and returns what became of them. */
  public static <T> List<Future<T>> run(int count, IntFunction<Callable<T>> task)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    CyclicBarrier start = new CyclicBarrier(count);
    try {
      List<Callable<T>> tasks = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Callable<T> one = task.apply(i);
        tasks.add(
            () -> {
              start.await();
              return one.call();
            });
      }
      return threads.invokeAll(tasks, MAX_SECONDS, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
  }
}
