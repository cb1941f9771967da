package dev.ibex.pictures;

import java.util.List;

/**
 * What a diagram of a model shows.
 *
 * @param boxes layers, in the order of the model
 * @param arrows tensors, in the order of the calls
 * @param inputs the numbers of the boxes that are the model's inputs
 * @param outputs the numbers of the boxes that make the model's outputs
 */
record DiagramGraph(
    List<Box> boxes, List<Arrow> arrows, List<Integer> inputs, List<Integer> outputs) {
  /** What a box is to the whole model. */
  enum Role {
    INPUT(0xe4f2e4, 0x5c9a5c),
    INNER(0xeaf1f8, 0x5f86ad),
    OUTPUT(0xfdeedc, 0xc98a3d);

    private final int fill;
    private final int line;

    Role(int fill, int line) {
      this.fill = fill;
      this.line = line;
    }

    /** Returns the colour of the box, as red, green and blue. */
    int fill() {
      return fill;
    }

    /** Returns the colour of its border. */
    int line() {
      return line;
    }
  }

  /**
   * A layer.
   *
   * @param number from 0, another for each box
   * @param details lines such as output shapes
   * @param inside the layers of a nested model; none if it is not shown expanded
   */
  record Box(int number, String name, String type, List<String> details, List<Box> inside) {
    /** Returns name and class in one line. */
    String title() {
      return name + " (" + type + ")";
    }
  }

  /** Returns what a box is to the whole model. */
  Role role(Box box) {
    if (inputs.contains(box.number())) {
      return Role.INPUT;
    }
    return outputs.contains(box.number()) ? Role.OUTPUT : Role.INNER;
  }

  /**
   * A tensor that one layer makes and another takes.
   *
   * @param from number of a box
   * @param to number of a box
   * @param label the name of the argument; empty where it goes by position
   */
  record Arrow(int from, int to, String label) {}
}
