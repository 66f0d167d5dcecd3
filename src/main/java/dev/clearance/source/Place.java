package dev.clearance.source;

import java.util.Comparator;

/**
 * A place in a workbook: the whole file, a sheet, a row or a cell. Rows and columns count from 1 as
 * in Excel; 0 stands for "the whole of it". An empty sheet name stands for the whole file.
 */
public record Place(String workbook, String sheet, int row, int column)
    implements Comparable<Place> {

  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::workbook)
          .thenComparing(Place::sheet)
          .thenComparingInt(Place::row)
          .thenComparingInt(Place::column);

  public Place {
    if (row < 0 || column < 0) {
      throw new IllegalArgumentException("row and column count from 1");
    }
  }

  public static Place of(String workbook) {
    return new Place(workbook, "", 0, 0);
  }

  public Place inSheet(String name) {
    return new Place(workbook, name, 0, 0);
  }

  public Place atRow(int number) {
    return new Place(workbook, sheet, number, 0);
  }

  public Place atColumn(int number) {
    return new Place(workbook, sheet, row, number);
  }

  public Place atCell(int rowNumber, int columnNumber) {
    return new Place(workbook, sheet, rowNumber, columnNumber);
  }

  /** The address inside the sheet: {@code D7}, a bare row {@code 12}, a column {@code D}, or "". */
  public String address() {
    return letters() + (row == 0 ? "" : Integer.toString(row));
  }

  private String letters() {
    StringBuilder letters = new StringBuilder();
    for (int rest = column; rest > 0; rest = (rest - 1) / 26) {
      letters.insert(0, (char) ('A' + (rest - 1) % 26));
    }
    return letters.toString();
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  /**
   * {@code housing-centre.xlsx!许可!D7}, as findings and citations print it; {@code reading.drl:12}
   * for a line of a file without sheets.
   */
  @Override
  public String toString() {
    String address = address();
    if (sheet.isEmpty()) {
      return address.isEmpty() ? workbook : workbook + ":" + address;
    }
    return address.isEmpty() ? workbook + "!" + sheet : workbook + "!" + sheet + "!" + address;
  }
}
