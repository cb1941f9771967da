package dev.ibex.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

class ImageGridTest {
  private final Path dir;

  ImageGridTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void grey_images_stand_side_by_side() throws Exception {
    // three images of 1 × 2: black white, white black, and beyond the range
    Array images = Array.of(Shape.of(3, 1, 2), 0f, 1f, 1f, 0f, -5f, 5f);
    Path file = dir.resolve("new/grid.png");
    ImageGrid.of(images).columns(2).zoom(3).plot(file);
    BufferedImage drawn = ImageIO.read(file.toFile());
    int dots = drawn.getWidth() / (2 * (6 + 4) + 4);
    assertThat(drawn.getHeight()).isEqualTo(dots * (2 * (3 + 4) + 4));
    int[][] blackWhite = {{0, 0, 0, 1}, {1, 0, 1, 0}, {0, 1, 0, 1}};
    for (int[] image : blackWhite) {
      int left = 4 + image[0] * 10;
      int top = 4 + image[1] * 7;
      assertThat(drawn.getRGB(dots * (left + 1), dots * (top + 1)) & 0xff)
          .isEqualTo(255 * image[2]);
      assertThat(drawn.getRGB(dots * (left + 4), dots * (top + 1)) & 0xff)
          .isEqualTo(255 * image[3]);
    }
  }

  @Test
  void three_channels_are_colours() throws Exception {
    Path file = dir.resolve("grid.png");
    ImageGrid.of(Array.of(Shape.of(1, 1, 1, 3), 1f, 0.5f, 0f)).plot(file);
    BufferedImage drawn = ImageIO.read(file.toFile());
    int centre = drawn.getRGB(drawn.getWidth() / 2, drawn.getHeight() / 2) & 0xffffff;
    assertThat(centre).isEqualTo(0xff8000);
  }

  @Test
  void vectors_of_dots_are_possible_too() throws Exception {
    Path file = dir.resolve("grid.svg");
    ImageGrid.of(Array.filled(DType.FLOAT32, Shape.of(2, 2, 2), 0.5)).plot(file);
    assertThat(Files.readString(file)).contains("<title>2 images</title>");
  }

  @Test
  void other_shapes_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageGrid.of(Array.filled(DType.FLOAT32, Shape.of(2, 8, 8, 2), 0)))
        .withMessage(
            "images: expected the shape (images, height, width) or (images, height, width, 1 or"
                + " 3), got (2, 8, 8, 2)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageGrid.of(Array.filled(DType.FLOAT32, Shape.of(0, 8, 8), 0)));
  }
}
