package dev.clearance.finding;

/**
 * Every kind of finding. The README defines each in one sentence; a golden workbook shows each.
 *
 * <p>The code is stable: it appears in JSON, on the command line and in cell comments.
 */
public enum Check {
  // The file as such
  UNREADABLE_FILE(Severity.ERROR),
  UNSAFE_CONTENT(Severity.ERROR),
  TOO_LARGE(Severity.ERROR),

  // The form of sheets, columns and cells
  MISSING_SHEET(Severity.ERROR),
  UNKNOWN_SHEET(Severity.ERROR),
  MISSING_COLUMN(Severity.ERROR),
  UNKNOWN_COLUMN(Severity.ERROR),
  DUPLICATE_COLUMN(Severity.ERROR),
  MERGED_CELLS(Severity.ERROR),
  FORMULA(Severity.ERROR),
  ERROR_VALUE(Severity.ERROR),
  HIDDEN(Severity.WARNING),
  STRAY_CELL(Severity.WARNING),
  MISSING_VALUE(Severity.ERROR),
  UNEXPECTED_VALUE(Severity.ERROR),
  WRONG_TYPE(Severity.ERROR),
  UNREADABLE_CONDITION(Severity.ERROR),
  UNREADABLE_FORMULA(Severity.ERROR),
  REVERSED_RANGE(Severity.ERROR),
  REVERSED_DATES(Severity.ERROR),

  // Words that the vocabulary does not know
  UNKNOWN_ATTRIBUTE(Severity.ERROR),
  UNKNOWN_TERM(Severity.ERROR),
  UNKNOWN_APPROVER_LEVEL(Severity.ERROR),
  UNKNOWN_OBLIGATION(Severity.ERROR),
  UNKNOWN_SANCTION_TYPE(Severity.ERROR),
  UNKNOWN_CLAUSE(Severity.ERROR),
  UNKNOWN_VALUE(Severity.ERROR),

  // What holds a workbook together
  DUPLICATE_ID(Severity.ERROR),
  DUPLICATE_LABEL(Severity.ERROR),
  CIRCULAR_REFERENCE(Severity.ERROR),
  MISSING_LOCATOR(Severity.ERROR),
  MISSING_SUMMARY(Severity.ERROR),
  UNCONDITIONAL_ROW(Severity.ERROR),
  CLAUSE_WITHOUT_ROW(Severity.WARNING),

  // What the rows mean together
  CONFLICT(Severity.WARNING),
  SHADOWED_ROW(Severity.WARNING),
  DUPLICATE_ROW(Severity.WARNING),
  GAP(Severity.WARNING),
  UNREACHABLE_SANCTION(Severity.WARNING),
  UNUSED_OBLIGATION(Severity.WARNING),

  // Examples
  FAILING_EXAMPLE(Severity.ERROR),
  ROW_WITHOUT_EXAMPLE(Severity.WARNING),

  // The rules that hold across policies
  BROKEN_RULE(Severity.ERROR);

  private final Severity severity;

  Check(Severity severity) {
    this.severity = severity;
  }

  public Severity severity() {
    return severity;
  }

  /** Lower case with hyphens: {@code unknown-term}. */
  public String code() {
    return name().toLowerCase().replace('_', '-');
  }
}
