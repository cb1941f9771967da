package dev.ibex.savedmodel.pickle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnpicklerTest {
  private static Object read(String pickle) {
    return Unpickler.read(ByteBuffer.wrap(pickle.getBytes(ISO_8859_1)), Set.of());
  }

  @Test
  void plain_values_are_read() {
    assertThat(read("\u0080\u0004}\u008c\u0001aK\u0007s.")).isEqualTo(Map.of("a", 7L));
    assertThat(read("\u0080\u0002](\u0088N\u008a\u0002\u0000\u00ffe."))
        .isEqualTo(List.of(true, None.NONE, -256L));
  }

  @ParameterizedTest
  @CsvSource({
    "'\u0080\u0002cos\nsystem\n(X\u0002\u0000\u0000\u0000lstR.', os.system",
    "'\u0080\u0004\u008c\u0008builtins\u008c\u0004eval\u0093.', builtins.eval",
    "'\u0080\u0002}}s.', value is missing",
    "'\u0080\u0002]]a', cut off",
    "'\u0080\u0002t.', mark is missing",
    "'\u0080\u0002h\u0005.', no value 5",
    "'\u0080\u0002B\u00ff\u00ff\u00ff\u00ff.', 4294967295 bytes where 1 are left",
    "'\u0080\u0006N.', protocol 6",
    "'\u0080\u0002KaKbR.', calls what is no function",
    "'\u0080\u0002Q.', operation 81",
    "'\u0080\u0004}]Ns.', expected String"
  })
  void anything_else_is_refused(String pickle, String text) {
    assertThatExceptionOfType(PickleException.class)
        .isThrownBy(() -> read(pickle))
        .withMessageContaining(text);
  }

  @Test
  void endless_steps_are_refused() {
    assertThatExceptionOfType(PickleException.class)
        .isThrownBy(() -> read("\u0080\u0002" + "}".repeat(2_000_000)))
        .withMessageContaining("1000000 steps");
  }
}
