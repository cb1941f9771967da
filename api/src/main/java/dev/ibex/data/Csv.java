package dev.ibex.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.ibex.core.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A table read from comma-separated text whose first line names the columns.
 *
 * <p>The text is UTF-8, with or without a byte order mark; fields may be quoted; lines end with LF
 * or CRLF; empty lines are passed over. Values are converted when they are asked for, and a value
 * that cannot be is refused with its file, line, column and text. Immutable.
 */
public final class Csv {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

  private final String file;
  private final Map<String, Integer> columns;
  private final List<CsvRecord> rows;

  private Csv(String file, Map<String, Integer> columns, List<CsvRecord> rows) {
    this.file = file;
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Reads a table.
   *
   * @throws UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if it is empty, is not UTF-8, names a column twice, leaves a
   *     quote open, or has a line with more or fewer fields than the first
   */
  public static Csv read(Path file) {
    String name = String.valueOf(file.getFileName());
    try {
      String text = Files.readString(file);
      return parse(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(name + ": the file is not UTF-8 text", e);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toAbsolutePath() + ": cannot be read", e);
    }
  }

  private static Csv parse(String file, String text) {
    List<CsvRecord> records = new ArrayList<>();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text)) {
      reader.forEach(records::add);
    } catch (CsvParseException | IOException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
    Check.that(!records.isEmpty(), "%s: the file is empty; expected names of columns", file);
    Map<String, Integer> columns = new LinkedHashMap<>();
    for (String name : records.get(0).getFields()) {
      Check.that(
          columns.put(name, columns.size()) == null,
          "%s: two columns are named \"%s\"",
          file,
          name);
    }
    List<CsvRecord> rows = List.copyOf(records.subList(1, records.size()));
    for (CsvRecord row : rows) {
      Check.that(
          row.getFieldCount() == columns.size(),
          "%s, line %d: expected %d fields as in the first line, got %d",
          file,
          row.getStartingLineNumber(),
          columns.size(),
          row.getFieldCount());
    }
    return new Csv(file, columns, rows);
  }

  /** Returns the names of the columns, in order. */
  public List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  /** Returns the number of rows, the names not counted. */
  public int rows() {
    return rows.size();
  }

  /**
   * Returns the table of some columns, in the given order.
   *
   * @throws IllegalArgumentException if there is no such column; the text lists those there are
   */
  public Csv select(String... names) {
    Map<String, Integer> some = new LinkedHashMap<>();
    for (String name : names) {
      some.put(name, index(name));
    }
    return new Csv(file, some, rows);
  }

  /**
   * Returns the table of all columns but some.
   *
   * @throws IllegalArgumentException if there is no such column; the text lists those there are
   */
  public Csv without(String... names) {
    Map<String, Integer> others = new LinkedHashMap<>(columns);
    for (String name : names) {
      index(name);
      others.remove(name);
    }
    return new Csv(file, others, rows);
  }

  /**
   * Returns all columns as numbers, one array a row.
   *
   * @throws IllegalArgumentException at the first value that is missing or no finite number
   */
  public float[][] numbers() {
    float[][] matrix = new float[rows.size()][columns.size()];
    for (int r = 0; r < matrix.length; r++) {
      int c = 0;
      for (String name : columns.keySet()) {
        matrix[r][c++] = number(rows.get(r), name);
      }
    }
    return matrix;
  }

  /**
   * Returns a column as numbers.
   *
   * @throws IllegalArgumentException at the first value that is missing or no finite number
   */
  public float[] numbers(String column) {
    float[] numbers = new float[rows.size()];
    for (int r = 0; r < numbers.length; r++) {
      numbers[r] = number(rows.get(r), column);
    }
    return numbers;
  }

  /**
   * Returns a column as whole numbers, such as classes counted from 0.
   *
   * @throws IllegalArgumentException at the first value that is missing or no whole number
   */
  public int[] integers(String column) {
    int[] integers = new int[rows.size()];
    for (int r = 0; r < integers.length; r++) {
      String value = present(rows.get(r), column).strip();
      try {
        integers[r] = Integer.parseInt(value);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            at(rows.get(r), column) + ": expected a whole number, got \"" + value + "\"", e);
      }
    }
    return integers;
  }

  /** Returns a column as it stands in the file; a missing value is an empty text. */
  public List<String> text(String column) {
    int c = index(column);
    return rows.stream().map(r -> r.getField(c)).toList();
  }

  /**
   * Returns a column of labels as classes, numbered in the order of the labels as texts.
   *
   * @throws IllegalArgumentException at the first value that is missing
   */
  public Classes classes(String column) {
    return classes(column, text(column).stream().distinct().sorted().toList());
  }

  /**
   * Returns a column of labels as classes that are numbered already, such as those of the table
   * that a model was trained on.
   *
   * @param names the label of each class
   * @throws IllegalArgumentException at the first value that is missing or not among them
   */
  public Classes classes(String column, List<String> names) {
    int[] index = new int[rows.size()];
    for (int r = 0; r < index.length; r++) {
      String value = present(rows.get(r), column);
      index[r] = names.indexOf(value);
      Check.that(
          index[r] >= 0,
          "%s: expected one of %s, got \"%s\"",
          at(rows.get(r), column),
          names,
          value);
    }
    return new Classes(index, names);
  }

  // ---- one value --------------------------------------------------------------------------

  private float number(CsvRecord row, String column) {
    String value = present(row, column).strip();
    // Double.parseDouble alone would also take "1f", "0x1p3" and "NaN".
    float number = NUMBER.matcher(value).matches() ? (float) Double.parseDouble(value) : Float.NaN;
    Check.that(Float.isFinite(number), "%s: expected a number, got \"%s\"", at(row, column), value);
    return number;
  }

  private String present(CsvRecord row, String column) {
    String value = row.getField(index(column));
    Check.that(!value.isBlank(), "%s: the value is missing", at(row, column));
    return value;
  }

  private int index(String column) {
    Integer index = columns.get(column);
    if (index == null) {
      throw new IllegalArgumentException(
          file + ": there is no column \"" + column + "\"; there are " + columns.keySet());
    }
    return index;
  }

  private String at(CsvRecord row, String column) {
    return file + ", line " + row.getStartingLineNumber() + ", column \"" + column + "\"";
  }
}
