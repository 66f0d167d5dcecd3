package dev.clearance.decision;

import dev.clearance.policy.Assignment;
import dev.clearance.policy.Condition;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import dev.clearance.policy.Truth;
import dev.clearance.vocabulary.Attribute;
import dev.clearance.vocabulary.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What a policy would say if other facts were given. It tells which facts are missing and never
 * answers a request: that is for the rules. Tests hold the two against each other.
 */
final class Supposition {

  private final PolicyRules policy;
  private final LocalDate asOf;
  private final RowGrid.Sight sight;

  /** The classifications and definitions that may come to apply. */
  private final List<Row> readings = new ArrayList<>();

  /**
   * @param request what is given; all that is supposed gives more, and nothing of it otherwise
   * @param sight what is known, from which what is supposed will differ little
   */
  Supposition(PolicyRules policy, Facts request, LocalDate asOf, RowGrid.Sight sight) {
    this.policy = policy;
    this.asOf = asOf;
    this.sight = sight;
    for (Row row : policy.index().readings()) {
      if (!isRuledOut(row, request) && row.inForce().contains(asOf)) {
        readings.add(row);
      }
    }
  }

  /** Whether the row fails by something that is given and no other row changes. */
  private boolean isRuledOut(Row row, Facts request) {
    for (Condition condition : row.when()) {
      if (condition.truth(request) == Truth.FALSE
          && !policy.probes().isDerivable(condition.attribute())) {
        return true;
      }
    }
    return false;
  }

  Tally tally(Facts supposed) {
    List<Row> found = new ArrayList<>();
    Facts facts = read(supposed, found);
    boolean free = policy.isFree(facts, asOf);
    return policy.grid().tally(sight.applying(facts), found, facts, free);
  }

  private Facts read(Facts supposed, List<Row> found) {
    if (readings.isEmpty()) {
      return supposed;
    }
    Facts facts = raised(supposed, found);
    BitSet read = new BitSet();
    boolean again = true;
    while (again) {
      again = false;
      for (int i = 0; i < readings.size(); i++) {
        Row row = readings.get(i);
        if (row.effect() instanceof Effect.Define define && !read.get(i) && row.applies(facts)) {
          read.set(i);
          found.add(row);
          again = true;
          for (Assignment assignment : define.assignments()) {
            Optional<Value> change = assignment.change(facts);
            if (change.isPresent()) {
              facts = facts.with(assignment.attribute(), change.get());
            }
          }
        }
      }
    }
    return facts;
  }

  private Facts raised(Facts supposed, List<Row> found) {
    Optional<Attribute> level = supposed.vocabulary().classification();
    Facts facts = supposed;
    for (Row row : readings) {
      if (row.effect() instanceof Effect.Classify classify && row.applies(supposed)) {
        found.add(row);
        Assignment floor = new Assignment.AtLeast(level.orElseThrow(), classify.level());
        Optional<Value> change = floor.change(facts);
        if (change.isPresent()) {
          facts = facts.with(level.get(), change.get());
        }
      }
    }
    return facts;
  }
}
