package dev.clearance.decision;

import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * The rules of one policy, ready to be asked. Safe for concurrent use.
 *
 * <p>A row that cannot be evaluated must throw: it is never skipped.
 */
public interface RuleBase extends Freedom {

  /** Derives what follows from the facts, then finds the rows that apply. */
  Matches match(Facts facts, LocalDate asOf);

  /**
   * The sanction rows that apply once the act is done.
   *
   * @param facts as {@link Matches#facts()} read them
   * @param broken ids of the clauses that the act breaks; they join those that the facts name
   */
  List<Row> sanctions(Facts facts, Set<String> broken, LocalDate asOf);
}
