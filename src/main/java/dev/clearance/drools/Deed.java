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

  Deed(Facts facts, Set<String> broken, LocalDate asOf, Findings findings) {
    super(facts, asOf, findings);
    this.broken = broken;
  }

  /** Ids of the clauses that it broke. */
  public Set<String> getBroken() {
    return broken;
  }

  /** The case, with these clauses among those that are already known to be broken. */
  public Case withBroken(Set<String> clauses) {
    Optional<Attribute> violations = facts.vocabulary().violations();
    if (violations.isEmpty()) {
      return new Case(facts, asOf, findings);
    }
    Set<String> all = new TreeSet<>(clauses);
    if (facts.get(violations.get()).orElse(null) instanceof Value.Codes known) {
      all.addAll(known.codes());
    }
    return new Case(facts.with(violations.get(), Value.Codes.of(all)), asOf, findings);
  }
}
