package dev.clearance.drools;

import dev.clearance.policy.Facts;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The act, done: with the clauses that it broke. */
public final class Deed extends Situation {

  private final Set<String> broken;
  private Optional<Case> judged = Optional.empty();

  Deed(Facts facts, Set<String> broken, LocalDate asOf, Findings findings) {
    super(facts, asOf, findings);
    this.broken = broken;
  }

  /** Ids of the clauses that it broke. */
  public Set<String> getBroken() {
    return broken;
  }

  /** The deed is a case, with these clauses among those that are already known to be broken. */
  public void isCaseOf(Set<String> clauses) {
    Optional<Attribute> violations = facts.vocabulary().violations();
    Facts known = facts;
    if (violations.isPresent()) {
      Set<String> all = new TreeSet<>(clauses);
      if (facts.at(violations.get().index()) instanceof Value.Codes codes) {
        all.addAll(codes.codes());
      }
      known = facts.with(violations.get(), Value.Codes.of(all));
    }
    judged = Optional.of(new Case(known, asOf, findings));
  }

  /** Empty when no rule makes a case of the deed. */
  Optional<Case> judged() {
    return judged;
  }
}
