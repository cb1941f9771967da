package dev.ibex.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.Sequential;
import dev.ibex.layers.Dense;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories with versions: what TensorFlow Serving looks into. */
class VersionsTest {
  private static final ExportOptions VERSIONED = ExportOptions.DEFAULT.versioned();

  @TempDir Path temporary;
  private final Model model = Sequential.of(Input.of(3), Dense.of(2));

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void each_export_is_the_version_after_the_highest_number_there() throws Exception {
    Path base = temporary.resolve("model");
    Files.createDirectories(base.resolve("7"));
    Files.createDirectories(base.resolve("notes"));
    assertThat(SavedModels.export(model, base, VERSIONED)).isEqualTo(base.resolve("8"));
    assertThat(SavedModels.export(model, base, VERSIONED)).isEqualTo(base.resolve("9"));
  }

  @Test
  void a_savedmodel_takes_no_versions_inside() {
    Path plain = SavedModels.export(model, temporary.resolve("plain"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SavedModels.export(model, plain, VERSIONED))
        .withMessage(
            "directory: %s is a SavedModel itself, so versions have no place in it; choose another,"
                + " or remove it",
            plain);
    assertThat(plain.resolve("1")).doesNotExist();
  }

  @Test
  void the_directory_around_versions_is_refused_with_the_newest_one_named() {
    Path base = temporary.resolve("model");
    SavedModels.export(model, base, VERSIONED);
    Path second = SavedModels.export(model, base, VERSIONED);
    assertThatThrownBy(() -> SavedModels.load(base))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageEndingWith(
            "the directory holds versions of a SavedModel; take the newest, " + second);
  }
}
