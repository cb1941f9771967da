package dev.ibex.savedmodel.outline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ibex.ModelFormatException;
import dev.ibex.savedmodel.bundle.SavedModelFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;

/** The paths to functions. */
class FunctionOutlineTest {
  /** Returns objects of which each has the next, and the last is a function. */
  private static SavedModelFile chain(int length, String name) {
    MetaGraphDef.Builder graph = MetaGraphDef.newBuilder();
    SavedObjectGraph.Builder objects = graph.getObjectGraphDefBuilder();
    for (int i = 0; i < length; i++) {
      objects.addNodesBuilder().addChildrenBuilder().setNodeId(i + 1).setLocalName(name);
    }
    objects.addNodesBuilder().getFunctionBuilder().addConcreteFunctions("f");
    return new SavedModelFile(Path.of("model"), graph.build());
  }

  @Test
  void paths_lead_through_the_objects() {
    assertThat(FunctionOutline.all(chain(3, "a")))
        .extracting(FunctionOutline::path)
        .containsExactly("a/a/a");
  }

  @Test
  void chains_of_objects_that_would_fill_memory_are_refused() {
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> FunctionOutline.all(chain(2000, "a".repeat(100))))
        .withMessageContaining("saved_model.pb")
        .withMessageContaining("longer than 67108864 characters together");
  }
}
