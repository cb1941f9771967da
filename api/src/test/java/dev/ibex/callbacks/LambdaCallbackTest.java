package dev.ibex.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LambdaCallbackTest {
  @Test
  void calls_each_function_at_its_event() {
    List<String> events = new ArrayList<>();
    LambdaCallback callback =
        LambdaCallback.of()
            .trainBegin(t -> events.add("train begin"))
            .epochBegin((t, epoch) -> events.add("epoch begin " + epoch))
            .trainBatchEnd((t, batch) -> events.add("batch end " + batch))
            .epochEnd((t, epoch, logs) -> events.add("epoch end " + epoch + " " + logs))
            .trainEnd(t -> events.add("train end"));
    FakeTraining.run(callback, "loss", 0.5);
    assertThat(events)
        .containsExactly(
            "train begin", "epoch begin 0", "batch end 0", "epoch end 0 {loss=0.5}", "train end");
  }

  @Test
  void does_nothing_where_nothing_is_set() {
    assertThat(FakeTraining.run(LambdaCallback.of(), "loss", 1, 2).epochsRun).isEqualTo(2);
  }
}
