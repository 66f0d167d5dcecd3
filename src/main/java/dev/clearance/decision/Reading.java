package dev.clearance.decision;

import dev.clearance.policy.Facts;
import dev.clearance.policy.Row;
import dev.clearance.policy.Standing;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One policy's view of a request: what its rules found, and which of it counts. */
record Reading(
    PolicyRules policy, Matches matches, List<Row> counted, List<SetAside> setAside, Tally tally) {

  static Reading of(PolicyRules policy, Matches matches) {
    SetAside.Sorted sorted = SetAside.sort(matches.rows(), matches.rows());
    Tally tally = Tally.of(sorted.counted(), matches.facts(), matches.free());
    return new Reading(policy, matches, sorted.counted(), sorted.setAside(), tally);
  }

  Facts facts() {
    return matches.facts();
  }

  /** The rows whose clauses the act breaks if it is done. */
  List<Row> broken() {
    List<Row> broken = new ArrayList<>();
    for (Row row : counted) {
      Standing standing = row.standing(facts());
      if (standing == Standing.FORBIDS || standing == Standing.LACKS_APPROVAL) {
        broken.add(row);
      }
    }
    return broken;
  }

  static Set<String> clauseIds(List<Row> rows) {
    Set<String> ids = new LinkedHashSet<>();
    rows.forEach(row -> ids.add(row.clause().id()));
    return ids;
  }
}
