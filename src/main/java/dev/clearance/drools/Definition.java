package dev.clearance.drools;

import dev.clearance.policy.Row;

/** A 释义 row that holds for a wording and has not been read yet. */
public final class Definition {

  private final Wording wording;
  private final Row row;

  Definition(Wording wording, Row row) {
    this.wording = wording;
    this.row = row;
  }

  public Wording getWording() {
    return wording;
  }

  /** Position of its row in the workbook. */
  public int getPosition() {
    return row.index();
  }

  Row row() {
    return row;
  }
}
