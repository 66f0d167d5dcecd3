package dev.clearance.analysis;

import dev.clearance.policy.Condition;
import dev.clearance.policy.Row;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that holds of a request exactly when all its literals and clauses do: that a row
 * applies, that its approval is not held, that its duty is broken.
 *
 * @param literals for an axis the cells that it allows; an axis that is absent allows all
 * @param clauses each needs one of its literals; indexes into the model's clauses
 * @param onChanging conditions on facts that the reading may change, for a definition
 * @param onViolations conditions of a sanction on the clauses that were violated
 */
record Item(
    Kind kind,
    Optional<Row> row,
    Map<Integer, BitSet> literals,
    List<Integer> clauses,
    List<Condition> onChanging,
    List<Condition> onViolations) {

  enum Kind {
    /** The policy of this view is in force. */
    IN_FORCE,
    CLASSIFY,
    DEFINE,
    PROHIBIT,
    ALLOW,
    APPROVE,
    /** The approval that an APPROVE asks for is not held. */
    UNMET,
    DUTY,
    /** A DUTY is broken. */
    BREACH,
    PUNISH,
    /** A clause is named as violated. */
    NAMED
  }
}
