package dev.clearance.drools;

import dev.clearance.policy.Test;
import dev.clearance.vocabulary.Value;
import org.drools.model.functions.Predicate1;

/** Whether an attribute is known and passes a test. */
record Holds<S extends Situation>(int attribute, Test test) implements Predicate1<S> {

  @Override
  public boolean test(S situation) {
    Value value = situation.facts.at(attribute);
    return value != null && test.holds(value);
  }
}
