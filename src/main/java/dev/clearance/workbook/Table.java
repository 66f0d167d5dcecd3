package dev.clearance.workbook;

import dev.clearance.finding.Check;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Names;
import dev.clearance.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A sheet as a table: one header row, then one row for each thing. */
final class Table {

  private final Sheet sheet;
  private final Findings findings;
  private final Map<Column, Integer> columns = new LinkedHashMap<>();
  private final Map<Attribute, Integer> attributes = new LinkedHashMap<>();
  private final NavigableMap<Integer, String> headers = new TreeMap<>();
  private final List<TableRow> rows = new ArrayList<>();
  private boolean unclear;

  /** What unknown headers may mean. */
  private final Set<String> meant = new HashSet<>();

  /**
   * @param fixed the columns that such a sheet has
   * @param vocabulary the attributes that may head further columns; none: no further columns
   */
  Table(Sheet sheet, List<Column> fixed, Optional<Vocabulary> vocabulary, Findings findings) {
    this.sheet = sheet;
    this.findings = findings;
    if (!sheet.isEmpty()) {
      readHeader(fixed, vocabulary);
    }
    for (Column column : fixed) {
      boolean misspelt = meant.contains(column.zh()) || meant.contains(column.en());
      if (column.required() && !columns.containsKey(column) && !misspelt) {
        findings.add(
            Check.MISSING_COLUMN,
            sheet.place(),
            "the sheet " + sheet.name() + " has no column " + column.zh(),
            "add it to the header row");
      }
    }
    if (!sheet.isEmpty()) {
      reportHidden();
      reportMerged();
      readRows();
    }
  }

  private int headerRow() {
    return sheet.rows().firstKey();
  }

  private void readHeader(List<Column> fixed, Optional<Vocabulary> vocabulary) {
    Set<Attribute> twice = new HashSet<>();
    for (Cell cell : sheet.rows().firstEntry().getValue().cells().values()) {
      if (cell.isUnusable()) {
        reportUnusable(cell, "the header");
        unclear = true;
        headers.put(cell.place().column(), cell.raw());
        continue;
      }
      String name = cell.line();
      String normal = Names.normal(name);
      int at = cell.place().column();
      headers.put(at, name);
      Optional<Column> column = fixed.stream().filter(one -> one.isCalled(normal)).findFirst();
      Optional<Attribute> attribute = vocabulary.flatMap(words -> words.attributeNamed(name));
      boolean first;
      if (column.isPresent()) {
        first = columns.putIfAbsent(column.get(), at) == null;
      } else if (attribute.isPresent()) {
        first = twice.add(attribute.get());
        attributes.put(attribute.get(), at);
      } else {
        reportUnknown(cell, name, fixed, vocabulary);
        continue;
      }
      if (!first) {
        unclear = true;
        attribute.ifPresent(attributes::remove);
        findings.add(
            Check.DUPLICATE_COLUMN,
            cell.place(),
            "the sheet " + sheet.name() + " has the column " + name + " twice",
            "move its values into one column");
      }
    }
  }

  private void reportUnknown(
      Cell cell, String name, List<Column> fixed, Optional<Vocabulary> vocabulary) {
    unclear = true;
    List<String> names = new ArrayList<>();
    fixed.forEach(column -> names.add(column.zh()));
    fixed.forEach(column -> names.add(column.en()));
    vocabulary.ifPresent(
        words -> words.attributes().forEach(attribute -> names.add(attribute.label().zh())));
    vocabulary.ifPresent(
        words -> words.attributes().forEach(attribute -> names.add(attribute.path())));
    Optional<String> nearest = Names.nearest(name, names);
    nearest.ifPresent(meant::add);
    findings.add(
        Check.UNKNOWN_COLUMN,
        cell.place(),
        "the sheet "
            + sheet.name()
            + " has a column "
            + Spot.quoted(name)
            + " that means nothing here",
        Findings.didYouMean(nearest, "rename it, or move its text to 说明 or 备注"));
  }

  private void reportUnusable(Cell cell, String what) {
    if (cell.kind() == Cell.Kind.FORMULA) {
      findings.add(
          Check.FORMULA, cell.place(), what + " holds a formula", "replace it by its value");
    } else {
      findings.add(
          Check.ERROR_VALUE,
          cell.place(),
          what + " holds the error value " + cell.raw(),
          "write the value that is meant");
    }
  }

