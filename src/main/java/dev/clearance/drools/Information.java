package dev.clearance.drools;

import dev.clearance.decision.Derivation;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import java.time.LocalDate;
import java.util.Optional;

/** The request as given: what it is about may give it a level. */
public final class Information extends Situation {

  Information(Facts facts, LocalDate asOf, Findings findings) {
    super(facts, asOf, findings);
  }

  /** Whether a row's level is above the one that is given, or none is given. */
  public boolean isBelow(Level level) {
    return rank(level.attribute()) < level.getRank();
  }

  /** The request with the level that a row gives it. */
  public Wording raisedTo(Level level) {
    Attribute attribute = level.attribute();
    Value raised = new Value.Code(level.code());
    Optional<Value> was = facts.get(attribute);
    findings.derivations.add(new Derivation(attribute, raised, was, level.row()));
    findings.wording = new Wording(facts.with(attribute, raised), asOf, findings);
    return findings.wording;
  }

  void found(Row row) {
    findings.rows.add(row);
  }
}
