package dev.ibex.data;

import java.util.List;

/** Labels as numbers from 0, and what each number stands for. */
public final class Classes {
  private final int[] index;
  private final List<String> names;

  Classes(int[] index, List<String> names) {
    this.index = index;
    this.names = List.copyOf(names);
  }

  /** Returns the class of each row. */
  public int[] index() {
    return index.clone();
  }

  /** Returns the label of each class. */
  public List<String> names() {
    return names;
  }

  /** Returns the label of a class, such as one that a model predicted. */
  public String name(int index) {
    return names.get(index);
  }
}
