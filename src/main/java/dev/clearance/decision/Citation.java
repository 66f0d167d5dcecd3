package dev.clearance.decision;

import dev.clearance.policy.Row;
import dev.clearance.source.Place;
import dev.clearance.vocabulary.Label;

/**
 * The clause behind a part of an answer.
 *
 * @param clause id, {@code housing-centre/11-1}
 * @param locator the numbering of the source, {@code 第十一条(一)}
 * @param effect what the row does: {@code prohibit}, {@code approve} …
 * @param row the row of the workbook that says so
 */
public record Citation(String clause, String locator, String effect, Label summary, Place row) {

  static Citation of(Row row) {
    return new Citation(
        row.clause().id(), row.clause().locator(), row.effect().code(), row.summary(), row.place());
  }
}