  private void reportHidden() {
    for (Map.Entry<Integer, String> header : headers.entrySet()) {
      if (sheet.hiddenColumns().contains(header.getKey())) {
        findings.add(
            Check.HIDDEN,
            sheet.place().atColumn(header.getKey()),
            "the column " + header.getValue() + " is hidden and is read all the same",
            "show it, so that readers see what applies");
      }
    }
    int first = 0;
    int last = 0;
    for (Map.Entry<Integer, Sheet.Line> line : sheet.rows().entrySet()) {
      if (line.getValue().hidden()) {
        first = first == 0 ? line.getKey() : first;
        last = line.getKey();
      } else if (first > 0) {
        reportHiddenRows(first, last);
        first = 0;
      }
    }
    if (first > 0) {
      reportHiddenRows(first, last);
    }
  }

  private void reportHiddenRows(int first, int last) {
    boolean one = first == last;
    String rows = one ? "the row is" : "the rows " + first + " to " + last + " are";
    findings.add(
        Check.HIDDEN,
        sheet.place().atRow(first),
        rows + " hidden and " + (one ? "is" : "are") + " read all the same",
        "show " + (one ? "it" : "them") + ", so that readers see what applies");
  }

  private void reportMerged() {
    int last = sheet.rows().lastKey();
    for (Sheet.Region region : sheet.merged()) {
      boolean inRows = region.lastRow() >= headerRow() && region.firstRow() <= last;
      boolean inColumns =
          !headers.isEmpty()
              && region.lastColumn() >= headers.firstKey()
              && region.firstColumn() <= headers.lastKey();
      if (inRows && inColumns) {
        unclear = true;
        findings.add(
            Check.MERGED_CELLS,
            sheet.place().atCell(region.firstRow(), region.firstColumn()),
            "cells are merged inside the table",
            "unmerge them and fill in each cell");
      }
    }
  }

  private void readRows() {
    Map<Integer, Cell> firstStray = new TreeMap<>();
    Map<Integer, Integer> strays = new TreeMap<>();
    for (Map.Entry<Integer, Sheet.Line> line :
        sheet.rows().tailMap(headerRow(), false).entrySet()) {
      NavigableMap<Integer, Cell> cells = line.getValue().cells();
      boolean any = false;
      for (Map.Entry<Integer, Cell> cell : cells.entrySet()) {
        String header = headers.get(cell.getKey());
        if (header == null) {
          firstStray.putIfAbsent(cell.getKey(), cell.getValue());
          strays.merge(cell.getKey(), 1, Integer::sum);
          continue;
        }
        any = true;
        if (cell.getValue().isUnusable()) {
          reportUnusable(cell.getValue(), header);
        }
      }
      if (any) {
        rows.add(new TableRow(this, line.getKey(), cells));
      }
    }
    for (Map.Entry<Integer, Cell> stray : firstStray.entrySet()) {
      int more = strays.get(stray.getKey()) - 1;
      findings.add(
          Check.STRAY_CELL,
          stray.getValue().place(),
          "a cell outside the table is not read"
              + (more == 0 ? "" : ", nor " + more + " more below it"),
          "give the column a header, or move the text to 说明 or 备注");
    }
  }

  List<TableRow> rows() {
    return rows;
  }

  Findings findings() {
    return findings;
  }

  Place place() {
    return sheet.place();
  }

  Optional<Integer> at(Column column) {
    return Optional.ofNullable(columns.get(column));
  }

  Map<Attribute, Integer> attributes() {
    return attributes;
  }

  /** Whether columns or cells could not be made out, so that a row may say more than is known. */
  boolean isUnclear() {
    return unclear;
  }

  /** The columns by the Chinese name of what each holds. */
  Map<String, Integer> columnsByName() {
    Map<String, Integer> byName = new LinkedHashMap<>();
    attributes.forEach((attribute, at) -> byName.put(attribute.label().zh(), at));
    columns.forEach((column, at) -> byName.put(column.zh(), at));
    return byName;
  }
}
