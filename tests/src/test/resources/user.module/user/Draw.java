package user;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.History;
import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.optimizers.SGD;
import dev.ibex.pictures.Diagrams;
import java.nio.file.Files;
import java.nio.file.Path;

/** Draws a training and its model into the folder of the first argument. */
public final class Draw {
  private static int drawn;

  public static void main(String[] args) throws Exception {
    Path dir = Path.of(args[0]);
    float[][] x = {{1, 2}, {3, -1}};
    try (Sequential model = Sequential.of(Input.of(2), new Scale())) {
      model.compile(SGD.of(0.1), (tf, t, p) -> tf.math.squaredDifference(t, p));
      History history = model.fit(Data.of(x, x), Fit.epochs(3));
      draw(dir.resolve("curves.png"), history::plot);
      draw(dir.resolve("curves.svg"), history::plot);
      draw(dir.resolve("model.png"), Diagrams.of(model)::png);
      draw(dir.resolve("model.svg"), Diagrams.of(model)::svg);
      System.out.println(Draw.class.getModule().getName() + " drew " + drawn + " of 4");
    }
  }

  private interface Drawing {
    void to(Path file);
  }

  private static void draw(Path file, Drawing drawing) throws Exception {
    try {
      drawing.to(file);
      drawn += Files.size(file) > 500 ? 1 : 0;
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
  }
}
