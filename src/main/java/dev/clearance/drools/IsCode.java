package dev.clearance.drools;

import org.drools.model.functions.Predicate1;

/** Whether an attribute has this code and no other: what Drools can hash. */
record IsCode<S extends Situation>(int attribute, String code) implements Predicate1<S> {

  @Override
  public boolean test(S situation) {
    return code.equals(situation.facts.codeAt(attribute));
  }
}
