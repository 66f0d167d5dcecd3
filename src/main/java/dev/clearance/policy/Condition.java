package dev.clearance.policy;

import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import java.util.Collection;

/** A test of one attribute. An attribute that is not known satisfies no condition on it. */
public record Condition(Attribute attribute, Test test) {

  public boolean holds(Facts facts) {
    Value value = facts.at(attribute.index());
    return value != null && test.holds(value);
  }

  public Truth truth(Facts facts) {
    Value value = facts.at(attribute.index());
    return value == null ? Truth.OPEN : Truth.of(test.holds(value));
  }

  /** Differs whenever the meaning differs. */
  public String key() {
    return attribute.path() + " " + test.key();
  }

  public static boolean allHold(Collection<Condition> conditions, Facts facts) {
    for (Condition condition : conditions) {
      if (!condition.holds(facts)) {
        return false;
      }
    }
    return true;
  }

  /** False as soon as one condition fails; open when none fails and one is open. */
  public static Truth all(Collection<Condition> conditions, Facts facts) {
    Truth truth = Truth.TRUE;
    for (Condition condition : conditions) {
      Truth one = condition.truth(facts);
      if (one == Truth.FALSE) {
        return Truth.FALSE;
      }
      if (one == Truth.OPEN) {
        truth = Truth.OPEN;
      }
    }
    return truth;
  }
}
