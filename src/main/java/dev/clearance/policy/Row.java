package dev.clearance.policy;

import dev.clearance.source.Place;
import dev.clearance.vocabulary.Label;
import dev.clearance.vocabulary.Obligation;
import dev.clearance.vocabulary.Vocabulary;
import java.util.List;

/**
 * One row of a decision table. A row that applies to a request is a finding of that request.
 *
 * @param index position among all rows of the policy, from 0, in the order of sheets and rows
 * @param when all of these must hold
 * @param overrides codes of the clauses that this row sets aside when it applies
 * @param acknowledged what the author wrote to acknowledge warnings on this row; may be empty
 */
public record Row(
    int index,
    Clause clause,
    Place place,
    List<Condition> when,
    Effect effect,
    List<Obligation> obligations,
    List<String> overrides,
    Label summary,
    InForce inForce,
    String acknowledged) {

  public Row {
    when = List.copyOf(when);
    obligations = List.copyOf(obligations);
    overrides = List.copyOf(overrides);
  }

  public boolean applies(Facts facts) {
    return Condition.allHold(when, facts);
  }

  public Truth truth(Facts facts) {
    return Condition.all(when, facts);
  }

  /** What this row says of the act, given that it applies. */
  public Standing standing(Facts facts) {
    return effect.standing(this, facts);
  }

  /** A row that names no act speaks of things in general. */
  public boolean namesTheAct() {
    for (Condition condition : when) {
      if (condition.attribute().path().equals(Vocabulary.ACTION)) {
        return true;
      }
    }
    return false;
  }
}
