package dev.ibex.callbacks;

import dev.ibex.core.Callback;
import dev.ibex.core.Training;
import java.io.Console;
import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Shows the course of a training: while an epoch runs, one line that is rewritten in place; at its
 * end the line says what it took and brought. Where the output is no terminal, only the latter.
 *
 * <p>The figures are read from the model about ten times a second. One object may serve several
 * trainings one after the other, not two at once. Source: {@code keras.callbacks.ProgbarLogger}.
 */
public final class ProgressBar implements Callback {
  private static final long INTERVAL = 100_000_000;
  private static final int BAR = 12;
  // A line longer than the terminal could not be rewritten.
  private static final int LIVE_WIDTH = 79;

  private final Appendable out;
  private final boolean live;
  private final LongSupplier nanoTime;

  private String head = "";
  private int steps;
  private long begin;
  private long firstStep;
  private long lastStep;
  private long drawn;
  private int width;

  private ProgressBar(Appendable out, boolean live, LongSupplier nanoTime) {
    this.out = out;
    this.live = live;
    this.nanoTime = nanoTime;
  }

  /** Returns a bar on the standard output, live if that is a terminal. */
  public static ProgressBar of() {
    return of(System.out).live(isTerminal());
  }

  /** Returns a bar on any output, with one line an epoch. */
  public static ProgressBar of(Appendable out) {
    return new ProgressBar(out, false, System::nanoTime);
  }

  /** Sets whether the line of the running epoch is shown and rewritten in place. */
  public ProgressBar live(boolean on) {
    return new ProgressBar(out, on, nanoTime);
  }

  /** Sets the clock, in nanoseconds. */
  ProgressBar clock(LongSupplier nanoTime) {
    return new ProgressBar(out, live, nanoTime);
  }

  /** Java 22 to 24 have a console also where there is no terminal, and can tell. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  @Override
  public void onTrainBegin(Training training) {
    drawn = nanoTime.getAsLong();
    width = 0;
  }

  @Override
  public void onEpochBegin(Training training, int epoch) {
    int digits = String.valueOf(training.epochs()).length();
    head = format("Epoch %" + digits + "d/%d", epoch + 1, training.epochs());
    steps = 0;
    begin = nanoTime.getAsLong();
    firstStep = begin;
    lastStep = begin;
  }

  @Override
  public void onTrainBatchEnd(Training training, int batch) {
    steps = batch + 1;
    lastStep = nanoTime.getAsLong();
    if (steps == 1) {
      firstStep = lastStep;
    }
    boolean full = width > 0 && steps == training.steps(); // stands while the epoch is validated
    if (live && (full || lastStep - drawn >= INTERVAL)) {
      draw(training);
    }
  }

  @Override
  public void onEpochEnd(Training training, int epoch, Map<String, Double> logs) {
    double total = (nanoTime.getAsLong() - begin) / 1e9;
    String count = training.steps() < 0 ? steps + " steps" : steps + "/" + training.steps();
    String times = format("  %s  %s %s/step", count, seconds(total), seconds(step()));
    write(head + times + text(logs, Integer.MAX_VALUE), "\n");
    width = 0;
  }

  /** Returns the time of a step; the first, which emits the graph, counts only if it is alone. */
  private double step() {
    long time = steps > 1 ? lastStep - firstStep : lastStep - begin;
    return time / 1e9 / Math.max(1, steps - 1);
  }

  private void draw(Training training) {
    String line = head + "  " + position(training.steps());
    write(line + text(training.logs(), LIVE_WIDTH - line.length()), "");
    drawn = nanoTime.getAsLong();
  }

  private String position(int of) {
    if (of < 0) {
      return format("%d steps  %s", steps, clock((lastStep - begin) / 1e9));
    }
    int full = BAR * steps / of;
    String digits = "%" + String.valueOf(of).length() + "d/%d";
    return format(digits, steps, of)
        + (" [" + "=".repeat(full) + ".".repeat(BAR - full) + "]")
        + (" ETA " + clock(step() * (of - steps)));
  }

  /** Puts a line in the place of the one before. */
  private void write(String line, String end) {
    try {
      out.append(width > 0 ? "\r" : "").append(line);
      out.append(" ".repeat(Math.max(0, width - line.length()))).append(end);
      width = line.length();
      if (out instanceof Flushable f) {
        f.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the first of the figures, as many as there is room for. */
  private static String text(Map<String, Double> figures, int room) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Double> figure : figures.entrySet()) {
      String next = "  " + figure.getKey() + " " + number(figure.getValue());
      if (text.length() + next.length() > room) {
        break;
      }
      text.append(next);
    }
    return text.toString();
  }

  private static String number(double value) {
    double size = Math.abs(value);
    return format(size == 0 || (size >= 1e-3 && size < 1e5) ? "%.4f" : "%.3e", value);
  }

  private static String clock(double seconds) {
    long s = Math.round(seconds);
    return s < 3600
        ? format("%d:%02d", s / 60, s % 60)
        : format("%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  }

  private static String seconds(double s) {
    if (s >= 60) {
      return clock(s);
    } else if (s >= 1) {
      return format("%.1fs", s);
    } else if (s >= 1e-3) {
      return format(s < 1e-2 ? "%.1fms" : "%.0fms", s * 1e3);
    }
    return format("%.0fus", s * 1e6);
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
