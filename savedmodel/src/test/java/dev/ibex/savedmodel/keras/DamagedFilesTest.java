package dev.ibex.savedmodel.keras;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files with damage of every kind are read, or refused with a text that names them. */
class DamagedFilesTest {
  private static final String ZIPPED = "!";

  @TempDir Path folder;

  /**
   * What is damaged.
   *
   * @param file a file of Keras
   * @param part the part of the zip that is damaged; empty for the whole file
   * @param model the file of the model that weights are loaded into; empty for a whole model
   */
  record Victim(String file, String part, String model) {
    @Override
    public String toString() {
      return file + (part.isEmpty() ? "" : ZIPPED + part);
    }
  }

  static List<Victim> victims() {
    return List.of(
        new Victim("victim.keras", "", ""),
        new Victim("victim.keras", "config.json", ""),
        new Victim("victim.keras", "model.weights.h5", ""),
        new Victim("victim.keras", "metadata.json", ""),
        new Victim("npz-3.15.1.keras", "", ""),
        new Victim("npz-3.15.1.keras", "model.weights.npz", ""),
        new Victim("npz-3.15.1.keras", "model.weights.npz!layers/dense.npy", ""),
        new Victim("npz-2.13.1.keras", "model.weights.npz!optimizer.npy", ""),
        new Victim("victim.h5", "", ""),
        new Victim("victim.h5", "", "victim.keras"),
        new Victim("victim.weights.h5", "", "victim.keras"),
        new Victim("victim.keras", "model.weights.h5", "victim.keras"),
        new Victim("shards.weights.json", "", "shards.keras"),
        new Victim("shards_00002.weights.h5", "", "shards.keras"));
  }

  @ParameterizedTest
  @MethodSource("victims")
  void damage_is_read_or_refused(Victim victim) throws Exception {
    damage(victim, 150, 1);
  }

  @ParameterizedTest
  @MethodSource("victims")
  @Tag("slow")
  void much_damage_is_read_or_refused(Victim victim) throws Exception {
    damage(victim, 2000, 2);
  }

  private void damage(Victim victim, int times, long seed) throws Exception {
    for (String name : Fixtures.names("shards*.{json,h5}")) {
      Files.copy(Fixtures.file(name), folder.resolve(name));
    }
    Path file = folder.resolve(victim.file());
    Path read = victim.file().startsWith("shards") ? folder.resolve("shards.weights.json") : file;
    Path source = Fixtures.file(victim.file());
    try (Judge judge = new Judge();
        Model model =
            victim.model().isEmpty() ? null : Models.load(Fixtures.file(victim.model()))) {
      Judge.Reading reading =
          model == null ? () -> Models.load(read).close() : () -> model.loadWeights(read);
      Random random = new Random(seed);
      for (int i = 0; i < times; i++) {
        write(source, file, victim.part(), random);
        List<Array> before = model == null ? List.of() : state(model);
        String refusal = judge.judge(victim + ", damage " + i, folder, reading);
        if (model != null && !refusal.isEmpty()) {
          assertThat(state(model)).as(victim + ", damage " + i).isEqualTo(before);
        }
      }
      boolean unread = victim.part().equals("metadata.json");
      assertThat(judge.refused())
          .as(judge.summary())
          .isBetween(unread ? 0 : times / 4, unread ? 0 : times);
    }
  }

  /** Returns all weights and the state of the optimizer. */
  private static List<Array> state(Model model) {
    return Stream.concat(model.weights().stream(), model.optimizerVariables().stream())
        .map(Variable::value)
        .toList();
  }

  /** Writes a file with damage in a part of it, which may be a part of a zip in the zip. */
  private void write(Path from, Path to, String part, Random random) throws Exception {
    if (part.isEmpty()) {
      Files.write(to, Mutation.any(Files.readAllBytes(from), random));
      return;
    }
    List<String> parts = Stream.of(part.split(ZIPPED)).toList();
    Zips.edit(
        from,
        to,
        parts.get(0),
        content -> {
          if (parts.size() == 1) {
            return Mutation.any(content, random);
          }
          Path inner = Files.write(folder.resolve("inner"), content);
          Zips.edit(inner, inner, parts.get(1), b -> Mutation.any(b, random));
          return Files.readAllBytes(inner);
        });
  }
}
