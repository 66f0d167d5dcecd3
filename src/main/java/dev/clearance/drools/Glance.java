package dev.clearance.drools;

import dev.clearance.policy.Facts;
import java.time.LocalDate;

/**
 * The request at first sight: does any 定密 or 释义 row apply to it? Where none does, it is read as it
 * was given.
 */
public final class Glance extends Situation {

  private boolean readOtherwise;

  Glance(Facts facts, LocalDate asOf, Findings findings) {
    super(facts, asOf, findings);
  }

  void found() {
    readOtherwise = true;
  }

  boolean mayReadOtherwise() {
    return readOtherwise;
  }
}
