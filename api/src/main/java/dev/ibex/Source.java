package dev.ibex;

import java.util.function.BooleanSupplier;

/** Data that can be gone through, batch by batch, any number of times. */
interface Source extends AutoCloseable {
  /** No data. */
  Source NONE = (training, from, pass) -> {};

  /** One way through the data. */
  interface Pass {
    /** A way that nothing ends and nobody follows. */
    Pass WHOLE =
        new Pass() {
          @Override
          public boolean goesOn() {
            return true;
          }

          @Override
          public void after(int batch, BooleanSupplier last) {}
        };

    /** Returns whether another step is to be done. */
    boolean goesOn();

    /** Is called after each step. */
    void after(int batch, BooleanSupplier last);
  }

  /** Does the steps from a batch on. */
  void run(boolean training, int from, Pass pass);

  /** Puts the samples into an order that the seed decides. */
  default void shuffle(long seed) {}

  /** Makes what the first batch decides, if it is not made yet. */
  default void prepare(boolean training) {}

  /** Returns the number of batches; -1 if it is not known. */
  default int steps() {
    return -1;
  }

  @Override
  default void close() {}
}
