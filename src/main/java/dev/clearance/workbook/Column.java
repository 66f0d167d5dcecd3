package dev.clearance.workbook;

import dev.clearance.vocabulary.Names;

/**
 * A column that a sheet may have, found by its header in either language.
 *
 * @param required whether the sheet is of no use without it
 */
record Column(String zh, String en, boolean required) {

  static Column required(String zh, String en) {
    return new Column(zh, en, true);
  }

  static Column optional(String zh, String en) {
    return new Column(zh, en, false);
  }

  boolean isCalled(String normalName) {
    return Names.normal(zh).equals(normalName) || Names.normal(en).equals(normalName);
  }
}
