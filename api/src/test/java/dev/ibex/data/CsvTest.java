package dev.ibex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  private static final String FLOWERS = "length,width,species\n5.1,3.5,setosa\n6,-2e-1,ibex\n";

  private final Path dir;

  CsvTest(@TempDir Path dir) {
    this.dir = dir;
  }

  private Csv read(String text) {
    return read(text, StandardCharsets.UTF_8);
  }

  private Csv read(String text, Charset charset) {
    Path file = dir.resolve("t.csv");
    try {
      Files.write(file, text.getBytes(charset));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Csv.read(file);
  }

  @Test
  void reads_columns_by_name() {
    Csv csv = read(FLOWERS);
    assertThat(csv.columns()).containsExactly("length", "width", "species");
    assertThat(csv.rows()).isEqualTo(2);
    assertThat(csv.text("species")).containsExactly("setosa", "ibex");
    assertThat(csv.numbers("length")).containsExactly(5.1f, 6f);
  }

  @Test
  void chosen_columns_are_a_matrix_in_the_given_order() {
    assertThat(read(FLOWERS).select("width", "length").numbers())
        .isDeepEqualTo(new float[][] {{3.5f, 5.1f}, {-0.2f, 6}});
    assertThat(read(FLOWERS).without("species").numbers())
        .isDeepEqualTo(new float[][] {{5.1f, 3.5f}, {6, -0.2f}});
  }

  @Test
  void labels_become_classes_in_the_order_of_their_texts() {
    Classes species = read(FLOWERS).classes("species");
    assertThat(species.names()).containsExactly("ibex", "setosa");
    assertThat(species.index()).containsExactly(1, 0);
    assertThat(species.name(1)).isEqualTo("setosa");
  }

  @Test
  void known_classes_keep_their_numbers() {
    assertThat(read(FLOWERS).classes("species", List.of("setosa", "rosa", "ibex")).index())
        .containsExactly(0, 2);
    assertThatThrownBy(() -> read(FLOWERS).classes("species", List.of("setosa")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("t.csv, line 3, column \"species\": expected one of [setosa], got \"ibex\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFFa,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\n1,2", "a,b\n\n1,2\n\n"})
  void byte_order_mark_line_ends_and_empty_lines_do_not_matter(String text) {
    Csv csv = read(text);
    assertThat(csv.columns()).containsExactly("a", "b");
    assertThat(csv.numbers()).isDeepEqualTo(new float[][] {{1, 2}});
  }

  @Test
  void quoted_fields_hold_commas_quotes_and_line_breaks() {
    Csv csv = read("\"a,\"\"b\"\"\",c\n\"1\",\"x\ny\"\nno,z\n");
    assertThat(csv.columns()).containsExactly("a,\"b\"", "c");
    assertThat(csv.text("c")).containsExactly("x\ny", "z");
    assertThatThrownBy(() -> csv.numbers("a,\"b\"")).hasMessageContaining("t.csv, line 4, column");
  }

  @Test
  void letters_beyond_ascii_are_read() {
    assertThat(read("größe\nhöher\n").text("größe")).containsExactly("höher");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "-2.5, -2.5", "+3, 3", ".5, 0.5", "1e3, 1000", "1E-2, 0.01", "' 7 ', 7"})
  void numbers_may_be_written_in_the_usual_ways(String text, float number) {
    assertThat(read("a\n\"" + text + "\"\n").numbers("a")).containsExactly(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"abc", "1f", "0x1p3", "NaN", "Infinity", "1e99", "1 2", "--1", ".", "1.2.3"})
  void refuses_what_is_no_finite_number(String text) {
    assertThatThrownBy(() -> read("a,b\n1,2\n3," + text + "\n").numbers())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("t.csv, line 3, column \"b\": expected a number, got \"" + text + "\"");
  }

  @Test
  void refuses_a_missing_value_where_one_is_needed() {
    Csv csv = read("a,b\n1,x\n,\n");
    assertThatThrownBy(() -> csv.numbers("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("t.csv, line 3, column \"a\": the value is missing");
    assertThatThrownBy(() -> csv.classes("b"))
        .hasMessage("t.csv, line 3, column \"b\": the value is missing");
    assertThat(csv.text("b")).containsExactly("x", "");
  }

  @Test
  void whole_numbers_are_read_as_such() {
    Csv csv = read("digit,half\n7,0.5\n0,1\n");
    assertThat(csv.integers("digit")).containsExactly(7, 0);
    assertThatThrownBy(() -> csv.integers("half"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("t.csv, line 2, column \"half\": expected a whole number, got \"0.5\"");
  }

  @Test
  void an_unknown_column_is_refused_with_those_there_are() {
    Csv csv = read(FLOWERS);
    String text = "t.csv: there is no column \"size\"; there are [length, width, species]";
    assertThatThrownBy(() -> csv.numbers("size")).hasMessage(text);
    assertThatThrownBy(() -> csv.select("size")).hasMessage(text);
    assertThatThrownBy(() -> csv.without("size")).hasMessage(text);
    assertThatThrownBy(() -> csv.text("size")).hasMessage(text);
  }

  @ParameterizedTest
  @CsvSource({"'a,b\n1,2\n1,2,3\n', 3, 3", "'a,b\n1\n', 2, 1"})
  void refuses_a_line_with_another_number_of_fields(String text, int line, int fields) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("t.csv, line %d: expected 2 fields as in the first line, got %d", line, fields);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\uFEFF"})
  void refuses_an_empty_file(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("t.csv: the file is empty; expected names of columns");
  }

  @Test
  void refuses_two_columns_of_one_name() {
    assertThatThrownBy(() -> read("a,b,a\n1,2,3\n"))
        .hasMessage("t.csv: two columns are named \"a\"");
  }

  @Test
  void refuses_a_quote_that_is_left_open() {
    assertThatThrownBy(() -> read("a,b\n1,\"2\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("t.csv: ");
  }

  @Test
  void refuses_text_that_is_not_utf8() {
    assertThatThrownBy(() -> read("größe\n1\n", StandardCharsets.ISO_8859_1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("t.csv: the file is not UTF-8 text");
  }

  @Test
  void a_file_that_is_not_there_is_named_in_full() {
    assertThatThrownBy(() -> Csv.read(dir.resolve("nothing.csv")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(dir.resolve("nothing.csv").toAbsolutePath() + ": cannot be read");
  }

  @Test
  void a_table_may_have_names_only() {
    Csv csv = read("a,b\n");
    assertThat(csv.rows()).isZero();
    assertThat(csv.numbers()).isEmpty();
  }
}
