package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.Names;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One row of a table; what it cannot give as asked, it reports at the cell. */
final class TableRow {

  private final Table table;
  private final int number;
  private final Map<Integer, Cell> cells;

  TableRow(Table table, int number, Map<Integer, Cell> cells) {
    this.table = table;
    this.number = number;
    this.cells = cells;
  }

  Place place() {
    return table.place().atRow(number);
  }

  Cell cell(int column) {
    Cell cell = cells.get(column);
    return cell == null ? Cell.blank(table.place().atCell(number, column)) : cell;
  }

  /** A column that the sheet lacks reads as blank, and findings about it stand at the row. */
  Cell cell(Column column) {
    return table.at(column).map(this::cell).orElseGet(() -> Cell.blank(place()));
  }

  Spot spot(Column column) {
    return new Spot(table.findings(), cell(column).place(), column.zh());
  }

  boolean isBlank(Column column) {
    return cell(column).isBlank();
  }

  /** Whether a column is lacking and an unknown header may well be its own. */
  boolean mayBeElsewhere(Column column) {
    return table.at(column).isEmpty() && table.isUnclear();
  }

  String line(Column column) {
    return cell(column).line();
  }

  String lines(Column column) {
    return cell(column).lines();
  }

  String shown(Column column) {
    return cell(column).shown();
  }

  /** The text of a cell that must be filled. */
  Optional<String> required(Column column) {
    return required(column, Check.MISSING_VALUE);
  }

  Optional<String> required(Column column, Check missing) {
    Cell cell = cell(column);
    if (cell.isBlank() && table.at(column).isPresent()) {
      table.findings().add(missing, cell.place(), column.zh() + " is empty", "fill it in");
    }
    String line = cell.line();
    return line.isEmpty() ? Optional.empty() : Optional.of(line);
  }

  /** A name that must be filled, as it is written: 第六条⑦ is not 第六条7. */
  Optional<String> requiredName(Column column, Check missing) {
    return required(column, missing).map(any -> shown(column).replaceAll("\\s+", " "));
  }

  /** A code; Excel likes to turn 11-1 into a day. */
  Optional<String> code(Column column) {
    Cell cell = cell(column);
    if (cell.kind() == Cell.Kind.DATE) {
      spot(column)
          .report(
              Check.WRONG_TYPE,
              column.zh() + " holds a date (" + cell.raw() + "), not a code",
              "format the cell as text and write " + monthAndDay(cell.raw()) + " again");
      return Optional.empty();
    }
    return required(column);
  }

  private static String monthAndDay(String day) {
    return day.replaceFirst("^\\d+-0?(\\d+)-0?(\\d+)$", "$1-$2");
  }

  /** Reports what stands in a cell that must stay empty here. */
  void mustBeBlank(Column column, String why) {
    if (!isBlank(column)) {
      spot(column)
          .report(Check.UNEXPECTED_VALUE, column.zh() + " is filled, but " + why, "clear the cell");
    }
  }

  Optional<LocalDate> day(Column column) {
    return read(column, Scalars::day, "a date", Scalars.A_DAY_IS);
  }

  Optional<BigDecimal> number(Column column) {
    return read(column, Scalars::number, "a number", Scalars.A_NUMBER_IS);
  }

  Optional<Boolean> flag(Column column) {
    return read(column, Scalars::flag, "是 or 否", "write 是 or 否");
  }

  private <T> Optional<T> read(
      Column column, Function<String, Optional<T>> reader, String kind, String hint) {
    String text = line(column);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> value = reader.apply(text);
    if (value.isEmpty()) {
      spot(column)
          .report(
              Check.WRONG_TYPE,
              column.zh() + " takes " + kind + ", not " + Spot.quoted(text),
              hint);
    }
    return value;
  }

  /** One of a few fixed words; empty when the cell is, or when a finding says what is wrong. */
  <T> Optional<T> word(Column column, Map<String, T> words) {
    String text = line(column);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    for (Map.Entry<String, T> word : words.entrySet()) {
      if (Names.normal(word.getKey()).equals(Names.normal(text))) {
        return Optional.of(word.getValue());
      }
    }
    List<String> names = new ArrayList<>(words.keySet());
    Optional<String> nearest = Names.nearest(text, names);
    spot(column)
        .report(
            Check.UNKNOWN_VALUE,
            column.zh() + " cannot be " + Spot.quoted(text),
            nearest.isPresent()
                ? Findings.didYouMean(nearest)
                : "write one of " + String.join("、", names.subList(0, names.size() / 2)));
    return Optional.empty();
  }

  Table table() {
    return table;
  }
}
