package dev.clearance.workbook;

import java.util.Optional;

/**
 * Where a cell stands in its sheet; both count from 1. Read by hand, since every cell of every
 * workbook has one.
 */
record Address(int row, int column) {

  private static final int LONGEST_COLUMN = 3;
  private static final int LONGEST_ROW = 7;

  /** Reads {@code B7} or {@code $B$7}. */
  static Optional<Address> of(String text) {
    int at = skipDollar(text, 0);
    int start = at;
    int column = 0;
    while (at < text.length() && text.charAt(at) >= 'A' && text.charAt(at) <= 'Z') {
      column = column * 26 + text.charAt(at) - 'A' + 1;
      at++;
      if (at - start > LONGEST_COLUMN) {
        return Optional.empty();
      }
    }
    boolean hasColumn = at > start;
    start = skipDollar(text, at);
    boolean hasRow = start < text.length() && text.length() - start <= LONGEST_ROW;
    int row = hasColumn && hasRow ? XmlParts.Handler.number(text.substring(start), -1) : -1;
    return row < 0 ? Optional.empty() : Optional.of(new Address(row, column));
  }

  private static int skipDollar(String text, int at) {
    return at < text.length() && text.charAt(at) == '$' ? at + 1 : at;
  }
}
