package dev.clearance.finding;

/** An error stops publication; a warning is shown and may be acknowledged by the author. */
public enum Severity {
  ERROR,
  WARNING
}
