package dev.clearance.drools;

import dev.clearance.policy.Row;
import dev.clearance.vocabulary.Attribute;

/** A level that a 定密 row gives to the information. */
public final class Level {

  private final Row row;
  private final Attribute attribute;
  private final String code;
  private final int rank;

  Level(Row row, Attribute attribute, String code) {
    this.row = row;
    this.attribute = attribute;
    this.code = code;
    this.rank = attribute.rank(code);
  }

  /** Position among the levels, 0 for the lowest. */
  public int getRank() {
    return rank;
  }

  /** Position of its row in the workbook. */
  public int getPosition() {
    return row.index();
  }

  Row row() {
    return row;
  }

  Attribute attribute() {
    return attribute;
  }

  String code() {
    return code;
  }
}
