package dev.clearance.workbook;

import dev.clearance.source.Place;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedSet;

/**
 * The content of one sheet.
 *
 * @param rows only rows that hold something, by their number
 * @param merged the first cell of each merged region, with its last row and column
 */
record Sheet(
    Place place,
    boolean hidden,
    NavigableMap<Integer, Line> rows,
    SortedSet<Integer> hiddenColumns,
    List<Region> merged) {

  /**
   * One row.
   *
   * @param cells only cells that hold something, by column
   */
  record Line(boolean hidden, NavigableMap<Integer, Cell> cells) {}

  record Region(int firstRow, int firstColumn, int lastRow, int lastColumn) {}

  String name() {
    return place.sheet();
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }
}
