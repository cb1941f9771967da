package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.Promotion;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/** Sums of products whose axes are named by letters. */
final class EinsumRow {
  private static final String REST = "...";

  private EinsumRow() {}

  static void add(Rows rows) {
    rows.one("Einsum(*operands; subscripts)", EinsumRow::infer, EinsumRow::emit);
  }

  /** The letters of each operand and of the result. */
  private record Equation(List<String> operands, String result) {}

  private static Equation equation(OperationCall c) {
    String text = c.text("subscripts").replace(" ", "");
    String[] sides = text.split("->", -1);
    List<String> operands = List.of(sides[0].split(",", -1));
    Check.that(
        sides.length <= 2 && text.matches("([a-zA-Z]|,|->|\\.\\.\\.)*"),
        "subscripts: expected letters, commas, ... and at most one ->, got \"%s\"",
        text);
    Check.that(
        operands.size() == c.specs("operands").size(),
        "subscripts: expected letters for %d operands, got \"%s\"",
        c.specs("operands").size(),
        text);
    String result = sides.length == 2 ? sides[1] : implicit(sides[0]);
    String known = String.join("", operands);
    result
        .replace(REST, "")
        .chars()
        .forEach(
            l ->
                Check.that(
                    known.indexOf(l) >= 0 && result.indexOf(l) == result.lastIndexOf(l),
                    "subscripts: expected letters of the operands once in the result, got \"%s\"",
                    text));
    return new Equation(operands, result);
  }

  /** Returns the letters that occur once, in their order, after axes without a name. */
  private static String implicit(String operands) {
    String once =
        operands
            .chars()
            .filter(Character::isLetter)
            .filter(l -> operands.indexOf(l) == operands.lastIndexOf(l))
            .sorted()
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return operands.contains(REST) ? REST + once : once;
  }

  private static TensorSpec infer(OperationCall c) {
    Equation equation = equation(c);
    List<TensorSpec> specs = c.specs("operands");
    Map<Character, Long> sizes = new LinkedHashMap<>();
    List<Shape> unnamed = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      unnamed.add(read(equation.operands.get(i), specs.get(i), sizes));
    }
    int at = equation.result.indexOf(REST);
    Check.that(
        at >= 0 || unnamed.stream().allMatch(s -> s.numDimensions() == 0),
        "subscripts: expected ... in the result too, for it stands for axes, got \"%s\"",
        c.text("subscripts"));
    Shape shape = Shape.scalar();
    for (int i = 0; i < equation.result.length(); i++) {
      if (i == at) {
        shape = shape.append(Shapes.broadcast(unnamed));
        i += REST.length() - 1;
      } else {
        shape = shape.append(sizes.getOrDefault(equation.result.charAt(i), -1L));
      }
    }
    return new TensorSpec(shape, type(c));
  }

  /** Notes the sizes of named axes and returns those of the others. */
  private static Shape read(String letters, TensorSpec spec, Map<Character, Long> sizes) {
    int at = letters.indexOf(REST);
    String named = letters.replace(REST, "");
    int others = spec.rank() - named.length();
    if (others < 0 || (at < 0 && others > 0)) {
      throw new ShapeException("subscripts: \"" + letters + "\" does not name the axes of " + spec);
    }
    int from = at < 0 ? named.length() : at;
    for (int i = 0; i < named.length(); i++) {
      long size = spec.shape().get(i < from ? i : i + others);
      long before = sizes.getOrDefault(named.charAt(i), -1L);
      if (!Specs.agree(size, before)) {
        throw new ShapeException(
            "subscripts: the axes " + named.charAt(i) + " have sizes " + before + " and " + size);
      }
      sizes.put(named.charAt(i), Math.max(size, before));
    }
    return spec.shape().subShape(from, from + others);
  }

  private static DType type(OperationCall c) {
    return Promotion.of(c.specs("operands").stream().map(TensorSpec::dtype).toList());
  }

  /** TensorFlow's op takes two operands at most. */
  private static Operand<TNumber> emit(OperationCall c) {
    Equation equation = equation(c);
    List<Operand<TNumber>> all = c.operands("operands", Promotion.withFraction(type(c)));
    Operand<TNumber> product = all.get(0);
    String letters = equation.operands.get(0);
    for (int i = 1; i < all.size(); i++) {
      String next = equation.operands.get(i);
      boolean last = i == all.size() - 1;
      String result = last ? equation.result : needed(letters + next, equation, i + 1);
      product =
          c.tf().linalg.einsum(List.of(product, all.get(i)), letters + "," + next + "->" + result);
      letters = result;
    }
    if (all.size() == 1) {
      product = c.tf().linalg.einsum(all, letters + "->" + equation.result);
    }
    return Numbers.cast(c.tf(), product, type(c));
  }

  /** Returns which letters of a product the result or later operands have. */
  private static String needed(String letters, Equation equation, int from) {
    String later =
        String.join("", equation.operands.subList(from, equation.operands.size()))
            + equation.result;
    String named =
        letters
            .chars()
            .distinct()
            .filter(l -> Character.isLetter(l) && later.indexOf(l) >= 0)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return letters.contains(REST) ? REST + named : named;
  }
}
