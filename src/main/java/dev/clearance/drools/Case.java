package dev.clearance.drools;

import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import java.time.LocalDate;

/** A deed with all that is known of it: sanction rows say what follows. */
public final class Case extends Situation {

  Case(Facts facts, LocalDate asOf, Findings findings) {
    super(facts, asOf, findings);
  }

  void found(Row row) {
    findings.rows.add(row);
  }
}
