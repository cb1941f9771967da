package dev.ibex.core;

/**
 * What an index takes of one axis of a tensor, as between Python's brackets. Places count from 0,
 * or from the end if they are negative. Immutable.
 */
public final class At {
  private static final At ALL = new At(new Argument.Slice(null, null, null));
  private static final At NEW_AXIS = new At(new Argument.Literal(null));
  private static final At REST = new At(new Argument.Ellipsis());
  private final Argument argument;

  private At(Argument argument) {
    this.argument = argument;
  }

  /** Returns the whole axis: {@code :}. */
  public static At all() {
    return ALL;
  }

  /** Returns one place, which takes the axis away: {@code i}. */
  public static At index(int place) {
    return new At(Argument.of((long) place));
  }

  /** Returns the places from {@code start} to before {@code stop}: {@code start:stop}. */
  public static At range(int start, int stop) {
    return new At(new Argument.Slice((long) start, (long) stop, null));
  }

  /**
   * Returns each {@code step}-th of these places; backwards if negative: {@code start:stop:step}.
   */
  public static At range(int start, int stop, int step) {
    return new At(new Argument.Slice((long) start, (long) stop, (long) step));
  }

  /** Returns the places from {@code start} on: {@code start:}. */
  public static At from(int start) {
    return new At(new Argument.Slice((long) start, null, null));
  }

  /** Returns the places to before {@code stop}: {@code :stop}. */
  public static At to(int stop) {
    return new At(new Argument.Slice(null, (long) stop, null));
  }

  /** Returns each {@code step}-th place; from the end if negative: {@code ::step}. */
  public static At every(int step) {
    return new At(new Argument.Slice(null, null, (long) step));
  }

  /** Returns a new axis of size 1: {@code None}. */
  public static At newAxis() {
    return NEW_AXIS;
  }

  /** Returns all axes that are not named: {@code ...}. */
  public static At rest() {
    return REST;
  }

  Argument argument() {
    return argument;
  }
}
