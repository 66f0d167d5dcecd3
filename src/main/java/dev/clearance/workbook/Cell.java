package dev.clearance.workbook;

import dev.clearance.source.Place;

/** What stands in one cell, as its author sees it: numbers and days as text too. */
record Cell(Place place, Kind kind, String raw) {

  enum Kind {
    BLANK,
    TEXT,
    NUMBER,
    BOOLEAN,
    DATE,
    FORMULA,
    ERROR
  }

  static Cell blank(Place place) {
    return new Cell(place, Kind.BLANK, "");
  }

  boolean isBlank() {
    return kind == Kind.BLANK;
  }

  /** A formula or an error value; it is reported once and not read. */
  boolean isUnusable() {
    return kind == Kind.FORMULA || kind == Kind.ERROR;
  }

  String lines() {
    return isUnusable() ? "" : Texts.lines(raw);
  }

  String line() {
    return isUnusable() ? "" : Texts.line(raw);
  }

  String shown() {
    return isUnusable() ? "" : Texts.shown(raw);
  }
}
