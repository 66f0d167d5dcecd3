package dev.clearance.decision;

import dev.clearance.policy.Assignment;
import dev.clearance.policy.Effect;
import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
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

  /**
   * @param sight what is known, from which what is supposed will differ little
   */
  Supposition(PolicyRules policy, LocalDate asOf, RowGrid.Sight sight) {
    this.policy = policy;
    this.asOf = asOf;
    this.sight = sight;
  }

  Tally tally(Facts supposed) {
    List<Row> found = new ArrayList<>();
    Facts facts = read(supposed, found);
    boolean free = policy.isFree(facts, asOf);
    return policy.grid().tally(sight.applying(facts), found, facts, free);
  }

  private Facts read(Facts supposed, List<Row> found) {
    List<Row> readings = policy.index().readings();
    if (readings.isEmpty()) {
      return supposed;
    }
    Facts facts = raised(supposed, readings, found);
    BitSet read = new BitSet();
    boolean again = true;
    while (again) {
      again = false;
      for (int i = 0; i < readings.size(); i++) {
        Row row = readings.get(i);
        if (row.effect() instanceof Effect.Define define
            && !read.get(i)
            && row.applies(facts)
            && row.inForce().contains(asOf)) {
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

  private Facts raised(Facts supposed, List<Row> readings, List<Row> found) {
    Optional<Attribute> level = supposed.vocabulary().classification();
    Facts facts = supposed;
    for (Row row : readings) {
      if (row.effect() instanceof Effect.Classify classify
          && row.applies(supposed)
          && row.inForce().contains(asOf)) {
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
