package dev.clearance.drools;

import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import java.time.LocalDate;

/** The act as it finally reads: permission rows say what holds for it. */
public final class Act extends Situation {

  private boolean free;

  Act(Facts facts, LocalDate asOf, Findings findings) {
    super(facts, asOf, findings);
  }

  /** The act may be done where no row speaks of it. */
  public void isFree() {
    free = true;
  }

  boolean free() {
    return free;
  }

  void found(Row row) {
    findings.rows.add(row);
  }
}
