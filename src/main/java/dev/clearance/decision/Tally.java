package dev.clearance.decision;

import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import dev.clearance.policy.Standing;
import java.util.Collection;

/**
 * What the counted findings of all policies say, and the outcome that follows: deny overrides, then
 * a missing approval, then a permission, then whether the act is free where no row speaks.
 *
 * @param free whether every policy leaves the act free
 */
record Tally(boolean forbids, boolean lacksApproval, boolean permits, boolean free) {

  static final Tally EMPTY = new Tally(false, false, false, true);

  static Tally of(Collection<Row> counted, Facts facts, boolean free) {
    Tally tally = new Tally(false, false, false, free);
    for (Row row : counted) {
      tally = tally.with(row.standing(facts));
    }
    return tally;
  }

  Tally with(Standing standing) {
    return switch (standing) {
      case FORBIDS -> new Tally(true, lacksApproval, permits, free);
      case LACKS_APPROVAL -> new Tally(forbids, true, permits, free);
      case PERMITS -> new Tally(forbids, lacksApproval, true, free);
      case IS_SILENT -> this;
    };
  }

  Tally and(Tally other) {
    return new Tally(
        forbids || other.forbids,
        lacksApproval || other.lacksApproval,
        permits || other.permits,
        free && other.free);
  }

  Outcome outcome() {
    if (forbids) {
      return Outcome.DENY;
    }
    if (lacksApproval) {
      return Outcome.APPROVAL_REQUIRED;
    }
    return permits || free ? Outcome.PERMIT : Outcome.NOT_COVERED;
  }
}
