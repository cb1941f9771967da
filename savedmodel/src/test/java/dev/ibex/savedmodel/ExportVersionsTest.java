package dev.ibex.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.layers.Dense;
import dev.ibex.savedmodel.files.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports beside other exports, finished or killed. */
class ExportVersionsTest {
  private static final ExportOptions VERSIONED = ExportOptions.DEFAULT.versioned();
  private static final int EXPORTERS = 4;
  private static final int EACH = 2;

  @TempDir Path folder;

  private static Model model() {
    return Sequential.of(Input.of(2), Dense.of(1));
  }

  private static Path export(Path directory, ExportOptions options) {
    try (Model model = model()) {
      return SavedModels.export(model, directory, options);
    }
  }

  private static void assertWhole(Path directory) {
    try (LoadedModel loaded = SavedModels.load(directory)) {
      assertThat(loaded.signatures()).containsKey(LoadedModel.SERVING_DEFAULT);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void each_of_many_exporters_gets_versions_of_its_own() throws Exception {
    List<Path> versions = new ArrayList<>();
    for (Future<List<Path>> exported : Threads.run(EXPORTERS, i -> () -> some())) {
      versions.addAll(exported.get());
    }
    assertThat(versions).hasSize(EXPORTERS * EACH).doesNotHaveDuplicates();
    assertThat(names()).containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
    versions.forEach(ExportVersionsTest::assertWhole);
  }

  private List<Path> some() {
    return Stream.generate(() -> export(folder, VERSIONED)).limit(EACH).toList();
  }

  @Test
  void a_version_that_a_killed_writer_put_aside_keeps_its_number() throws IOException {
    Path first = export(folder, VERSIONED);
    Files.move(first, folder.resolve(".1." + UUID.randomUUID() + ".tmp.former"));
    assertThat(export(folder, VERSIONED)).isEqualTo(folder.resolve("2"));
    assertWhole(first);
    assertThat(names()).containsExactly("1", "2");
  }

  @Test
  void an_export_that_a_killed_writer_put_aside_is_not_lost_without_the_right_to_replace()
      throws IOException {
    Path directory = folder.resolve("m");
    export(directory, ExportOptions.DEFAULT);
    byte[] before = Files.readAllBytes(directory.resolve("saved_model.pb"));
    Files.move(directory, folder.resolve(".m." + UUID.randomUUID() + ".tmp.former"));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () -> export(directory, ExportOptions.DEFAULT.existing(ExportOptions.Existing.KEPT)))
        .withMessageContaining("is there already");
    assertThat(directory.resolve("saved_model.pb")).hasBinaryContent(before);
    assertThat(names()).containsExactly("m");
  }
}
