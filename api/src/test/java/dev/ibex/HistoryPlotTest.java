package dev.ibex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryPlotTest {
  private final Path dir;

  HistoryPlotTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @Test
  void draws_the_epochs_that_ran() throws Exception {
    History history = new History();
    history.add(0, Map.of("loss", 2.0));
    history.add(1, Map.of("loss", 1.5, "val_loss", 1.75));
    history.add(2, Map.of("loss", 1.0));
    Path file = dir.resolve("curves.svg");
    history.plot(file);
    String svg = Files.readString(file);
    assertThat(svg).contains("<title>Learning curves: loss (training, validation)</title>");
    Matcher dot = Pattern.compile("cx=\"([0-9.]+)\"").matcher(svg);
    assertThat(dot.find()).isTrue();
    assertThat(svg).as("a line ends above the dot, at epoch 2").contains("x2=\"" + dot.group(1));
  }

  @Test
  void without_an_epoch_there_is_nothing_to_draw() {
    assertThatThrownBy(() -> new History().plot(dir.resolve("curves.png")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("there is no epoch to draw");
  }
}
