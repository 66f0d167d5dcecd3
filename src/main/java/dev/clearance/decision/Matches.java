package dev.clearance.decision;

import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import java.util.List;

/**
 * What one policy's rules find in one request.
 *
 * @param facts the request as read under this policy, derived facts included
 * @param derivations how the facts came to differ from what was given, in order
 * @param rows every row that applies, in the order of the workbook; sanction rows are not among
 *     them
 * @param free whether the rules that hold across policies leave the act free where no row speaks
 */
public record Matches(Facts facts, List<Derivation> derivations, List<Row> rows, boolean free) {

  public Matches {
    derivations = List.copyOf(derivations);
    rows = List.copyOf(rows);
  }
}
